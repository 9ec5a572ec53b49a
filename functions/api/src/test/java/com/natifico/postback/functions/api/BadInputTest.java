package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.Macros;
import com.natifico.postback.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every field of every body with every kind of invalid value: the response is a 4xx problem that
 * names the field, never a 5xx. The fields are taken from the OpenAPI document, so new fields are
 * tested too.
 */
class BadInputTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** These accept any text; any other JSON type is {@code wrong_type}. */
  private static final Set<String> WITHOUT_LIMIT_OF_LENGTH = Set.of("url", "body", "cursor");

  private static final Set<String> BOOLEANS = Set.of("also_global", "dry_run");

  /**
   * A valid body and the route that accepts it.
   *
   * @param inside the path to the object whose fields are tested
   */
  record Target(String method, String path, String body, String schema, String inside) {
    String named(String field) {
      return inside.isEmpty() ? field : inside + "." + field;
    }

    @Override
    public String toString() {
      return method + " " + path + " " + inside;
    }
  }

  static Stream<Target> targets() {
    String url = "\"url\":\"https://track.example.com/?cid={ref_id}\"";
    String postback =
        "{"
            + url
            + ",\"method\":\"POST\",\"body\":\"a={sum}\",\"content_type\":"
            + "\"application/x-www-form-urlencoded\"}";
    return Stream.of(
        new Target("POST", "/v1/affiliates/77/postbacks", postback, "PostbackRequest", ""),
        new Target("PUT", "/v1/affiliates/77/postbacks/p1", postback, "PostbackRequest", ""),
        new Target(
            "POST",
            "/v1/affiliates/77/postbacks/preview",
            postback.replaceFirst("}$", ",\"conversion\":{}}"),
            "PreviewRequest",
            ""),
        new Target(
            "POST",
            "/v1/affiliates/77/postbacks/preview",
            "{" + url + ",\"conversion\":{}}",
            "ConversionFields",
            "conversion"),
        new Target(
            "POST",
            "/v1/affiliates/77/resends",
            "{\"since\":\"2026-11-02T00:00:00Z\"}",
            "ResendsRequest",
            ""),
        new Target(
            "POST",
            "/v1/affiliates/77/backfills",
            "{\"postback_id\":\"p1\",\"since\":\"2026-11-02T00:00:00Z\"}",
            "BackfillRequest",
            ""),
        new Target(
            "POST",
            "/v1/keys",
            "{\"role\":\"affiliate\",\"affiliate_id\":\"77\"}",
            "KeyRequest",
            ""));
  }

  private final ApiHarness api = new ApiHarness();

  BadInputTest() {
    api.postbacks.create(Samples.postback("p1", null));
  }

  private ApiHarness.Answer send(Target target, String body) {
    ApiHarness.Caller caller =
        target.path().startsWith("/v1/keys") ? api.as("admin") : api.as("manager");
    return caller.send(target.method(), target.path(), body, Map.of());
  }

  private static List<String> fields(Target target) {
    return OpenApiContract.load()
        .document()
        .at("/components/schemas/" + target.schema() + "/properties")
        .propertyStream()
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The valid body with this JSON as one field's value. */
  private static String with(Target target, String field, String json) {
    try {
      ObjectNode body = (ObjectNode) MAPPER.readTree(target.body());
      ObjectNode object = target.inside().isEmpty() ? body : (ObjectNode) body.get(target.inside());
      object.put(field, "\u0000HERE");
      return body.toString().replace("\"\\u0000HERE\"", json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private void refused(Target target, String field, String json) {
    ApiHarness.Answer answer = send(target, with(target, field, json));
    assertTrue(
        answer.status() == 422 || answer.status() == 400,
        () -> field + " = " + shown(json) + ": " + shown(answer.text()));
    Set<String> named = new TreeSet<>();
    for (JsonNode error : answer.json().get("errors")) {
      named.add(error.get("field").asText().replaceAll("\\[\\d+]$", ""));
    }
    assertTrue(
        named.stream().anyMatch(name -> name.startsWith(target.named(field))),
        () -> field + " = " + shown(json) + ": " + shown(answer.text()));
  }

  private static String shown(String text) {
    return text.length() > 300 ? text.substring(0, 300) + "..." : text;
  }

  private static List<String> stringFields(Target target) {
    List<String> fields = new ArrayList<>(fields(target));
    fields.removeAll(BOOLEANS);
    fields.remove("conversion");
    return fields;
  }

  /**
   * Whether the field is a text of a conversion: numbers are converted to text, and line breaks are
   * allowed.
   */
  private static boolean describesAConversion(Target target, String field) {
    Macro macro = Macros.find(field);
    return target.schema().equals("ConversionFields")
        && macro != null
        && (macro.kind() == Macro.Kind.TEXT || macro.kind() == Macro.Kind.DEVICE_TYPE);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void theValidBodyIsValid(Target target) {
    assertTrue(send(target, target.body()).status() < 300);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void wrongTypes(Target target) {
    for (String field : fields(target)) {
      refused(target, field, "{\"a\":1}");
      refused(target, field, "[[]]");
      if (!describesAConversion(target, field)) {
        refused(target, field, "-1.5e3");
      }
      if (!BOOLEANS.contains(field)) {
        refused(target, field, "true");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void textsThatAreTooLong(Target target) {
    for (String field : stringFields(target)) {
      refused(target, field, '"' + "x".repeat(20_000) + '"');
      if (!WITHOUT_LIMIT_OF_LENGTH.contains(field)) {
        refused(target, field, '"' + "\uD83D\uDE00".repeat(1_025) + '"');
      }
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void controlCharacters(Target target) {
    for (String field : stringFields(target)) {
      refused(target, field, "\"a\\u0000b\"");
      if (!field.equals("body") && !describesAConversion(target, field)) {
        refused(target, field, "\"a\\r\\nb\"");
        refused(target, field, "\"a\\u0085b\"");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void unpairedSurrogates(Target target) {
    for (String field : stringFields(target)) {
      refused(target, field, "\"a\\ud800b\"");
      refused(target, field, "\"a\\udc00b\"");
    }
    assertEquals(422, send(target, with(target, "x\ud800", "1")).status());
  }

  @ParameterizedTest
  @MethodSource("targets")
  void repeatedFields(Target target) {
    for (String field : fields(target)) {
      refused(target, field, "null,\"" + field + "\":null");
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void deepNesting(Target target) {
    for (String field : fields(target)) {
      String named = target.inside().isEmpty() ? field : target.inside();
      ApiHarness.Answer answer =
          send(target, with(target, field, "[".repeat(5_000) + "]".repeat(5_000)));
      assertEquals(400, answer.status(), field);
      assertEquals(List.of(named + " too_deep"), answer.errors());
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void threeHundredKib(Target target) {
    for (String field : fields(target)) {
      assertEquals(
          413, send(target, with(target, field, '"' + "x".repeat(300 * 1024) + '"')).status());
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void bodiesThatAreNotObjects(Target target) {
    for (String body :
        List.of("", " ", "null", "[]", "1", "\"x\"", "{", "{\"a\"", "{}{}", "nope", "{'a':1}")) {
      int status = send(target, body).status();
      assertTrue(status == 400 || status == 422, body + " " + status);
    }
  }

  @Test
  void unknownFieldsAreRefusedWithTheNearestName() {
    for (Target target : targets().toList()) {
      ApiHarness.Answer answer = send(target, with(target, "no_such_field_at_all", "1"));
      assertEquals(
          List.of(target.named("no_such_field_at_all") + " unknown_field"), answer.errors());
    }
  }
}
