package com.natifico.postback.functions.conversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.access.Role;
import com.natifico.postback.aws.log.Log;
import com.natifico.postback.aws.metric.Metric;
import com.natifico.postback.aws.testing.CountedMetrics;
import com.natifico.postback.aws.testing.HttpCalls;
import com.natifico.postback.aws.testing.HttpCalls.Answer;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.limit.LimitedCall;
import com.natifico.postback.postback.EventFilter;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.Judging;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackSettings;
import com.natifico.postback.postback.RequestBody;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.postback.Scope;
import com.natifico.postback.postback.SendingSettings;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.ScriptedTransport;
import com.natifico.postback.testing.World;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("NullAway") // The handler does not read its context.
final class ConversionFunctionTest {
  private static final String MINIMAL =
      """
      {"conversion_id":"c-1","affiliate_id":"77","offer_id":"1042","status":"approved",
       "ref_id":"w8J3kUG5","sum":12.50}
      """;

  private final World world = new World();
  private final Postback postback = world.given(Samples.postback("p1", "1042"));
  private final CountedMetrics metrics = new CountedMetrics();
  private final HttpCalls calls =
      new HttpCalls(
          event ->
              new ConversionFunction(
                      new ConversionComposition(
                          world.acceptance,
                          world.testConversions,
                          world.limits,
                          world.refused,
                          metrics,
                          Log.errors()))
                  .handleRequest(event, null));

  private Answer push(String body) {
    return calls.route("POST /v1/conversions").as(Role.NETWORK).body(body).send();
  }

  @Test
  void testConversionsBeyondTheLimitOfAnAffiliateGet429AndSendNothing() {
    String body = "{\"affiliate_id\":\"77\",\"offer_id\":\"1042\",\"wait_seconds\":0}";
    HttpCalls.Call test = calls.route("POST /v1/test-conversions").as(Role.MANAGER).body(body);
    for (int i = 0; i < LimitedCall.TEST_CONVERSION.rate().burst(); i++) {
      assertEquals(200, test.send().status());
    }
    world.deliver();
    int sent = world.tracker.received().size();

    Answer refused = test.send();

    assertEquals(429, refused.status());
    assertEquals("1", refused.header("retry-after"));
    world.deliver();
    assertEquals(sent, world.tracker.received().size());
    assertEquals(202, push(MINIMAL).status());
  }

  @Test
  void acceptsWith202AndNamesTheCallbacks() {
    Answer answer = push(MINIMAL);

    assertEquals(202, answer.status());
    JsonNode json = answer.json();
    assertEquals("c-1", json.path("conversion_id").asText());
    assertFalse(json.path("duplicate").asBoolean());
    assertEquals("p1", json.at("/callbacks/0/postback_id").asText());
    assertEquals(
        json.path("event_id").asText() + ".p1", json.at("/callbacks/0/delivery_id").asText());
    assertEquals(
        "https://track.example.com/postback?cid=w8J3kUG5&payout=12.50&txid=c-1",
        world.callbacks.sent().getFirst().callback().request().url());
  }

  @Test
  void countsWhatItAcceptedOncePerInvocation() {
    push(MINIMAL);
    push(MINIMAL);

    assertEquals(1, metrics.sum(Metric.ACCEPTED));
    assertEquals(1, metrics.sum(Metric.CALLBACKS));
    assertEquals(0, metrics.sum(Metric.HELD));
    assertEquals(1, metrics.sum(Metric.DUPLICATES));
    assertEquals(2, metrics.flushes());
  }

  @Test
  void countsWhatIsHeld() {
    world.postbacks.replace(postback.paused(PausedReason.BY_HAND, Samples.NOW), 1);

    push(MINIMAL);

    assertEquals(1, metrics.sum(Metric.ACCEPTED));
    assertEquals(0, metrics.sum(Metric.CALLBACKS));
    assertEquals(1, metrics.sum(Metric.HELD));
  }

