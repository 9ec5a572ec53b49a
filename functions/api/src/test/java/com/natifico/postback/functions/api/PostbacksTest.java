package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.postback.NeededSecrets;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.Secrets;
import com.natifico.postback.postback.SigningSecret;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostbacksTest {
  private static final String PATH = "/v1/affiliates/77/postbacks";
  private static final String URL = "https://track.example.com/postback?cid={ref_id}&payout={sum}";
  private static final String MINIMAL = "{\"url\": \"" + URL + "\"}";
  private static final String SECRET_A = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String SECRET_B = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private final ApiHarness api = new ApiHarness();
  private final ApiHarness.Caller affiliate = api.affiliate("77");

  private JsonNode created(String body) {
    return affiliate.post(PATH, body).expect(201).json();
  }

  private String createdPath(String body) {
    return PATH + "/" + created(body).get("postback_id").asText();
  }

  private Postback stored(String path) {
    return Objects.requireNonNull(
        api.postbacks.find("77", path.substring(path.lastIndexOf('/') + 1)));
  }

  @Test
  void savesWithDefaults() {
    JsonNode postback = created(MINIMAL);
    assertEquals("77", postback.get("affiliate_id").asText());
    assertTrue(postback.get("offer_id").isNull());
    assertEquals("GET", postback.get("method").asText());
    assertEquals("[\"approved\"]", postback.get("statuses").toString());
    assertEquals("[]", postback.get("goals").toString());
    assertFalse(postback.get("also_global").asBoolean());
    assertEquals("active", postback.get("state").asText());
    assertEquals(1, postback.get("version").asInt());
    assertFalse(postback.get("signed").asBoolean());
    assertEquals("[]", postback.get("warnings").toString());
  }

  @Test
  void returnsLocationAndVersionOfANewPostback() {
    ApiHarness.Answer answer = affiliate.post(PATH, MINIMAL).expect(201);
    assertEquals(PATH + "/" + answer.json().get("postback_id").asText(), answer.header("location"));
    assertEquals("\"1\"", answer.header("etag"));
    assertEquals(
        answer.json(),
        affiliate.get(Objects.requireNonNull(answer.header("location"))).expect(200).json());
  }

  @Test
  void acceptsMeForTheAffiliateItself() {
    String id =
        affiliate.post("/v1/affiliates/me/postbacks", MINIMAL).json().get("postback_id").asText();
    affiliate.get(PATH + "/" + id).expect(200);
    api.as("manager").get("/v1/affiliates/me/postbacks").expect(404);
  }

  @Test
  void keepsAllGivenMembers() {
    JsonNode postback =
        created(
            """
            {"offer_id": 1042, "url": "%s", "method": "POST", "body": "{\\"id\\": \\"{ref_id}\\"}",
             "content_type": "application/json", "statuses": ["hold", 1, "2"],
             "goals": ["Install", "install", 7], "also_global": true, "label": "Keitaro",
             "state": "paused"}
            """
                .formatted(URL));
    assertEquals("1042", postback.get("offer_id").asText());
    assertEquals("POST", postback.get("method").asText());
    assertEquals("{\"id\": \"{ref_id}\"}", postback.get("body").asText());
    assertEquals("[\"approved\",\"pending\",\"hold\"]", postback.get("statuses").toString());
    assertEquals("[\"Install\",\"7\"]", postback.get("goals").toString());
    assertTrue(postback.get("also_global").asBoolean());
    assertEquals("by_hand", postback.get("paused_reason").asText());
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.1", "50, 50", "50.0, 50", "7.125, 7.125", "1000, 1000", "null, null"})
  void keepsTheHighestRate(String given, String shown) {
    JsonNode postback = created("{\"url\": \"%s\", \"max_per_second\": %s}".formatted(URL, given));
    assertEquals(shown, postback.get("max_per_second").toString());

    ObjectNode body = (ObjectNode) postback;
    String path = PATH + "/" + postback.get("postback_id").asText();
    JsonNode replaced = affiliate.put(path, body.toString()).expect(200).json();
    assertEquals(shown, replaced.get("max_per_second").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "0, invalid_rate",
    "0.09, invalid_rate",
    "-1, invalid_rate",
    "1000.1, invalid_rate",
    "1.0005, invalid_rate",
    "1e2, invalid_decimal",
    "true, wrong_type",
  })
  void rejectsAnInvalidRate(String given, String error) {
    assertEquals(
        List.of("max_per_second " + error),
        affiliate
            .post(PATH, "{\"url\": \"%s\", \"max_per_second\": %s}".formatted(URL, given))
            .expect(422)
            .errors());
  }

  @Test
  void keepsTheRequestHeaders() {
    JsonNode postback =
        created(
            """
            {"url": "%s", "headers": {"X-Id": "7", "Authorization": "Bearer a b"}}
            """
                .formatted(URL));
    assertEquals(
        "{\"Authorization\":\"Bearer a b\",\"X-Id\":\"7\"}", postback.get("headers").toString());
    assertEquals("{}", created(MINIMAL).get("headers").toString());
  }

  @Test
  void namesEveryMistakeInTheRequestHeaders() {
    assertEquals(
        List.of(
            "headers.Host forbidden_header",
            "headers.X Y invalid_header_name",
            "headers.X-Empty invalid_header_value",
            "headers.X-Macro macro_in_header",
            "headers.X-Number wrong_type",
            "headers.x-macro duplicate_header"),
        affiliate
            .post(
                PATH,
                """
                {"url": "%s", "headers": {"Host": "a", "X Y": "a", "X-Empty": "",
                 "X-Macro": "{ref_id}", "X-Number": 1, "x-macro": "a"}}
                """
                    .formatted(URL))
            .expect(422)
            .errors());
  }

  @Test
  void rejectsTheEleventhRequestHeader() {
    String eleven =
        IntStream.range(0, 11)
            .mapToObj(i -> "\"X-%d\": \"a\"".formatted(i))
            .collect(Collectors.joining(", ", "{", "}"));
    assertEquals(
        List.of("headers too_many"),
        affiliate
            .post(PATH, "{\"url\": \"%s\", \"headers\": %s}".formatted(URL, eleven))
            .expect(422)
            .errors());
  }

  @Test
  void previewsTheRequestHeaders() {
    assertEquals(
        "{\"X-Id\":\"7\"}",
        affiliate
            .post(
                PATH + "/preview",
                "{\"url\": \"%s\", \"headers\": {\"X-Id\": \"7\"}}".formatted(URL))
            .expect(200)
            .json()
            .get("headers")
            .toString());
  }

  @Test
  void infersTheContentTypeFromTheBody() {
    assertEquals(
        "application/json",
        created(
                "{\"url\": \"%s\", \"method\": \"POST\", \"body\": \" {\\\"a\\\": 1} \"}"
                    .formatted(URL))
            .get("content_type")
            .asText());
    assertEquals(
        "application/x-www-form-urlencoded",
        created("{\"url\": \"%s\", \"method\": \"POST\", \"body\": \"id={ref_id}\"}".formatted(URL))
            .get("content_type")
            .asText());
    assertEquals(
        "application/x-www-form-urlencoded",
        created("{\"url\": \"%s\", \"method\": \"POST\", \"body\": \"{ref_id}\"}".formatted(URL))
            .get("content_type")
            .asText());
  }

  @Test
  void namesEveryMistakeAtOnce() {
    ApiHarness.Answer answer =
        affiliate
            .post(
                PATH,
                """
                {"method": "PATCH", "statuses": ["aproved", true], "goals": [""], "labl": "x",
                 "state": "off", "also_global": "yes", "content_type": "text/plain"}
                """)
            .expect(422);
    assertEquals(
        List.of(
            "url required",
            "method invalid_value",
            "content_type invalid_value",
            "statuses[0] invalid_status",
            "statuses[1] invalid_status",
            "goals[0] empty",
            "also_global wrong_type",
            "state invalid_value",
            "labl unknown_field"),
        answer.errors());
    assertEquals("approved", answer.json().at("/errors/3/suggestion").asText());
    assertEquals("label", answer.json().at("/errors/8/suggestion").asText());
  }

  @Test
  void rejectsAnUnknownMacroAndSuggestsTheNearestName() {
    ApiHarness.Answer answer =
        affiliate.post(PATH, "{\"url\": \"https://t.example/?c={refid}\"}").expect(422);
    assertEquals(List.of("url unknown_macro"), answer.errors());
    assertEquals("ref_id", answer.json().at("/errors/0/suggestion").asText());
  }

  @Test
  void rejectsAnAddressThatTheGuardBlocks() {
    assertEquals(
        List.of("url forbidden_address"),
        affiliate.post(PATH, "{\"url\": \"https://127.0.0.1/?c={ref_id}\"}").expect(422).errors());
    assertEquals(
        List.of("url forbidden_port"),
        affiliate
            .post(PATH, "{\"url\": \"https://t.example:8080/?c={ref_id}\"}")
            .expect(422)
            .errors());
  }

  @Test
  void rejectsABodyWithGet() {
    assertEquals(
        List.of("body not_applicable"),
        affiliate.post(PATH, "{\"url\": \"%s\", \"body\": \"a=1\"}".formatted(URL)).errors());
  }

  @Test
  void rejectsAnEmptyListOfStatuses() {
    assertEquals(
        List.of("statuses empty"),
        affiliate.post(PATH, "{\"url\": \"%s\", \"statuses\": []}".formatted(URL)).errors());
  }

  @Test
  void keepsAnswerRulesAsGivenAndShowsThoseThatApply() {
    String rules =
        """
        [{"when":{"status":200,"contains":"success=false"},"then":"rejected",\
        "meaning":"unknown_click"},\
        {"when":{"status":"4xx","json":"/code","equals":"0"},"then":"delivered"},\
        {"when":{"any":true},"then":"retry","meaning":"other"}]\
        """;
    String path = createdPath(withRules(rules));

    JsonNode read = affiliate.get(path).expect(200).json();

    assertEquals(rules, read.get("answer_rules").toString());
    assertEquals(rules, read.get("effective_answer_rules").toString());
    assertTrue(read.get("tracker").isNull());
    assertEquals(
        read.get("answer_rules"),
        affiliate.put(path, read.toString()).expect(200).json().get("answer_rules"));
  }

  private static String withRules(String rules) {
    return "{\"url\": \"%s\", \"answer_rules\": %s}".formatted(URL, rules);
  }

  @Test
  void appliesTheRulesOfTheTrackerWithoutStoringThem() {
    JsonNode saved = created("{\"url\": \"%s\", \"tracker\": \"tune\"}".formatted(URL));
    assertTrue(saved.get("answer_rules").isNull());
    assertEquals("unknown_click", saved.at("/effective_answer_rules/1/meaning").asText());

    JsonNode none =
        created("{\"url\": \"%s\", \"tracker\": \"tune\", \"answer_rules\": []}".formatted(URL));
    assertEquals("[]", none.get("answer_rules").toString());
    assertEquals("[]", none.get("effective_answer_rules").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "{'when':{},'then':'rejected'}; answer_rules[0].when.status empty",
        "{'when':{'contains':''},'then':'rejected'}; answer_rules[0].when.contains empty",
        "{'when':{'any':false},'then':'rejected'}; answer_rules[0].when.any invalid_value",
        "{'when':{'json':'x','equals':'0'},'then':'retry'}; answer_rules[0].when.json"
            + " invalid_pointer",
        "{'when':{'json':'/code'},'then':'retry'}; answer_rules[0].when.equals required",
        "{'when':{'equals':'0'},'then':'retry'}; answer_rules[0].when.json required",
        "{'when':{'status':'6xx'},'then':'retry'}; answer_rules[0].when.status invalid_value",
        "{'when':{'any':true},'then':'failed'}; answer_rules[0].then invalid_value",
        "{'when':{'any':true}}; answer_rules[0].then required",
        "{'then':'retry'}; answer_rules[0].when required",
        "{'when':{'any':true},'then':'retry','meaning':'no'}; answer_rules[0].meaning"
            + " invalid_value",
        "{'when':{'any':true,'body':'x'},'then':'retry'}; answer_rules[0].when.body unknown_field",
        "'any'; answer_rules[0] wrong_type",
      })
  void namesWhatIsWrongWithAnAnswerRule(String rule, String error) {
    assertEquals(
        List.of(error),
        affiliate.post(PATH, withRules("[" + rule.replace('\'', '"') + "]")).expect(422).errors());
  }

  @Test
  void rejectsAnUnknownTrackerAndTooManyRules() {
    assertEquals(
        List.of("tracker unknown_tracker"),
        affiliate
            .post(PATH, "{\"url\": \"%s\", \"tracker\": \"tuna\"}".formatted(URL))
            .expect(422)
            .errors());
    String rule = "{\"when\": {\"any\": true}, \"then\": \"retry\"}";
    assertEquals(
        List.of("answer_rules too_many"),
        affiliate
            .post(PATH, withRules("[" + (rule + ",").repeat(20) + rule + "]"))
            .expect(422)
            .errors());
  }

  /** What an ad platform needs is a warning, in GET and in a preview as well. */
  @Test
  void warnsOfATemplateThatLacksWhatItsAdPlatformNeeds() {
    String postback =
        """
        {"url": "https://bzr.openai.com/v1/events?pid=1", "method": "POST", "tracker": "openai",
         "body": "{\\"validate_only\\": true, \\"events\\": [{\\"id\\": \\"{conversion_id}\\", \\"type\\": \\"lead_created\\", \\"timestamp_ms\\": {timestamp|ms}, \\"data\\": {\\"type\\": \\"customer_action\\"}}]}"}
        """;
    List<String> expected = List.of("platform_field_missing", "test_mode_in_template");

    assertEquals(expected, codes(affiliate.post(PATH, postback).expect(201).json()));
    assertEquals(expected, codes(affiliate.get(PATH).expect(200).json().at("/items/0")));
    assertEquals(expected, codes(affiliate.post(PATH + "/preview", postback).expect(200).json()));
  }

  private static List<String> codes(JsonNode answer) {
    return answer.get("warnings").valueStream().map(each -> each.get("code").asText()).toList();
  }

  @Test
  void rejectsReadOnlyMembersOnCreation() {
    assertEquals(
        List.of("postback_id unknown_field"),
        affiliate.post(PATH, "{\"url\": \"%s\", \"postback_id\": \"x\"}".formatted(URL)).errors());
  }

  @Test
  void replacesWithTheResponseOfGet() {
    String path = createdPath(MINIMAL);
    ObjectNode body = (ObjectNode) affiliate.get(path).json();
    body.put("label", "new");
    JsonNode replaced = affiliate.put(path, body.toString()).expect(200).json();
    assertEquals("new", replaced.get("label").asText());
    assertEquals(2, replaced.get("version").asInt());
    assertEquals(body.get("created_at"), replaced.get("created_at"));
  }

  @Test
  void setsOmittedMembersToTheirDefaults() {
    String path =
        createdPath("{\"url\": \"%s\", \"label\": \"x\", \"goals\": [\"a\"]}".formatted(URL));
    JsonNode replaced = affiliate.put(path, MINIMAL).expect(200).json();
    assertTrue(replaced.get("label").isNull());
    assertEquals("[]", replaced.get("goals").toString());
  }

  @Test
  void keepsThePauseReasonUntilResumed() {
    String path = createdPath(MINIMAL);
    Postback active = stored(path);
    api.postbacks.replace(active.paused(PausedReason.GONE, api.now), 1);
    String stillPaused = affiliate.get(path).json().toString();
    assertEquals(
        "gone", affiliate.put(path, stillPaused).expect(200).json().get("paused_reason").asText());
    JsonNode resumed = affiliate.put(path, MINIMAL).expect(200).json();
    assertEquals("active", resumed.get("state").asText());
    assertTrue(resumed.get("paused_reason").isNull());
  }

  @Test
  void rejectsTheSecondOfTwoConcurrentWriters() {
    String path = createdPath(MINIMAL);
    String etag = Objects.requireNonNull(affiliate.get(path).header("etag"));
    affiliate.put(path, MINIMAL, "if-match", etag).expect(200);
    ApiHarness.Answer second = affiliate.put(path, MINIMAL, "if-match", etag).expect(412);
    assertEquals("stale", second.problem());
    affiliate.delete(path, "if-match", etag).expect(412);
    affiliate.delete(path, "if-match", "\"1\", \"2\"").expect(204);
    affiliate.get(path).expect(404);
  }

  @Test
  void withoutIfMatchTheLastWriteWins() {
    String path = createdPath(MINIMAL);
    affiliate.put(path, MINIMAL).expect(200);
    affiliate.put(path, MINIMAL, "if-match", "*").expect(200);
    assertEquals(3, stored(path).version());
    affiliate.delete(path).expect(204);
    affiliate.delete(path).expect(404);
  }

  @Test
  void readsIfMatchStrictly() {
    String path = createdPath(MINIMAL);
    affiliate.put(path, MINIMAL, "if-match", "W/\"1\"").expect(412);
    for (String malformed : List.of("1", "\"1", "\"1\",", "", "\"1\" \"2\"", "*, \"1\"")) {
      affiliate.put(path, MINIMAL, "if-match", malformed).expect(400);
    }
  }

  @Test
  void neverReturnsASecret() {
    ApiHarness.Answer answer =
        affiliate
            .post(PATH, "{\"url\": \"%s\", \"signing_secret\": \"%s\"}".formatted(URL, SECRET_A))
            .expect(201);
    assertTrue(answer.json().get("signed").asBoolean());
    assertFalse(answer.text().contains("whsec_"));
    ApiHarness.Answer wrong =
        affiliate
            .post(PATH, "{\"url\": \"%s\", \"signing_secret\": \"whsec_c2hvcnQ=\"}".formatted(URL))
            .expect(422);
    assertEquals(List.of("signing_secret invalid_secret"), wrong.errors());
    assertFalse(wrong.text().contains("c2hvcnQ"));
  }

  @Test
  void rotatesASecretWithAnOverlapOfADay() {
    String path =
        createdPath("{\"url\": \"%s\", \"signing_secret\": \"%s\"}".formatted(URL, SECRET_A));
    api.advance(Duration.ofMinutes(5));
    affiliate
        .put(path, "{\"url\": \"%s\", \"signing_secret\": \"%s\"}".formatted(URL, SECRET_B))
        .expect(200);
    assertEquals(
        List.of(
            new SigningSecret.Stored(SigningSecret.idOf(SECRET_B), null),
            new SigningSecret.Stored(
                SigningSecret.idOf(SECRET_A), api.now.plus(Duration.ofHours(24)))),
        stored(path).settings().signingSecrets());
    assertEquals(Set.of(SECRET_A, SECRET_B), Set.copyOf(secrets(path).signing().values()));
    api.advance(Duration.ofHours(25));
    affiliate.put(path, MINIMAL).expect(200);
    assertEquals(
        List.of(new SigningSecret.Stored(SigningSecret.idOf(SECRET_B), null)),
        stored(path).settings().signingSecrets());
    assertEquals(List.of(SECRET_B), List.copyOf(secrets(path).signing().values()));
  }

  @Test
  void nullRemovesTheSecret() {
    String path =
        createdPath("{\"url\": \"%s\", \"signing_secret\": \"%s\"}".formatted(URL, SECRET_A));
    affiliate.put(path, "{\"url\": \"%s\", \"signing_secret\": null}".formatted(URL)).expect(200);
    assertEquals(List.of(), stored(path).settings().signingSecrets());
    assertEquals(Secrets.NONE, secrets(path));
  }

  private Secrets secrets(String path) {
    return api.postbacks.find(stored(path).key(), new NeededSecrets(Set.of(), Set.of()));
  }

  /** Both are replaced at once: the postback and its secrets. */
  @Test
  void movesTheSigningSecretsThatAnEarlierReleaseStored() {
    Postback postback = Samples.postback("77", "pb_old", null);
    Instant until = api.now.plus(Duration.ofHours(1));
    api.postbacks.create(
        Samples.with(
            postback,
            postback
                .settings()
                .withSigningSecrets(
                    List.of(
                        new SigningSecret.Inline(SECRET_A, null),
                        new SigningSecret.Inline(SECRET_B, until)))));
    String path = PATH + "/pb_old";
    String read = affiliate.get(path).expect(200).text();
    assertFalse(read.contains("whsec_"));
    affiliate.put(path, read).expect(200);
    assertEquals(
        List.of(
            new SigningSecret.Stored(SigningSecret.idOf(SECRET_A), null),
            new SigningSecret.Stored(SigningSecret.idOf(SECRET_B), until)),
        stored(path).settings().signingSecrets());
    assertEquals(Set.of(SECRET_A, SECRET_B), Set.copyOf(secrets(path).signing().values()));
  }

  @Test
  void limitsAScopeToTwentyPostbacks() {
    for (int i = 0; i < 20; i++) {
      created(MINIMAL);
    }
    assertEquals("limit_reached", affiliate.post(PATH, MINIMAL).expect(409).problem());
    String ofOffer = createdPath("{\"url\": \"%s\", \"offer_id\": \"1\"}".formatted(URL));
    assertEquals("limit_reached", affiliate.put(ofOffer, MINIMAL).expect(409).problem());
  }

  @Test
  void limitsAnAffiliateToTwoThousandPostbacks() {
    for (int i = 0; i < 2_000; i++) {
      api.postbacks.create(Samples.postback("p" + i, "o" + i / 20));
    }
    ApiHarness.Answer refused = affiliate.post(PATH, MINIMAL).expect(409);
    assertEquals("limit_reached", refused.problem());
    assertEquals(
        "The affiliate has 2000 postbacks, which is the limit. Delete those that are no longer"
            + " needed.",
        refused.json().get("detail").asText());
    affiliate.delete(PATH + "/p0").expect(204);
    created(MINIMAL);
  }

  @Test
  void listsByScopeInStablePagesDuringWrites() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(created(MINIMAL).get("postback_id").asText());
      api.advance(Duration.ofSeconds(1));
      created("{\"url\": \"%s\", \"offer_id\": \"%d\"}".formatted(URL, i));
      api.advance(Duration.ofSeconds(1));
    }
    List<String> listed = new ArrayList<>();
    String next = "";
    do {
      JsonNode page =
          affiliate
              .get(PATH + "?scope=global&limit=2" + (next.isEmpty() ? "" : "&cursor=" + next))
              .expect(200)
              .json();
      page.get("items").forEach(item -> listed.add(item.get("postback_id").asText()));
      next = page.get("next").asText("");
      if (listed.size() == 2) {
        ids.add(created(MINIMAL).get("postback_id").asText());
      }
    } while (!next.isEmpty());
    assertEquals(ids, listed);
    assertEquals(5, affiliate.get(PATH + "?scope=offer").json().get("items").size());
    assertEquals(1, affiliate.get(PATH + "?offer_id=3").json().get("items").size());
    assertEquals(11, affiliate.get(PATH).json().get("items").size());
  }

  @Test
  void rejectsACursorOfAnotherList() {
    created(MINIMAL);
    api.advance(Duration.ofSeconds(1));
    created(MINIMAL);
    String cursor = affiliate.get(PATH + "?limit=1").json().get("next").asText();
    assertEquals(
        List.of("cursor invalid_cursor"),
        affiliate.get(PATH + "?scope=global&cursor=" + cursor).expect(422).errors());
    assertEquals(
        List.of("cursor invalid_cursor"),
        api.affiliate("88")
            .get("/v1/affiliates/88/postbacks?cursor=" + cursor)
            .expect(422)
            .errors());
    affiliate.get(PATH + "?cursor=nonsense").expect(422);
  }

  @Test
  void takesTheNamesOfAPushInAPreview() {
    String request =
        """
        {"url": "https://t.example/?c={ref_id}&s={sum}&o={offerid}&g={geo}", "conversion":
          {"clickid": "abc", "payout": 3, "oid": 7, %s}}
        """;

    assertEquals(
        "https://t.example/?c=abc&s=3&o=7&g=DE",
        affiliate
            .post(PATH + "/preview", request.formatted("\"country\": \"de\""))
            .expect(200)
            .json()
            .get("url")
            .asText());
    assertEquals(
        List.of("conversion.ref_id contradiction", "conversion.country invalid_code"),
        affiliate
            .post(
                PATH + "/preview", request.formatted("\"ref_id\": \"d\", \"country\": \"Germany\""))
            .expect(422)
            .errors());
  }

  @Test
  void rejectsUnknownParameters() {
    ApiHarness.Answer answer = affiliate.get(PATH + "?ofer_id=1").expect(422);
    assertEquals(List.of("ofer_id unknown_field"), answer.errors());
    assertEquals("offer_id", answer.json().at("/errors/0/suggestion").asText());
    affiliate.get(PATH + "?scope=global&offer_id=1").expect(422);
    affiliate.get(PATH + "?limit=201").expect(422);
    affiliate.get(PATH + "?limit=2&limit=3").expect(422);
    affiliate.get(PATH + "?offer_id=%zz").expect(400);
  }

  @Test
  void anotherAffiliatesPostbacksGive404() {
    String path = createdPath(MINIMAL);
    ApiHarness.Answer others = api.affiliate("88").get(path).expect(404);
    ApiHarness.Answer none =
        api.affiliate("88").get("/v1/affiliates/88/postbacks/pb_x").expect(404);
    assertNotEquals("", others.text());
    assertEquals(404, none.status());
    api.as("manager").get(path).expect(200);
    api.as("manager").get("/v1/affiliates/88/postbacks/" + stored(path).postbackId()).expect(404);
  }

  @Test
  void previewsTheNewestEventsInsteadOfAConversion() {
    String url = "\"url\": \"https://track.example.com/p?c={conversion_id}\"";
    JsonNode none =
        api.as("manager")
            .post(PATH + "/preview", "{" + url + ", \"recent\": 3}")
            .expect(200)
            .json();
    assertEquals("{\"examples\":[],\"warnings\":[]}", none.toString());

    api.as("manager")
        .post(PATH + "/preview", "{" + url + ", \"recent\": 3, \"conversion\": {}}")
        .expect(422);
    api.as("manager").post(PATH + "/preview", "{" + url + ", \"recent\": 21}").expect(422);
    api.as("manager").post(PATH + "/preview", "{" + url + ", \"postback_id\": \"p1\"}").expect(422);
  }

  @Test
  void previewsWhatWouldBeSentBesideWhatWasSentAndWhyNot() throws JsonProcessingException {
    api.postbacks.create(Samples.postback("p1", null));
    ConversionEvent event = Samples.event("c-1");
    api.events.claim(event);
    api.log.save(Samples.delivered(Samples.callback(event, "p1")));
    String draft =
        """
        {"url": "https://new.example.com/p?c={conversion_id}", "method": "POST",
         "body": "sum={sum}", "headers": {"X-Id": "7"}, "statuses": ["declined"], "label": "New",
         "recent": 3, "postback_id": "p1"}
        """;

    JsonNode answer = affiliate.post(PATH + "/preview", draft).expect(200).json();

    assertEquals(
        new ObjectMapper()
            .readTree(
                """
                {"examples": [{
                  "event_id": "%s", "conversion_id": "c-1", "offer_id": "1042",
                  "status": "approved", "goal": "install", "revision": 1,
                  "ref_id": "w8J3kUG5s0dKQ2m7Zx1v", "sum": "12.50", "currency": "USD",
                  "created_at": "2026-11-02T14:03:09.250Z",
                  "method": "POST", "url": "https://new.example.com/p?c=c-1", "body": "sum=12.50",
                  "content_type": "application/x-www-form-urlencoded", "headers": {"X-Id": "7"},
                  "skipped": {"reason": "status_filtered"},
                  "sent": {"method": "GET", "url": "%s", "body": null, "content_type": null,
                    "headers": {}}
                }], "warnings": []}
                """
                    .formatted(event.id().value(), Samples.URL)),
        answer);
    assertEquals(
        List.of("statuses empty"),
        affiliate
            .post(PATH + "/preview", draft.replace("[\"declined\"]", "[]"))
            .expect(422)
            .errors());
  }

  @Test
  void previewsWithGivenAndPlausibleValues() {
    JsonNode preview =
        affiliate
            .post(
                PATH + "/preview",
                "{\"url\": \"%s&geo={country}\", \"conversion\": {\"sum\": 9.90, \"geo\": \"FR\"}}"
                    .formatted(URL))
            .expect(200)
            .json();
    assertEquals(
        "https://track.example.com/postback?cid=w8J3kUG5&payout=9.90&geo=FR",
        preview.get("url").asText());
    assertEquals(
        "[{\"name\":\"ref_id\",\"value\":\"w8J3kUG5\"},{\"name\":\"sum\",\"value\":\"9.90\"},"
            + "{\"name\":\"geo\",\"value\":\"FR\"}]",
        preview.get("macros").toString());
    assertTrue(preview.get("body").isNull());
  }

  @Test
  void previewsNameTheConversionsFields() {
    assertEquals(
        List.of("conversion.sum invalid_decimal", "conversion.cty unknown_field"),
        affiliate
            .post(
                PATH + "/preview",
                "{\"url\": \"%s\", \"conversion\": {\"sum\": \"1,5\", \"cty\": \"x\"}}"
                    .formatted(URL))
            .expect(422)
            .errors());
  }
}
