package com.natifico.postback.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.local.server.LoopbackServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Acts as the ad platforms: checks the address, the token, the required members, the hashes and the
 * age of an event as their documentation demands, and answers as they do. It knows nothing of the
 * catalogue.
 */
final class AdPlatformReceiver implements AutoCloseable {
  static final String TOKEN = "t0ken/+ 1";
  static final String TEST_CODE = "TEST48213";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENCODED_TOKEN = "t0ken%2F%2B%201";

  /**
   * An event that was taken.
   *
   * @param test whether the request said that it is a test
   */
  record Taken(String platform, String account, JsonNode event, boolean test) {}

  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final LoopbackServer server = LoopbackServer.answering(this::answer);

  /** The address of the platform at this receiver. */
  String url(String platform, String documented) {
    return documented.replaceFirst("https://[^/]+", server.endpoint() + "/" + platform);
  }

  List<Taken> taken(String account) {
    return taken.stream().filter(each -> each.account.equals(account)).toList();
  }

  /** The targets of the requests that name the account. */
  long requests(String account) {
    return requests.stream().filter(each -> each.contains(account)).count();
  }

  private LoopbackServer.Answer answer(LoopbackServer.Received request) {
    requests.add(request.target() + " " + request.text());
    String[] target = request.target().split("[?]", 2);
    List<String> path = Arrays.asList(target[0].substring(1).split("/"));
    List<String> query = target.length == 1 ? List.of() : List.of(target[1].split("&"));
    JsonNode body;
    try {
      body = JSON.readTree(request.text());
    } catch (JsonProcessingException e) {
      return json(400, "{\"error\": {\"code\": 100, \"message\": \"not JSON\"}}");
    }
    if (!request.method().equals("POST")
        || !request.header("content-type").startsWith("application/json")) {
      return json(405, "{}");
    }
    return switch (path.getFirst()) {
      case "meta" -> meta(path, query, body);
      case "tiktok" -> tiktok(path, request.header("access-token"), body);
      case "snap" -> snap(path, query, body);
      case "pinterest" -> pinterest(path, query, request.header("authorization"), body);
      case "reddit" -> reddit(path, request.header("authorization"), body);
      case "openai" -> openai(path, query, request.header("authorization"), body);
      default -> json(404, "{}");
    };
  }

  /** Website events: developers.facebook.com, Conversions API, Parameters and Using the API. */
  private LoopbackServer.Answer meta(List<String> path, List<String> query, JsonNode body) {
    if (path.size() != 4 || !path.get(1).matches("v\\d+\\.0") || !path.get(3).equals("events")) {
      return json(404, error(2500, 0));
    }
    if (!query.contains("access_token=" + ENCODED_TOKEN)) {
      return json(400, error(190, 0));
    }
    JsonNode event = body.at("/data/0");
    if (isOlder(event.path("event_time"), 1_000, Duration.ofDays(7))) {
      return json(400, error(100, 2804003));
    }
    JsonNode user = event.path("user_data");
    boolean conforms =
        hasAll(event, "event_name", "event_time", "action_source", "event_source_url")
            && hasAll(user, "client_user_agent")
            && hasAll(event.path("custom_data"), "currency", "value")
            && Stream.of(user.at("/em/0"), user.at("/ph/0"), user.path("fbc"), user.path("fbp"))
                .anyMatch(AdPlatformReceiver::isSet)
            && areHashes(user.at("/em/0"), user.at("/ph/0"))
            && event.path("custom_data").path("value").isNumber();
    if (!conforms) {
      return json(400, error(100, 2804050));
    }
    take("meta", path.get(2), event, isCode(body.path("test_event_code")));
    return json(200, "{\"events_received\": 1, \"messages\": [], \"fbtrace_id\": \"Ax1\"}");
  }

  private static String error(int code, int subcode) {
    return "{\"error\": {\"message\": \"Invalid parameter\", \"type\": \"OAuthException\", \"code\": "
        + code
        + ", \"error_subcode\": "
        + subcode
        + "}}";
  }