  @Test
  void countsEachConversionOfABatch() {
    calls
        .route("POST /v1/conversions/batch")
        .as(Role.NETWORK)
        .body(
            "{\"conversions\":["
                + MINIMAL
                + ","
                + MINIMAL.replace("c-1", "c-2")
                + ","
                + MINIMAL
                + ",{}]}")
        .send();

    assertEquals(2, metrics.sum(Metric.ACCEPTED));
    assertEquals(1, metrics.sum(Metric.DUPLICATES));
    assertEquals(1, metrics.flushes());
  }

  @Test
  void returns200ForARepeat() {
    String event = push(MINIMAL).json().path("event_id").asText();
    Answer repeat = push(MINIMAL.replace("12.50", "\"12.5\""));

    assertEquals(200, repeat.status());
    assertTrue(repeat.json().path("duplicate").asBoolean());
    assertEquals(event, repeat.json().path("event_id").asText());
  }

  @Test
  void returns409ForDifferentContentAndNamesTheFields() {
    push(MINIMAL);
    Answer other = push(MINIMAL.replace("12.50", "13"));

    assertEquals(409, other.status());
    assertEquals("application/problem+json", other.header("content-type"));
    assertEquals("sum", other.json().at("/errors/0/field").asText());
  }

  @Test
  void acceptsNothingIfTheQueueDoesNotRespond() {
    world.callbacks.refuse(_ -> true);

    assertEquals(503, push(MINIMAL).status());
  }

