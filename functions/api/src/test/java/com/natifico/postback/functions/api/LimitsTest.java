package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.natifico.postback.limit.KeyLimits;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
  private static final String RESENDS = "/v1/affiliates/77/resends";
  private static final String BODY =
      "{\"postback_id\": \"p1\", \"since\": \"2026-11-01T00:00:00Z\"}";

  private final ApiHarness api = new ApiHarness();
  private final ApiHarness.Caller affiliate = api.affiliate("77");

  LimitsTest() {
    api.postbacks.create(Samples.postback("p1", null));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/affiliates/77/resends, 5, 202, 60",
    "/v1/affiliates/77/backfills, 5, 200, 60",
    "/v1/affiliates/77/deliveries/d-1/resend, 10, 404, 1"
  })
  void answers429BeyondTheBurst(String path, int burst, int usual, int seconds) {
    String body = path.endsWith("resend") ? "{}" : BODY;
    for (int i = 0; i < burst; i++) {
      affiliate.post(path, body).expect(usual);
    }

    ApiHarness.Answer refused = affiliate.post(path, body).expect(429);

    assertEquals("rate_limited", refused.problem());
    assertEquals(Integer.toString(seconds), refused.header("retry-after"));
    api.advance(Duration.ofSeconds(seconds));
    affiliate.post(path, body).expect(usual);
  }

  @Test
  void namesTheLimitAndTheWait() {
    for (int i = 0; i < 5; i++) {
      affiliate.post(RESENDS, BODY).expect(202);
    }
    api.advance(Duration.ofMillis(17_500));

    assertEquals(
        "An affiliate may send resends of a period 1 a minute, and 5 at once. Nothing was done."
            + " Send the same request again in 43 seconds.",
        affiliate.post(RESENDS, BODY).expect(429).json().get("detail").asText());
  }

  @Test
  void countsAnAffiliateAloneWhateverTheKey() {
    for (int i = 0; i < 5; i++) {
      affiliate.post(RESENDS, BODY).expect(202);
    }

    api.as("manager").post(RESENDS, BODY).expect(429);
    api.affiliate("88").post("/v1/affiliates/88/resends", BODY).expect(202);
  }

  @Test
  void doesNotCountInvalidRequests() {
    for (int i = 0; i < 6; i++) {
      affiliate.post(RESENDS, "{}").expect(422);
    }

    affiliate.post(RESENDS, BODY).expect(202);
  }

  @Test
  void limitsTheRequestsOfAKey() {
    ApiFunction function = new ApiFunction(api.services);
    APIGatewayV2HTTPEvent event =
        APIGatewayV2HTTPEvent.builder()
            .withRouteKey("GET /v1/me")
            .withRequestContext(
                APIGatewayV2HTTPEvent.RequestContext.builder()
                    .withAuthorizer(
                        APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder()
                            .withLambda(Map.of("role", "manager", "key_id", "k1"))
                            .build())
                    .build())
            .build();
    for (int i = 0; i < KeyLimits.PER_KEY.burst(); i++) {
      function.answer(event);
    }

    var refused = function.answer(event);

    assertEquals(429, refused.getStatusCode());
    assertEquals("1", refused.getHeaders().get("retry-after"));
  }
}