  /** Every answer has status 200 and a code. */
  private LoopbackServer.Answer tiktok(List<String> path, String token, JsonNode body) {
    if (!String.join("/", path.subList(1, path.size())).equals("open_api/v1.3/event/track")) {
      return json(404, "{}");
    }
    if (!token.equals(TOKEN)) {
      return json(200, "{\"code\": 40105, \"message\": \"Access token is incorrect\"}");
    }
    JsonNode event = body.at("/data/0");
    JsonNode user = event.path("user");
    boolean conforms =
        body.path("event_source").asText().equals("web")
            && hasAll(body, "event_source_id")
            && hasAll(event, "event", "event_time")
            && Stream.of("ttclid", "email", "phone").anyMatch(name -> isSet(user.path(name)))
            && areHashes(user.path("email"), user.path("phone"));
    if (!conforms) {
      return json(200, "{\"code\": 40002, \"message\": \"user: Missing data for required field\"}");
    }
    take(
        "tiktok",
        body.path("event_source_id").asText(),
        event,
        isCode(body.path("test_event_code")));
    return json(200, "{\"code\": 0, \"message\": \"OK\", \"data\": {}}");
  }

  /** developers.snap.com, Conversions API, Using the API and Verify Set Up. */
  private LoopbackServer.Answer snap(List<String> path, List<String> query, JsonNode body) {
    boolean isTest = path.getLast().equals("validate");
    if (path.size() != (isTest ? 5 : 4)
        || !path.get(1).equals("v3")
        || !path.get(3).equals("events")) {
      return json(404, "{}");
    }
    if (!query.contains("access_token=" + ENCODED_TOKEN)) {
      return json(401, "{\"status\": \"UNAUTHORIZED\"}");
    }
    JsonNode event = body.at("/data/0");
    JsonNode user = event.path("user_data");
    boolean conforms =
        hasAll(event, "event_name", "event_time", "action_source", "event_source_url")
            && !isOlder(event.path("event_time"), 1_000, Duration.ofDays(37))
            && (isSet(user.at("/em/0"))
                || isSet(user.at("/ph/0"))
                || hasAll(user, "client_ip_address", "client_user_agent"))
            && areHashes(user.at("/em/0"), user.at("/ph/0"));
    if (!conforms) {
      return json(400, "{\"status\": \"INVALID\", \"reason\": \"Invalid events\"}");
    }
    take("snap", path.get(2), event, isTest);
    return json(200, "{\"status\": \"VALID\", \"reason\": \"Events have been received\"}");
  }

  /** Pinterest API v5, events/create. */
  private LoopbackServer.Answer pinterest(
      List<String> path, List<String> query, String authorization, JsonNode body) {
    if (path.size() != 5 || !path.get(2).equals("ad_accounts") || !path.get(4).equals("events")) {
      return json(404, "{}");
    }
    if (!authorization.equals("Bearer " + TOKEN)) {
      return json(401, "{\"code\": 2, \"message\": \"Authentication failed.\"}");
    }
    JsonNode event = body.at("/data/0");
    JsonNode user = event.path("user_data");
    boolean conforms =
        hasAll(event, "event_name", "action_source", "event_time", "event_id")
            && (isSet(user.at("/em/0")) || hasAll(user, "client_ip_address", "client_user_agent"))
            && areHashes(user.at("/em/0"), user.at("/ph/0"));
    if (!conforms) {
      return json(400, "{\"code\": 1, \"message\": \"user_data is invalid\"}");
    }
    take("pinterest", path.get(3), event, query.contains("test=true"));
    return json(
        200,
        "{\"num_events_received\": 1, \"num_events_processed\": 1, \"events\": [{\"status\":"
            + " \"processed\", \"error_message\": \"\", \"warning_message\": \"\"}]}");
  }