  @ParameterizedTest(name = "{0} = {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          status        | "earned"                 | invalid_status
          status        | 4                        | invalid_status
          status        | true                     | invalid_status
          status        | null                     | required
          status        | ""                       | required
          conversion_id | ".."                     | invalid_id
          conversion_id | ""                       | required
          conversion_id | "a\\nb"                   | control_character
          conversion_id | "{conversion_id}"        | unexpanded_macro
          conversion_id | 1.5                      | wrong_type
          affiliate_id  | "ü"                      | invalid_id
          affiliate_id  | "{{affiliate}}"          | unexpanded_macro
          offer_id      | null                     | required
          offer_id      | "%OFFER%"                | unexpanded_macro
          sum           | "1,50"                   | invalid_decimal
          sum           | 1e3                      | invalid_decimal
          sum           | "+1"                     | invalid_decimal
          sum           | "0.123456789"            | invalid_decimal
          sum           | 1234567890123456789      | invalid_decimal
          sum           | true                     | wrong_type
          order_sum     | "."                      | invalid_decimal
          currency      | "US$"                    | invalid_code
          currency      | "AB"                     | invalid_code
          currency      | 840                      | wrong_type
          occurred_at   | "2026-11-02"             | invalid_time
          occurred_at   | "2026-13-02T00:00:00Z"   | invalid_time
          occurred_at   | "2026-02-30 00:00:00"    | invalid_time
          occurred_at   | 1764039600.5             | invalid_time
          occurred_at   | true                     | invalid_time
          click_at      | "yesterday"              | invalid_time
          date          | "2026-11-02"             | invalid_time
          city          | "a\\u0000b"               | control_character
          city          | "a\\ud800b"               | unpaired_surrogate
          goal          | {}                       | wrong_type
          goal          | 1.5                      | wrong_type
          reff_id       | "x"                      | unknown_field
          status_text   | "approved"               | unknown_field
          rand          | "x"                      | unknown_field
          timestamp     | 1764039600               | unknown_field
          transaction_id | "x"                     | ambiguous_field
          payout        | "1,5"                    | invalid_decimal
          offerid       | "1043"                   | contradiction
          """)
  void rejectsAndNamesAnInvalidField(String field, String value, String code) {
    Answer answer = push(changed(field, value));

    assertEquals(422, answer.status());
    assertEquals(field, answer.json().at("/errors/0/field").asText());
    assertEquals(code, answer.json().at("/errors/0/code").asText());
  }

  private static String quoted(String value) {
    return java.util.regex.Matcher.quoteReplacement(value);
  }

  /** The pushed fields, and the resulting value of the macro; empty for an omitted field. */
  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          currency      | "USDT"                    | currency      | USDT
          currency      | "usd"                     | currency      | USD
          status        | "confirmed"               | status_text   | approved
          status        | "Rejected"                | status_text   | declined
          status        | "paid"                    | status_text   | approved
          status        | "chargeback"              | status_text   | declined
          status        | "lead"                    | status_text   | pending
          status        | "on_hold"                 | status_text   | hold
          occurred_at   | "2026-11-25 03:00:00"     | date          | 2026-11-25 03:00:00
          occurred_at   | 1764039600                | timestamp     | 1764039600
          occurred_at   | "1764039600"              | timestamp     | 1764039600
          occurred_at   | 1764039600000             | timestamp     | 1764039600
          conversion_id | "ORD/77/1"                | conversion_id | ORD/77/1
          conversion_id | "#1001"                   | conversion_id | '#1001'
          conversion_id | "a b"                     | conversion_id | a b
          sub1          | 5                         | sub1          | 5
          sum           | ""                        | sum           |
          occurred_at   | ""                        | click_date    |
          comment       | "Cap\\nis\\treached"        | comment       | Cap%0Ais%09reached
          clickid       | "w8J3"                    | ref_id        | w8J3
          payout        | 3                         | sum           | 3
          offerid       | "1042"                    | offerid       | 1042
          pid           | 77                        | affiliate_id  | 77
          date          | "2026-11-25 03:00:00"     | date_only     | 2026-11-25
          click_time    | "2026-11-25 03:00:00"     | click_date    | 2026-11-25 03:00:00
          ttclid        | "E.C.P.x"                 | ttclid        | E.C.P.x
          email_sha256  | "973dfe46"                | email_sha256  | 973dfe46
          """)
  void acceptsWhatNetworksPush(
      String field, String value, String macro, @Nullable String expected) {
    world.given(
        Samples.with(
            Samples.postback("p9", null),
            new PostbackSettings(
                new Scope.Global(),
                RequestTemplate.get("https://t.example.com/?v={" + macro + "|raw}"),
                EventFilter.ANY,
                true,
                null,
                SendingSettings.USUAL,
                Judging.BY_STATUS)));

    Answer answer = push(changed(field, value));

    assertEquals(202, answer.status(), () -> answer.response().getBody());
    assertEquals("[]", answer.json().path("warnings").toString());
    assertEquals(
        "https://t.example.com/?v="
            + (expected == null ? "" : expected.replace(" ", "%20").replace("#", "%23")),
        world.callbacks.sent().stream()
            .map(CallbackMessage::callback)
            .filter(callback -> callback.postbackId().equals("p9"))
            .findFirst()
            .orElseThrow()
            .request()
            .url());
  }

