package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.Unavailable;
import com.natifico.postback.idempotency.Claim;
import com.natifico.postback.idempotency.FirstAnswers;
import com.natifico.postback.idempotency.KeptAnswer;
import com.natifico.postback.idempotency.NamedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with an Idempotency-Key. */
class NamedRequestsTest {
  private static final String POSTBACKS = "/v1/affiliates/77/postbacks";
  private static final String POSTBACK = "{\"url\":\"https://t.example/?cid={ref_id}\"}";

  private final ApiHarness api = new ApiHarness();
  private final Watched answers = new Watched(api.answers);
  private final ApiHarness.Caller affiliate = api.affiliate("77");

  @BeforeEach
  void watch() {
    api.use(answers);
  }

  private ApiHarness.Answer post(
      ApiHarness.Caller caller, String path, String body, String idempotencyKey) {
    return caller.send("POST", path, body, Map.of("idempotency-key", idempotencyKey));
  }

  private long postbacks() {
    return affiliate.get(POSTBACKS).expect(200).json().get("items").size();
  }

  @Test
  void aRepeatGetsTheFirstAnswerAndCreatesNothing() {
    ApiHarness.Answer first = post(affiliate, POSTBACKS, POSTBACK, "n-1").expect(201);
    api.advance(Duration.ofHours(23));

    assertEquals(first, post(affiliate, POSTBACKS, POSTBACK, "n-1"));
    assertEquals(1, postbacks());
  }

  @Test
  void aManagerRepeatsForTheSameAffiliate() {
    ApiHarness.Answer first = post(affiliate, POSTBACKS, POSTBACK, "n-1").expect(201);

    assertEquals(first, post(api.as("manager"), POSTBACKS, POSTBACK, "n-1"));
    post(api.as("manager"), "/v1/affiliates/78/postbacks", POSTBACK, "n-1").expect(201);
    assertEquals(1, postbacks());
  }

  @Test
  void isCarriedOutAgainAfterADay() {
    post(affiliate, POSTBACKS, POSTBACK, "n-1").expect(201);
    api.advance(Duration.ofHours(24));

    post(affiliate, POSTBACKS, POSTBACK, "n-1").expect(201);
    assertEquals(2, postbacks());
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/affiliates/77/postbacks, '{\"url\":\"https://t.example/?cid={ref_id}&s={sum}\"}'",
    "/v1/affiliates/77/notifications, '{\"url\":\"https://t.example/?cid={ref_id}\"}'",
    "/v1/affiliates/77/resends, '{\"url\":\"https://t.example/?cid={ref_id}\"}'",
  })
  void refusesTheKeyForOtherContentOrAnotherRoute(String path, String body) {
    post(affiliate, POSTBACKS, POSTBACK, "n-1").expect(201);

    ApiHarness.Answer refused = post(affiliate, path, body, "n-1").expect(422);
    assertEquals("idempotency_key_reused", refused.problem());
    assertEquals(1, postbacks());
  }

  @Test
  void aRefusedRequestCanBeCorrectedUnderItsKey() {
    post(affiliate, POSTBACKS, "{\"url\":\"https://t.example/?cid={refid}\"}", "n-1").expect(422);

    post(affiliate, POSTBACKS, POSTBACK, "n-1").expect(201);
    assertEquals(1, postbacks());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "é",
        "a2345678901234567890123456789012345678901234567890123456789012345"
      })
  void refusesAnInvalidKey(String idempotencyKey) {
    ApiHarness.Answer refused = post(affiliate, POSTBACKS, POSTBACK, idempotencyKey).expect(400);
    assertTrue(refused.text().contains("Idempotency-Key"), refused::text);
    assertEquals(0, postbacks());
  }

  @Test
  void answersThatTheFirstRequestIsRunning() {
    List<ApiHarness.Answer> meanwhile = new ArrayList<>();
    answers.beforeKeep =
        () -> {
          answers.beforeKeep = () -> {};
          meanwhile.add(post(affiliate, POSTBACKS, POSTBACK, "n-1"));
        };

    post(affiliate, POSTBACKS, POSTBACK, "n-1").expect(201);

    ApiHarness.Answer running = meanwhile.getFirst().expect(409);
    assertEquals("request_running", running.problem());
    assertEquals(
        Long.toString(FirstAnswers.LONGEST_EXECUTION.toSeconds()), running.header("retry-after"));
    assertEquals(1, postbacks());
  }

  /** As if the function had stopped after it stored the postback. */
  @Test
  void aRepeatFindsThePostbackOfAnExecutionThatCouldNotKeepItsAnswer() {
    answers.beforeKeep =
        () -> {
          throw new Unavailable("refused", null);
        };
    ApiHarness.Answer first = post(affiliate, POSTBACKS, POSTBACK, "n-1").expect(201);
    answers.beforeKeep = () -> {};
    post(affiliate, POSTBACKS, POSTBACK, "n-1").expect(409);
    api.advance(FirstAnswers.LONGEST_EXECUTION);

    assertEquals(first, post(affiliate, POSTBACKS, POSTBACK, "n-1").expect(201));
    assertEquals(1, postbacks());
  }

  @Test
  void aKeyIsAnsweredOnce() {
    String body = "{\"role\":\"manager\"}";
    ApiHarness.Caller admin = api.as("admin");
    String key = post(admin, "/v1/keys", body, "n-1").expect(201).json().get("key").asText();

    ApiHarness.Answer repeated = post(admin, "/v1/keys", body, "n-1").expect(201);

    assertTrue(repeated.json().get("key").isNull(), repeated::text);
    assertFalse(repeated.text().contains(key));
    assertEquals(1, admin.get("/v1/keys").json().get("items").size());
  }

  @Test
  void resendsAndBackfillsCountOnceForTheirLimit() {
    String since = "{\"since\":\"2026-01-01T00:00:00Z\"}";
    for (int i = 0; i < 20; i++) {
      post(affiliate, "/v1/affiliates/77/resends", since, "n-1").expect(202);
    }
    String postbackId =
        affiliate.post(POSTBACKS, POSTBACK).expect(201).json().get("postback_id").asText();
    String backfill = "{\"postback_id\":\"" + postbackId + "\",\"since\":\"2026-01-01T00:00:00Z\"}";
    for (int i = 0; i < 20; i++) {
      post(affiliate, "/v1/affiliates/77/backfills", backfill, "n-2").expect(200);
    }
  }

  /** Of the content only a digest is kept: a body may contain a secret. */
  @Test
  void keepsNoContent() {
    post(
            affiliate,
            POSTBACKS,
            "{\"url\":\"https://t.example/?t={secret.token}\","
                + "\"secrets\":{\"token\":\"Hidden-4711\"}}",
            "n-1")
        .expect(201);

    assertEquals(2, answers.received.size());
    assertFalse(answers.received.toString().contains("Hidden"), answers.received::toString);
  }

  /** Records what it receives. */
  private static final class Watched implements FirstAnswers {
    private final FirstAnswers answers;
    private final List<Record> received = new ArrayList<>();
    private Runnable beforeKeep = () -> {};

    Watched(FirstAnswers answers) {
      this.answers = answers;
    }

    @Override
    public Claim claim(NamedRequest request, String seed) {
      received.add(request);
      return answers.claim(request, seed);
    }

    @Override
    public void keep(NamedRequest request, KeptAnswer answer) {
      beforeKeep.run();
      received.add(answer);
      answers.keep(request, answer);
    }

    @Override
    public void giveBack(NamedRequest request, boolean harmless) {
      answers.giveBack(request, harmless);
    }
  }
}
