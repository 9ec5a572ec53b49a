package com.natifico.postback.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.local.LocalStack;
import com.natifico.postback.local.engine.Clients;
import com.natifico.postback.local.engine.ExternalEngines;
import com.natifico.postback.local.server.LoopbackServer;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Secrets that contain a mark are used in every way, and so are the private keys of the network,
 * whose mark is their prefix. Afterwards a mark is in the table of secrets and at the tracker, and
 * in no other byte: of a request to DynamoDB or SQS or a response of theirs, streams included, of
 * another table, a queue, a response of the API, or a log.
 */
@Isolated("it reads what the process prints")
final class SecretsConfinedTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROOT = Path.of(System.getProperty("project.root", ""));

  /** Every encoding keeps it. */
  private static final String MARK = "m4rk5ecret";

  /** What a private key begins with. */
  private static final String PRIVATE_KEY = "whsk_";

  private static final List<String> MARKS = List.of(MARK, PRIVATE_KEY);

  private static final String TOKEN = MARK + "1/+ &=\\\"<x>";
  private static final String KEY = MARK + "2/ü☃ {secret.token}";
  private static final String SIGNING = "whsec_" + MARK + "AAAAAAAAAAAAAAAAAAAAAA";
  private static final String NEXT_SIGNING = "whsec_" + MARK + "BBBBBBBBBBBBBBBBBBBBBB";

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final LoopbackServer tracker = LoopbackServer.answering(this::echo);
  private final List<String> answers = new ArrayList<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  @BeforeEach
  void readLogs() {
    System.setOut(tee(out));
    System.setErr(tee(err));
  }

  @AfterEach
  void stop() {
    System.setOut(out);
    System.setErr(err);
    tracker.close();
  }

  private PrintStream tee(PrintStream usual) {
    return new PrintStream(
        new OutputStream() {
          @Override
          public void write(int b) {
            usual.write(b);
            synchronized (printed) {
              printed.write(b);
            }
          }
        },
        true,
        StandardCharsets.UTF_8);
  }

  /** Repeats everything it gets, in the body, the reason for a retry and a redirect. */
  private LoopbackServer.Answer echo(LoopbackServer.Received request) {
    String all = request.target() + "\n" + request.headers() + "\n" + request.text();
    received.add(all);
    String path = request.target().substring(0, request.target().indexOf('/', 1));
    int status =
        switch (path) {
          case "/down" -> 500;
          case "/moved" -> 302;
          default -> 200;
        };
    return new LoopbackServer.Answer(
        status,
        Map.of(
            "location",
            "http://127.0.0.1/" + request.target(),
            "retry-after",
            request.target(),
            "content-type",
            "text/plain; charset=utf-8"),
        all);
  }

  private String postback(String path, String more) {
    return """
    {"url": "%s%s/{secret.key}?c={ref_id}&k={secret.key}&t={secret.token}", "method": "POST",
     "content_type": "application/json",
     "body": "{\\"t\\": {secret.token}, \\"k\\": \\"a {secret.key} b\\", \\"c\\": \\"{sub1}\\"}",
     "headers": {"Authorization": "Bearer {secret.token}"},
     "answer_rules": [{"when": {"status": "4xx", "contains": "never"}, "then": "retry"}],
     "offer_id": "%s"%s}
    """
        .formatted(tracker.endpoint(), path, path.substring(1), more);
  }

  private static String secrets(String signing) {
    return ", \"secrets\": {\"token\": %s, \"key\": %s}, \"signing_secret\": \"%s\""
        .formatted(JSON.valueToTree(TOKEN), JSON.valueToTree(KEY), signing);
  }

  private Api.Answer kept(Api.Answer answer, int status) {
    assertEquals(status, answer.status(), answer.json().toString());
    answers.add(answer.response().body() + answer.response().headers().map());
    return answer;
  }

  private void use(Api api) {
    String affiliate = "/v1/affiliates/77";
    for (String path : List.of("/up", "/down", "/moved")) {
      String body = postback(path, secrets(SIGNING));
      String id =
          kept(api.post("local-manager", affiliate + "/postbacks", body), 201)
              .json()
              .path("postback_id")
              .asText();
      String own = affiliate + "/postbacks/" + id;
      kept(api.post("local-manager", affiliate + "/postbacks/preview", body), 200);
      kept(api.send("PUT", "local-manager", own, postback(path, secrets(NEXT_SIGNING))), 200);
      String byNetwork = postback(path, ", \"signature\": \"ed25519\"");
      kept(api.send("PUT", "local-manager", own, byNetwork), 200);
      String answered = kept(api.get("local-manager", own), 200).response().body();
      kept(api.send("PUT", "local-manager", own, answered), 200);
      kept(
          api.send(
              "PUT",
              "local-manager",
              own,
              "{\"url\": \"https://%s.example/\", \"secrets\": {\"BAD\": \"%s\"}}"
                  .formatted(MARK.substring(4), MARK)),
          422);
      JsonNode pushed =
          kept(
                  api.post(
                      "local-network",
                      "/v1/conversions",
                      """
                      {"conversion_id": "c-%s", "affiliate_id": "77", "offer_id": "%s",
                       "status": "approved", "ref_id": "{secret.key}", "sub1": "{secret.token}"}
                      """
                          .formatted(path.substring(1), path.substring(1))),
                  202)
              .json();
      String delivery =
          affiliate
              + "/deliveries/"
              + pushed.path("callbacks").path(0).path("delivery_id").asText();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  List.of("delivered", "failed")
                      .contains(api.get("local-manager", delivery).json().path("state").asText()));
      JsonNode row = kept(api.get("local-manager", delivery), 200).json();
      assertEquals("Bearer {secret.token}", row.at("/headers/Authorization").asText());
      String snippet = row.at("/attempts/0/response_snippet").asText();
      assertTrue(snippet.contains("{secret.key}"), snippet);
      kept(
          api.post(
              "local-manager",
              "/v1/test-conversions",
              "{\"affiliate_id\": \"77\", \"offer_id\": \"%s\", \"postback_id\": \"%s\"}"
                  .formatted(path.substring(1), id)),
          200);
      kept(api.get("local-manager", affiliate + "/deliveries"), 200);
      kept(api.get("local-manager", affiliate + "/conversions?ref_id=%7Bsecret.key%7D"), 200);
      kept(api.send("PUT", "local-manager", own, postback(path, ", \"state\": \"paused\"")), 200);
    }
    kept(api.get("local-manager", affiliate + "/postbacks"), 200);
    kept(api.post("local-admin", "/v1/signing-keys", "{}"), 200);
    kept(api.get("", "/.well-known/jwks.json"), 200);
    kept(api.post("local-admin", "/v1/signing-keys", "{\"at_once\": true}"), 200);
    kept(api.get("local-admin", "/v1/keys"), 200);
  }

  @Test
  void areInTheirTableAndAtTheTrackerOnly() {
    try (LocalStack engines = Engine.startEmbedded("");
        WireTap tables = new WireTap(engines.dynamoEndpoint(), MARKS);
        WireTap queues = new WireTap(engines.sqsEndpoint(), MARKS);
        LocalStack stack =
            LocalStack.start(
                ROOT,
                Map.of(
                    ExternalEngines.TABLES,
                    tables.endpoint().toString(),
                    ExternalEngines.QUEUES,
                    queues.endpoint().toString(),
                    "PORT",
                    "0",
                    "DEMO",
                    "false",
                    "PARAMETER_OVERRIDES",
                    "RetrySchedule=1s EgressAllow=127.0.0.0/8 SenderBatchWindowSeconds=0"
                        + " StatisticsWindowSeconds=0"))) {
      use(new Api(stack.port()));
      assertEquals(
          Map.of("SecretsTable", true), tablesWithAMark(stack, engines), "the tables with a mark");
      assertEquals(2, deadLetters(stack, engines), "of the endpoints that refuse");
      // That a callback is exhausted and that a postback is paused; later pauses are collected.
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> stack.events("PostbackEvents").size() >= 2);
      assertFalse(hasMark(stack.events("PostbackEvents").toString()));
      assertEquals(List.of(), queues.marked());
      tables.marked().forEach(SecretsConfinedTest::requireSecretsOnly);
      assertEquals(
          new TreeSet<>(
              List.of("DynamoDB_20120810.GetItem", "DynamoDB_20120810.TransactWriteItems")),
          new TreeSet<>(tables.marked().stream().map(WireTap.Call::operation).toList()));
    }
    for (String answer : answers) {
      assertFalse(hasMark(answer), answer);
    }
    synchronized (printed) {
      String log = printed.toString(StandardCharsets.UTF_8);
      assertTrue(log.contains("delivery_id"), "the log of the functions was read");
      assertFalse(hasMark(log), "the log has a secret");
    }
    assertTrue(
        received.stream().anyMatch(each -> each.matches("(?s).*webhook-signature=v1a,\\S+ v1,.*")),
        "both kinds of signatures were used");
    assertTrue(received.stream().allMatch(each -> each.contains("\"k\": \"a " + KEY + " b\"")));
    assertTrue(
        received.stream()
            .anyMatch(
                each ->
                    each.contains("Bearer " + TOKEN)
                        && each.contains("\"c\": \"\\u007bsecret.token}\"")));
  }

  private static boolean hasMark(String text) {
    return MARKS.stream().anyMatch(text::contains);
  }

  private static void requireSecretsOnly(WireTap.Call call) {
    try {
      JsonNode request = JSON.readTree(call.request());
      if (call.operation().endsWith("GetItem")) {
        assertTrue(request.path("TableName").asText().endsWith("SecretsTable"), call.request());
        return;
      }
      for (JsonNode item : request.path("TransactItems")) {
        if (hasMark(item.toString())) {
          String table = item.path("Update").path("TableName").asText();
          assertTrue(table.endsWith("SecretsTable"), item.toString());
        }
      }
      assertFalse(hasMark(call.response()), call.operation());
    } catch (JsonProcessingException e) {
      throw new AssertionError(call.operation(), e);
    }
  }

  /** The tables of the stack that contain a mark, without its prefix. */
  private static Map<String, Boolean> tablesWithAMark(LocalStack stack, LocalStack engines) {
    Map<String, Boolean> marked = new TreeMap<>();
    try (DynamoDbClient dynamo = Clients.dynamo(engines.dynamoEndpoint())) {
      for (String table : dynamo.listTables().tableNames()) {
        if (table.startsWith(stack.namePrefix())
            && hasMark(dynamo.scan(scan -> scan.tableName(table)).items().toString())) {
          marked.put(table.substring(stack.namePrefix().length()), true);
        }
      }
    }
    return marked;
  }

  private static int deadLetters(LocalStack stack, LocalStack engines) {
    try (SqsClient sqs = Clients.sqs(engines.sqsEndpoint())) {
      String url = Objects.requireNonNull(stack.queueUrls().get("DeadLetterQueue"));
      var messages =
          sqs.receiveMessage(
                  receive -> receive.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(5))
              .messages();
      assertFalse(hasMark(messages.toString()), "a dead letter has a secret");
      return messages.size();
    }
  }
}