  @ParameterizedTest(name = "{0} = {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          geo         | "Germany"   | invalid_code     |
          geo         | "ZZ"        | invalid_code     |
          geo         | 49          | invalid_code     |
          city        | ["Berlin"]  | wrong_type       |
          city        | true        | wrong_type       |
          device_type | "fridge"    | unknown_value    | fridge
          ref_id      | "{clickid}" | unexpanded_macro | {clickid}
          sub2        | "[SUB2]"    | unexpanded_macro | [SUB2]
          """)
  void warnsAboutADescriptiveFieldAndAcceptsTheConversion(
      String field, String value, String code, @Nullable String kept) {
    for (int status : List.of(202, 200)) {
      Answer answer = push(changed(field, value));

      assertEquals(status, answer.status(), () -> answer.response().getBody());
      assertEquals(field, answer.json().at("/warnings/0/field").asText());
      assertEquals(code, answer.json().at("/warnings/0/code").asText());
    }
    assertEquals(kept, pushed().fields().byName().get(field));
  }

  @Test
  void truncatesALongTextBetweenCharacters() {
    Answer answer = push(changed("comment", '"' + "\uD83D\uDE00".repeat(1025) + '"'));

    assertEquals("shortened", answer.json().at("/warnings/0/code").asText());
    assertEquals("\uD83D\uDE00".repeat(1024), pushed().fields().byName().get("comment"));
  }

  @Test
  void acceptsAForm() {
    Answer answer =
        calls
            .route("POST /v1/conversions")
            .as(Role.NETWORK)
            .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
            .body("conversion_id=c-1&PID=77&oid=1042&status=approved&payout=3&clickid=a%2Bb&cb=1")
            .send();

    assertEquals(202, answer.status(), () -> answer.response().getBody());
    assertEquals("[\"cb\"]", answer.json().path("ignored").toString());
    assertEquals(Map.of("sum", "3", "ref_id", "a+b"), pushed().fields().byName());
  }

  @Test
  void acceptsJsonWithTheContentTypeOfAForm() {
    Answer answer =
        calls
            .route("POST /v1/conversions")
            .as(Role.NETWORK)
            .header("content-type", "application/x-www-form-urlencoded")
            .body("\n" + MINIMAL)
            .send();

    assertEquals(202, answer.status(), () -> answer.response().getBody());
  }

  @Test
  void ignoresAndNamesUnknownParameters() {
    Answer answer =
        calls
            .route("GET /v1/conversions/postback")
            .as(Role.NETWORK)
            .rawQuery(
                "conversion_id=c-1&affiliate_id=77&offer_id=1042&status=1&cb=12345"
                    + "&sum=&currency=&secure=local-network")
            .send();

    assertEquals(202, answer.status(), () -> answer.response().getBody());
    assertEquals("[\"cb\"]", answer.json().path("ignored").toString());
  }

  @Test
  void namesBothOfTwoContradictingFields() {
    Answer answer = push(changed("clickid", "\"a\"").replace("}", ",\"ref_id\":\"b\"}"));

    assertEquals(422, answer.status());
    assertEquals(
        "The fields clickid and ref_id mean the same and have different values; send one of them.",
        answer.json().at("/errors/0/message").asText());
  }

  private Conversion pushed() {
    return world.events.ofConversion("77", "c-1").getFirst().conversion();
  }

  /** A minimal push with another value of this field. */
  private static String changed(String field, String value) {
    String body =
        """
        {"conversion_id":"c-1","affiliate_id":"77","offer_id":"1042","status":"approved"}
        """;
    return body.contains('"' + field + '"')
        ? body.replaceAll('"' + field + "\":\"[^\"]*\"", "\"" + field + "\":" + quoted(value))
        : body.replace("}", ",\"" + field + "\":" + value + "}");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "reff_id, ref_id",
    "clikid, click_id",
    "CLICKID, click_id",
    "fbclidd, fbclid",
    "yclid,",
    "irclickid,",
    "dclid,",
    "device_id,",
    "event_time,",
    "sub31,"
  })
  void suggestsAFieldOnlyIfItMeansTheSame(String written, @Nullable String suggestion) {
    JsonNode error = push(changed(written, "\"x\"")).json().at("/errors/0");

    assertEquals("unknown_field", error.path("code").asText());
    assertEquals(suggestion, error.path("suggestion").textValue());
    assertEquals(suggestion != null, error.path("message").asText().contains("did you mean"));
  }

  @Test
  void takesTheNetworksOwnWordsForStatuses() {
    String map = "earned=approved\nlead=approved";
    for (String word : List.of("Earned", "lead", "approved")) {
      Answer answer =
          calls
              .route("GET /v1/conversions/postback")
              .as(Role.NETWORK)
              .statusMap(map)
              .rawQuery("conversion_id=" + word + "&affiliate_id=77&offer_id=1042&status=" + word)
              .send();
      assertEquals(202, answer.status(), () -> answer.response().getBody());
      assertEquals(1, answer.json().path("callbacks").size(), word);
    }
    Answer batch =
        calls
            .route("POST /v1/conversions/batch")
            .as(Role.NETWORK)
            .statusMap(map)
            .body("{\"conversions\":[" + changed("status", "\"earned\"") + "]}")
            .send();
    assertEquals(202, batch.json().at("/results/0/status").asInt());
    assertEquals(422, push(changed("status", "\"earned\"")).status());
  }

  @Test
  void refusesAPushForAnotherOfferThanTheKeys() {
    String url = "conversion_id=c-1&affiliate_id=77&status=1&offer_id=";
    Map<String, Integer> statuses = Map.of("1042", 202, "7", 202, "104", 403);
    statuses.forEach(
        (offerId, status) -> {
          Answer answer =
              calls
                  .route("GET /v1/conversions/postback")
                  .as(Role.NETWORK)
                  .bounds("1042,7", "192.0.2.0/24")
                  .rawQuery(url.replace("c-1", "c-" + offerId) + offerId)
                  .send();
          assertEquals(status, answer.status(), offerId);
        });
    Answer refused =
        calls
            .route("POST /v1/conversions")
            .as(Role.NETWORK)
            .bounds("7", "192.0.2.0/24")
            .body(MINIMAL)
            .send();
    assertEquals(403, refused.status());
    assertEquals("application/problem+json", refused.header("content-type"));
    assertEquals(
        "urn:natifico:postback:problem:offer_not_allowed", refused.json().path("type").asText());
    assertEquals(202, push(MINIMAL).status());
  }

  @Test
  void judgesTheOfferOfEachItemOfABatch() {
    Answer batch =
        calls
            .route("POST /v1/conversions/batch")
            .as(Role.NETWORK)
            .bounds("7", "192.0.2.0/24")
            .body("{\"conversions\":[" + MINIMAL + "," + changed("offer_id", "7") + "]}")
            .send();

    assertEquals(200, batch.status());
    assertEquals(403, batch.json().at("/results/0/status").asInt());
    assertEquals(202, batch.json().at("/results/1/status").asInt());
    assertTrue(batch.json().at("/results/0").toString().contains("offer_not_allowed"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "POST /v1/conversions,         203.0.114.1",
    "POST /v1/conversions/batch,   2001:db9::1",
    "GET /v1/conversions/postback, ''",
  })
  void refusesAPushFromAnotherAddressThanTheKeys(String route, String address) {
    for (String from : List.of(address, "203.0.113.9", "2001:db8::1")) {
      Answer answer =
          calls
              .route(route)
              .as(Role.NETWORK)
              .bounds("1042", "203.0.113.0/24,2001:db8::/32")
              .from(from)
              .body("{}")
              .send();
      assertEquals(from.equals(address) ? 403 : 422, answer.status(), from);
      assertEquals(
          from.equals(address) ? "address_not_allowed" : "invalid",
          answer.json().path("type").asText().replaceFirst(".*:", ""));
    }
  }

  @Test
  void readsAKeyOnlyFromTheQueryOfTheUrlOnlyRoute() {
    assertEquals(422, push(changed("secure", "\"local-network\"")).status());
    Answer form =
        calls
            .route("POST /v1/conversions")
            .as(Role.NETWORK)
            .header("content-type", "application/x-www-form-urlencoded")
            .body("conversion_id=c-1&affiliate_id=77&offer_id=1042&status=1&secure=local-network")
            .send();
    assertEquals("[\"secure\"]", form.json().path("ignored").toString());
  }

  @Test
  void repeatsWhatItIgnoredAndWarnedAboutForADuplicate() {
    for (int status : List.of(202, 200)) {
      Answer answer =
          calls
              .route("GET /v1/conversions/postback")
              .as(Role.NETWORK)
              .rawQuery(
                  "conversion_id=c-1&affiliate_id=77&offer_id=1042&status=1&geo=Germany&cb="
                      + status)
              .send();
      assertEquals(status, answer.status());
      assertEquals("[\"cb\"]", answer.json().path("ignored").toString());
      assertEquals("geo", answer.json().at("/warnings/0/field").asText());
    }
  }

  @Test
  void leavesWhatWasOmittedOutOfTheComparisonOfARepeat() {
    assertEquals(202, push(changed("geo", "\"Germany\"")).status());
    assertEquals(200, push(changed("geo", "\"Allemagne\"")).status());
    assertEquals(200, push(changed("geo", "null")).status());
    assertEquals(409, push(changed("geo", "\"DE\"")).status());
  }

  @Test
  void acceptsNumbersForIdsGoalAndStatus() {
    Answer answer =
        push(
            """
            {"conversion_id":81,"affiliate_id":77,"offer_id":1042,"status":1,"goal":3}
            """);

    assertEquals(202, answer.status());
    assertEquals("81", answer.json().path("conversion_id").asText());
  }

  @Test
  void treatsEachItemOfABatchLikeASinglePush() {
    push(MINIMAL);

    Answer answer =
        calls
            .route("POST /v1/conversions/batch")
            .as(Role.NETWORK)
            .body(
                """
                {"conversions":[
                  {"conversion_id":"c-2","affiliate_id":"77","offer_id":"1042","status":"approved"},
                  {"conversion_id":"c-3","affiliate_id":"77","offer_id":"1042","status":"x"},
                  7,
                  %s,
                  %s]}
                """
                    .formatted(MINIMAL, MINIMAL.replace("12.50", "1")))
            .send();

    assertEquals(200, answer.status());
    assertEquals(
        "0:202 1:422 2:422 3:200 4:409",
        StreamSupport.stream(answer.json().path("results").spliterator(), false)
            .map(result -> result.path("index").asInt() + ":" + result.path("status").asInt())
            .collect(Collectors.joining(" ")));
    assertEquals("status", answer.json().at("/results/1/errors/0/field").asText());
    assertEquals("p1", answer.json().at("/results/0/callbacks/0/postback_id").asText());
  }

  @ParameterizedTest
  @CsvSource({"0, 422", "1, 200", "100, 200", "101, 422"})
  void acceptsOneToAHundredItemsInABatch(int size, int status) {
    String items =
        IntStream.range(0, size)
            .mapToObj(i -> MINIMAL.replace("c-1", "c-" + i))
            .collect(Collectors.joining(","));

    Answer answer =
        calls
            .route("POST /v1/conversions/batch")
            .as(Role.NETWORK)
            .body("{\"conversions\":[" + items + "]}")
            .send();

    assertEquals(status, answer.status());
  }

  @Test
  void acceptsAConversionAsAQuery() {
    Answer answer =
        calls
            .route("GET /v1/conversions/postback")
            .as(Role.NETWORK)
            .rawQuery(
                "conversion_id=c-1&affiliate_id=77&offer_id=1042&status=1&sum=12.50"
                    + "&city=K%C3%B6ln+am+Rhein&sub1=&secure=local-network")
            .send();

    assertEquals(202, answer.status());
    assertEquals(
        "Köln am Rhein",
        world
            .events
            .ofConversion("77", "c-1")
            .getFirst()
            .conversion()
            .fields()
            .byName()
            .get("city"));
  }

  @Test
  void neverLogsTheKeyOfAQuery() {
    world.callbacks.refuse(
        _ -> {
          throw new IllegalStateException("the queue is broken");
        });
    PrintStream out = System.out;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    Answer answer;
    try {
      answer =
          calls
              .route("GET /v1/conversions/postback")
              .as(Role.NETWORK)
              .rawQuery(
                  "conversion_id=c-1&affiliate_id=77&offer_id=1042&status=1&secure=top-secret")
              .send();
    } finally {
      System.setOut(out);
    }

    assertEquals(500, answer.status());
    String logged = log.toString(StandardCharsets.UTF_8);
    assertTrue(logged.contains("the queue is broken"), "the failure is logged");
    assertFalse(logged.contains("top-secret"), logged);
    assertFalse(answer.response().getBody().contains("top-secret"));
  }

  @Test
  void acceptsTimesWithAnyOffset() {
    world.given(Samples.postback("p9", "dated"));
    push(
        """
        {"conversion_id":"c-1","affiliate_id":"77","offer_id":"dated","status":"approved",
         "occurred_at":"2026-11-02T16:03:09+02:00"}
        """);

    assertEquals(
        Instant.parse("2026-11-02T14:03:09Z"),
        world.events.ofConversion("77", "c-1").getFirst().conversion().occurredAt());
  }

  @Test
  void rejectsARepeatedParameter() {
    Answer answer =
        calls
            .route("GET /v1/conversions/postback")
            .as(Role.NETWORK)
            .rawQuery("conversion_id=c-1&conversion_id=c-2")
            .send();

    assertEquals(422, answer.status());
    assertEquals("conversion_id", answer.json().at("/errors/0/field").asText());
  }

  @ParameterizedTest
  @CsvSource({"POST /v1/conversions", "POST /v1/conversions/batch", "POST /v1/test-conversions"})
  void rejectsQueryParametersWithABody(String route) {
    Role role = route.contains("test") ? Role.MANAGER : Role.NETWORK;

    Answer answer = calls.route(route).as(role).rawQuery("sum=99").body(MINIMAL).send();

    assertEquals(422, answer.status());
    assertEquals("sum", answer.json().at("/errors/0/field").asText());
    assertTrue(world.callbacks.sent().isEmpty());
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      names = {"ADMIN", "MANAGER", "AFFILIATE"})
  void acceptsConversionsOnlyFromNetworks(Role role) {
    assertEquals(403, calls.route("POST /v1/conversions").as(role).body(MINIMAL).send().status());
  }

  @Test
  void rejectsABodyOfMoreThan256KiB() {
    String body = MINIMAL.replace("w8J3kUG5", "x".repeat(300 * 1024));

    assertEquals(413, push(body).status());
  }

  private Answer test(String body) {
    return calls.route("POST /v1/test-conversions").as(Role.MANAGER).body(body).send();
  }

  @Test
  void showsTheRequestsAndResponsesOfATestConversion() {
    Answer answer = test("{\"affiliate_id\":\"77\",\"offer_id\":\"1042\",\"sum\":\"3.10\"}");

    assertEquals(200, answer.status());
    assertTrue(answer.json().path("complete").asBoolean());
    JsonNode delivery = answer.json().at("/deliveries/0");
    assertEquals("delivered", delivery.path("state").asText());
    assertTrue(delivery.path("test").asBoolean());
    assertTrue(delivery.path("url").asText().contains("cid=w8J3kUG5&payout=3.10&txid=test-"));
    assertEquals(200, delivery.at("/attempts/0/http_status").asInt());
  }

  /** 38 requests of 96 KiB; Lambda limits responses to 6 MB. */
  @Test
  void cutsTheRequestsOfATestConversionThatAreTooLongTogether() {
    for (int i = 0; i < 38; i++) {
      world.given(
          Samples.with(
              Samples.postback("large-" + i, i % 2 == 0 ? null : Samples.OFFER),
              new PostbackSettings(
                  i % 2 == 0 ? new Scope.Global() : new Scope.Offer(Samples.OFFER),
                  new RequestTemplate(
                      HttpMethod.POST,
                      "https://track.example.com/" + i,
                      new RequestBody("{sub1}".repeat(2700), "application/x-www-form-urlencoded")),
                  EventFilter.APPROVED,
                  true,
                  null,
                  SendingSettings.USUAL,
                  Judging.BY_STATUS)));
    }
    Answer answer =
        test(
            "{\"affiliate_id\":\"77\",\"offer_id\":\"1042\",\"sub1\":\"%s\"}"
                .formatted("s".repeat(36)));

    assertEquals(200, answer.status());
    JsonNode deliveries = answer.json().path("deliveries");
    assertEquals(39, deliveries.size());
    assertTrue(deliveries.path(0).path("truncated").asBoolean());
    assertTrue(answer.json().toString().length() < 1_500_000);
  }

  @Test
  void makesOneAttemptForATestConversion() {
    world.tracker.answers(
        Collections.nCopies(5, ScriptedTransport.answer(500)).toArray(Transport.Exchange[]::new));

    Answer answer = test("{\"affiliate_id\":\"77\",\"offer_id\":\"1042\"}");
    world.deliverEverything();

    assertEquals("failed", answer.json().at("/deliveries/0/state").asText());
    assertEquals(1, world.tracker.received().size());
    assertEquals(0, world.deadLetters.messages().size());
  }

  @Test
  void pausesNothingIfATestGets410() {
    world.tracker.answers(ScriptedTransport.answer(410));

    test("{\"affiliate_id\":\"77\",\"offer_id\":\"1042\"}");

    assertEquals(
        List.of(),
        world.postbacks.forOffer("77", "1042").stream().filter(Postback::isPaused).toList());
  }

  @Test
  void treatsEmptyFieldsOfATestConversionAsAbsent() {
    Answer answer =
        calls
            .route("POST /v1/test-conversions")
            .as(Role.MANAGER)
            .body(
                """
                {"affiliate_id":"77","offer_id":"1042","conversion_id":"","goal":"","sum":"",
                 "geo":"","occurred_at":"","wait_seconds":0}
                """)
            .send();

    assertEquals(200, answer.status(), () -> answer.response().getBody());
  }

  @Test
  void takesTheNamesOfAPushInATestConversion() {
    Answer answer =
        test("{\"affiliate_id\":\"77\",\"oid\":\"1042\",\"clickid\":\"abc\",\"payout\":\"3.10\"}");

    assertEquals(200, answer.status(), () -> answer.response().getBody());
    assertTrue(answer.json().at("/deliveries/0/url").asText().contains("cid=abc&payout=3.10"));
    assertEquals(
        "contradiction",
        test("{\"affiliate_id\":\"77\",\"oid\":\"1042\",\"clickid\":\"abc\",\"ref_id\":\"d\"}")
            .json()
            .at("/errors/0/code")
            .asText());
  }

  @Test
  void returnsAtOnceIfATestShouldNotWait() {
    Answer answer = test("{\"affiliate_id\":\"77\",\"offer_id\":\"1042\",\"wait_seconds\":0}");

    assertFalse(answer.json().path("complete").asBoolean());
    assertEquals("pending", answer.json().at("/deliveries/0/state").asText());

    world.deliverEverything();
    Answer later =
        calls
            .route("GET /v1/test-conversions/{id}")
            .asAffiliate("77")
            .path("id", answer.json().path("test_conversion_id").asText())
            .send();
    assertTrue(later.json().path("complete").asBoolean());
  }

  @Test
  void sendsTheNamedPostbackRegardlessOfItsFilters() {
    Answer answer =
        test(
            "{\"affiliate_id\":\"77\",\"offer_id\":\"9\",\"status\":\"declined\","
                + "\"postback_id\":\"p1\"}");

    assertEquals("delivered", answer.json().at("/deliveries/0/state").asText());
  }

  @Test
  void skipsAPausedPostbackInATest() {
    world.postbacks.replace(postback.paused(PausedReason.BY_HAND, Samples.NOW), 1);

    JsonNode json = test("{\"affiliate_id\":\"77\",\"offer_id\":\"1042\"}").json();

    assertTrue(json.path("complete").asBoolean());
    assertEquals("paused", json.at("/skipped/0/reason").asText());
    assertTrue(json.at("/skipped/0/delivery_id").isMissingNode());
  }

  @Test
  void permitsAffiliatesToTestOnlyThemselves() {
    String body = "{\"affiliate_id\":\"77\",\"offer_id\":\"1042\"}";

    assertEquals(
        200, calls.route("POST /v1/test-conversions").asAffiliate("77").body(body).send().status());
    assertEquals(
        404, calls.route("POST /v1/test-conversions").asAffiliate("88").body(body).send().status());
  }

  @Test
  void rejectsAWaitAboveTheLimit() {
    Answer answer = test("{\"affiliate_id\":\"77\",\"offer_id\":\"1042\",\"wait_seconds\":21}");

    assertEquals(422, answer.status());
    assertEquals("wait_seconds", answer.json().at("/errors/0/field").asText());
  }
}
