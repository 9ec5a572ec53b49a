package com.natifico.postback.local.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.local.permission.Permission;
import com.natifico.postback.local.permission.Roles;
import com.natifico.postback.local.server.LoopbackServer;
import com.natifico.postback.local.server.LoopbackServer.Answer;
import com.natifico.postback.local.server.LoopbackServer.Received;
import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.StackTemplate;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * SNS with the template's topics, as far as Publish goes: published messages are printed and kept
 * for inspection. A function may publish only what its role allows.
 */
public final class Topics implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;

  /** SNS takes subjects of fewer than 100 printable ASCII characters. */
  private static final String SUBJECT = "[!-~][ -~]{0,98}";

  private final Map<String, List<String>> messages = new LinkedHashMap<>();
  private final Map<String, String> idsByArn = new HashMap<>();
  private final Roles roles;
  private final PrintStream out;
  private final LoopbackServer server;

  private Topics(StackTemplate template, Roles roles, PrintStream out) {
    this.roles = roles;
    this.out = out;
    for (Resource topic : template.resources(Resource.TOPIC)) {
      messages.put(topic.id(), new CopyOnWriteArrayList<>());
      idsByArn.put(topic.arn(), topic.id());
    }
    this.server = LoopbackServer.answering(this::answer);
  }

  public static Topics start(StackTemplate template, Roles roles, PrintStream out) {
    return new Topics(template, roles, out);
  }

  /** The endpoint of SNS. */
  public URI endpoint() {
    return server.endpoint();
  }

  /** The messages published so far, as subscribers other than e-mail get them, oldest first. */
  public List<String> published(String topicId) {
    List<String> published = messages.get(topicId);
    if (published == null) {
      throw new IllegalArgumentException("template.yaml has no topic " + topicId);
    }
    return List.copyOf(published);
  }

  private Answer answer(Received request) {
    Map<String, String> form = form(request.text());
    String arn = form.getOrDefault("TopicArn", "");
    String refusal =
        roles.refusalOfSigned(
            request.header("authorization"),
            new Permission("sns:" + form.getOrDefault("Action", "unknown"), arn));
    if (refusal != null) {
      System.err.println(refusal);
      return error(FORBIDDEN, "AuthorizationError", refusal);
    }
    String topicId = idsByArn.get(arn);
    if (topicId == null || !"Publish".equals(form.get("Action"))) {
      return error(BAD_REQUEST, "InvalidParameter", "no such topic or action");
    }
    String subject = form.get("Subject");
    if (subject != null && !subject.matches(SUBJECT)) {
      return error(BAD_REQUEST, "InvalidParameter", "Subject");
    }
    return publish(topicId, form);
  }

  private Answer publish(String topicId, Map<String, String> form) {
    String message = form.getOrDefault("Message", "");
    try {
      if ("json".equals(form.get("MessageStructure"))) {
        JsonNode standard = JSON.readTree(message).path("default");
        if (!standard.isTextual()) {
          return error(BAD_REQUEST, "InvalidParameter", "Message Structure - No default entry");
        }
        message = standard.textValue();
      }
      String name = JSON.readTree(message).path("type").asText(topicId);
      List<String> published = messages.get(topicId);
      if (published != null) {
        published.add(message);
      }
      out.println("event " + name + " " + message);
    } catch (JsonProcessingException e) {
      return error(BAD_REQUEST, "InvalidParameter", "Message Structure - not JSON");
    }
    return Answer.ok(
        "text/xml",
        "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult>"
            + "<MessageId>"
            + UUID.randomUUID()
            + "</MessageId></PublishResult></PublishResponse>");
  }

  private static Answer error(int status, String code, String message) {
    return new Answer(
        status,
        Map.of("content-type", "text/xml"),
        "<ErrorResponse><Error><Type>Sender</Type><Code>"
            + code
            + "</Code><Message>"
            + message
            + "</Message></Error></ErrorResponse>");
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new HashMap<>();
    for (String part : text.split("&", -1)) {
      String[] nameAndValue = part.split("=", 2);
      form.put(decoded(nameAndValue[0]), nameAndValue.length == 1 ? "" : decoded(nameAndValue[1]));
    }
    return form;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
  }
}