  /** Reddit Ads API v3, Post Conversion Events. */
  private LoopbackServer.Answer reddit(List<String> path, String authorization, JsonNode body) {
    if (path.size() != 6
        || !path.get(3).equals("pixels")
        || !path.get(5).equals("conversion_events")) {
      return json(404, "{}");
    }
    if (!authorization.equals("Bearer " + TOKEN)) {
      return json(401, "{\"error\": {\"code\": 401, \"message\": \"unauthorized\"}}");
    }
    JsonNode event = body.at("/data/events/0");
    JsonNode user = event.path("user");
    boolean conforms =
        event.path("event_at").asText().matches("[0-9]{13}")
            && List.of("WEBSITE", "APP", "PHYSICAL_STORE", "OTHER")
                .contains(event.path("action_source").asText())
            && hasAll(event.path("type"), "tracking_type")
            && !isOlder(event.path("event_at"), 1, Duration.ofDays(7))
            && (isSet(event.path("click_id"))
                || Stream.of("email", "phone_number", "ip_address")
                    .anyMatch(name -> isSet(user.path(name))))
            && areHashes(user.path("email"), user.path("phone_number"));
    if (!conforms) {
      return json(400, "{\"error\": {\"code\": 400, \"message\": \"invalid event\"}}");
    }
    take("reddit", path.get(4), event, isCode(body.at("/data/test_id")));
    return json(200, "{\"data\": {\"message\": \"Successfully processed 1 conversion events.\"}}");
  }

  /** developers.openai.com/ads/conversions-api. */
  private LoopbackServer.Answer openai(
      List<String> path, List<String> query, String authorization, JsonNode body) {
    if (!String.join("/", path.subList(1, path.size())).equals("v1/events")) {
      return json(404, "{}");
    }
    if (!authorization.equals("Bearer " + TOKEN)) {
      return json(401, "{\"error\": {\"message\": \"insufficient permissions\"}}");
    }
    JsonNode event = body.at("/events/0");
    boolean conforms =
        hasAll(event, "id", "type", "timestamp_ms", "source_url")
            && hasAll(event.path("data"), "type")
            && event.path("timestamp_ms").asText().matches("[0-9]{13}")
            && !isOlder(event.path("timestamp_ms"), 1, Duration.ofDays(7))
            && areHashes(event.at("/user/email_sha256"));
    if (!conforms) {
      return json(400, "{\"error\": {\"message\": \"invalid event\"}}");
    }
    String pid =
        query.stream()
            .filter(each -> each.startsWith("pid="))
            .map(each -> each.substring(4))
            .findFirst()
            .orElse("");
    take("openai", pid, event, body.path("validate_only").asBoolean());
    return json(200, "{\"received\": 1}");
  }

  private void take(String platform, String account, JsonNode event, boolean isTest) {
    taken.add(new Taken(platform, account, event, isTest));
  }

  private static boolean isCode(JsonNode value) {
    return value.asText().equals(TEST_CODE);
  }

  private static boolean isSet(@Nullable JsonNode value) {
    return value != null && value.isValueNode() && !value.isNull() && !value.asText().isBlank();
  }

  private static boolean hasAll(JsonNode object, String... names) {
    return Arrays.stream(names).allMatch(name -> isSet(object.path(name)));
  }

  private static boolean areHashes(JsonNode... values) {
    return Arrays.stream(values)
        .filter(AdPlatformReceiver::isSet)
        .allMatch(value -> value.asText().matches("[0-9a-f]{64}"));
  }

  /**
   * @param millis the unit of the time
   */
  private static boolean isOlder(JsonNode time, int millis, Duration limit) {
    return time.isNumber()
        && Instant.ofEpochMilli(time.asLong() * millis).isBefore(Instant.now().minus(limit));
  }

  private static LoopbackServer.Answer json(int status, String body) {
    return new LoopbackServer.Answer(status, Map.of("content-type", "application/json"), body);
  }

  @Override
  public void close() {
    server.close();
  }
}
