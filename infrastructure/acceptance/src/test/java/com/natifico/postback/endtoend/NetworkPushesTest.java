package com.natifico.postback.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.endtoend.Api.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pushes what networks push, in their own words, and sees what reaches the tracker. */
@Execution(ExecutionMode.CONCURRENT)
@OnEveryEngine(
    "RetrySchedule=1s,2s,4s EgressAllow=127.0.0.0/8 PostbackCacheSeconds=0"
        + " SenderBatchWindowSeconds=0")
final class NetworkPushesTest {
  private static final Path PAGE =
      Path.of(System.getProperty("project.root"), "infrastructure/docs/networks.md");

  /** The URLs of the page, each with the heading before it. */
  private static final Pattern URL =
      Pattern.compile("(?ms)^### ([^\\n]+)$(?:(?!^###).)*?^```\\nhttps://[^/]+(/\\S+)$");

  private static final Pattern MACRO = Pattern.compile("\\{(\\w+)}|#(\\w+)#");

  /** What the platforms fill in. */
  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("status", "1"),
          Map.entry("sum", "12.50"),
          Map.entry("payout", "12.50"),
          Map.entry("payout_amount", "12.50"),
          Map.entry("price", "12.50"),
          Map.entry("currency", "USD"),
          Map.entry("timestamp", "1793628189"),
          Map.entry("utcunixtime", "1793628189"),
          Map.entry("geo", "DE"),
          Map.entry("country_code", "DE"),
          Map.entry("ip", "203.0.113.7"),
          Map.entry("sourceip", "203.0.113.7"),
          Map.entry("sale_amount", "99.90"),
          Map.entry("uagent", "Mozilla/5.0 (Linux; Android 16)"),
          Map.entry("comment", ""));

  private final TestTracker tracker;
  private final Api api;
  private final String affiliate = "a" + UUID.randomUUID().toString().substring(0, 8);

  NetworkPushesTest(Running running) {
    tracker = running.tracker();
    api = running.api();
  }

  private void postback(String template) {
    Answer answer =
        api.post(
            "local-manager",
            "/v1/affiliates/" + affiliate + "/postbacks",
            "{\"statuses\":[\"approved\",\"pending\",\"declined\",\"hold\"],\"url\":\""
                + tracker.url("/" + affiliate + template)
                + "\"}");
    assertEquals(201, answer.status(), answer.json().toString());
  }

  private String awaitQuery() {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !tracker.received("/" + affiliate).isEmpty());
    return tracker.received("/" + affiliate).getFirst().query();
  }

  @ParameterizedTest
  @CsvSource({"Affise", "TUNE (HasOffers)", "Everflow", "CAKE", "Any other"})
  void acceptsTheUrlOfThePageForEveryPlatform(String platform) throws IOException {
    String path =
        URL.matcher(Files.readString(PAGE))
            .results()
            .filter(url -> url.group(1).equals(platform))
            .map(url -> url.group(2))
            .findFirst()
            .orElseThrow();
    postback("?c={ref_id}&s={sum}&{currency}");

    Answer answer = api.get("", expanded(path).replace("secure=KEY", "secure=local-network"));

    assertEquals(202, answer.status(), answer.json().toString());
    assertEquals("[]", answer.json().path("warnings").toString());
    assertEquals("[]", answer.json().path("ignored").toString());
    assertTrue(awaitQuery().matches("c=the_\\w+&s=12.50&USD"), awaitQuery());
  }

  /** The page has no URL that is not tested here. */
  @Test
  void knowsEveryUrlOfThePage() throws IOException {
    assertEquals(
        List.of("Affise", "TUNE (HasOffers)", "Everflow", "CAKE", "Any other"),
        URL.matcher(Files.readString(PAGE)).results().map(url -> url.group(1)).toList());
  }

  private String expanded(String path) {
    return MACRO.matcher(path).replaceAll(macro -> Matcher.quoteReplacement(value(macro)));
  }

  private String value(MatchResult macro) {
    String name = macro.group(1) == null ? macro.group(2) : macro.group(1);
    boolean isAffiliate = List.of("pid", "affiliate_id", "affid").contains(name);
    String value = isAffiliate ? affiliate : VALUES.getOrDefault(name, "the_" + name);
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          currency     | "USDT"                | currency    | USDT                |
          sum          | ""                    | sum         |                     |
          status       | "confirmed"           | status_text | approved            |
          status       | "rejected"            | status_text | declined            |
          status       | "chargeback"          | status_text | declined            |
          occurred_at  | "2026-11-25 03:00:00" | timestamp   | 1795575600          |
          occurred_at  | 1764039600            | timestamp   | 1764039600          |
          occurred_at  | "1764039600000"       | timestamp   | 1764039600          |
          comment      | "Cap\\nis reached"    | comment     | Cap%0Ais%20reached  |
          sub1         | 5                     | sub1        | 5                   |
          geo          | "Germany"             | geo         |                     | geo invalid_code
          ref_id       | "{clickid}"           | ref_id      | %7Bclickid%7D       | ref_id unexpanded_macro
          payout       | 3                     | sum         | 3                   |
          clickid      | "w8J3"                | ref_id      | w8J3                |
          ttclid       | "E.C.P"               | ttclid      | E.C.P               |
          li_fat_id    | "8f5c"                | li_fat_id   | 8f5c                |
          phone_sha256 | "d673"                | phone_sha256 | d673               |
          """)
  void takesWhatNetworksPush(
      String field, String value, String macro, @Nullable String sent, @Nullable String warning) {
    postback("?v={" + macro + "}");
    String status = field.equals("status") ? "" : "\"status\":\"approved\",";

    Answer answer =
        api.post(
            "local-network",
            "/v1/conversions",
            """
            {"conversion_id":"c-1","affiliate_id":"%s","offer_id":"1042",%s"%s":%s}
            """
                .formatted(affiliate, status, field, value));

    assertEquals(202, answer.status(), answer.json().toString());
    JsonNode first = answer.json().at("/warnings/0");
    assertEquals(
        warning == null ? "" : warning,
        (first.path("field").asText() + ' ' + first.path("code").asText()).strip());
    assertEquals("v=" + (sent == null ? "" : sent), awaitQuery());
  }

  @Test
  void takesAFormInTheNetworksWordsAndFindsTheConversionByItsPath() {
    Answer made =
        api.post(
            "local-admin",
            "/v1/keys",
            "{\"role\":\"network\",\"status_map\":{\"earned\":\"approved\"}}");
    String key = made.json().path("key").asText();
    postback("?id={conversion_id}&c={ref_id}");
    String form =
        "Conv_ID=ORD%2F77%2F1&PID="
            + affiliate
            + "&oid=1042&status=Earned&clickid=a%2Bb&payout=3&cb=12345&secure=x";

    for (int status : List.of(202, 200)) {
      Answer answer = api.postForm(key, "/v1/conversions", form);

      assertEquals(status, answer.status(), answer.json().toString());
      assertEquals("[\"cb\",\"secure\"]", answer.json().path("ignored").toString());
    }
    assertEquals("id=ORD%2F77%2F1&c=a%2Bb", awaitQuery());
    Answer found =
        api.get("local-manager", "/v1/affiliates/" + affiliate + "/conversions/ORD%2F77%2F1");
    assertEquals(200, found.status());
    assertNotNull(found.json().at("/events/0/event_id").textValue());
    assertEquals(422, api.postForm("local-network", "/v1/conversions", form).status());
  }

  @Test
  void holdsAKeyToItsOffersItsAddressesAndItsEnd() {
    String local = "\"127.0.0.0/8\",\"172.16.0.0/12\",\"::1\"";
    JsonNode narrow = networkKey("\"offer_ids\":[\"1042\"],\"cidrs\":[" + local + "]");
    JsonNode distant = networkKey("\"cidrs\":[\"203.0.113.0/24\"]");
    JsonNode expired = networkKey("\"expires_at\":\"2026-01-01T00:00:00Z\"");

    assertEquals("202 ", push(narrow, "1042"));
    assertEquals("403 offer_not_allowed", push(narrow, "7"));
    assertEquals("403 address_not_allowed", push(distant, "1042"));
    assertEquals("403 ", push(expired, "1042"));
    JsonNode me = api.get(narrow.path("key").asText(), "/v1/me").json();
    assertEquals(narrow.path("cidrs"), me.path("cidrs"));
    assertEquals(LocalDate.now(ZoneOffset.UTC).toString(), lastUsedOn(narrow));
    assertEquals("", lastUsedOn(expired));
  }

  private JsonNode networkKey(String bounds) {
    Answer made = api.post("local-admin", "/v1/keys", "{\"role\":\"network\"," + bounds + "}");
    assertEquals(201, made.status(), made.json().toString());
    return made.json();
  }

  /** The status and the problem. */
  private String push(JsonNode key, String offerId) {
    Answer answer =
        api.get(
            "",
            "/v1/conversions/postback?conversion_id=c-1&status=1&affiliate_id=%s&offer_id=%s&secure=%s"
                .formatted(affiliate, offerId, key.path("key").asText()));
    return answer.status() + " " + answer.json().path("type").asText("").replaceFirst(".*:", "");
  }

  private String lastUsedOn(JsonNode key) {
    return api.get("local-admin", "/v1/keys?limit=200")
        .json()
        .path("items")
        .valueStream()
        .filter(item -> item.path("key_id").equals(key.path("key_id")))
        .map(item -> item.path("last_used_on").asText(""))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void takesTheKeyInTheQueryOfTheUrlOnlyRouteAlone() {
    assertEquals(401, api.post("", "/v1/conversions?secure=local-network", "{}").status());
    assertEquals(
        401,
        api.postForm("", "/v1/conversions", "secure=local-network&conversion_id=c-1").status());
  }
}
