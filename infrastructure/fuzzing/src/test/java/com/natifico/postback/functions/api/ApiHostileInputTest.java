package com.natifico.postback.functions.api;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.natifico.postback.access.Role;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.fuzzing.Judgement;
import com.natifico.postback.fuzzing.Lines;
import com.natifico.postback.limit.Allowance;
import com.natifico.postback.testing.InMemoryAffiliateDirectory;
import com.natifico.postback.testing.InMemoryCallbackQueue;
import com.natifico.postback.testing.InMemoryDeliveryLog;
import com.natifico.postback.testing.InMemoryEventStore;
import com.natifico.postback.testing.InMemoryFirstAnswers;
import com.natifico.postback.testing.InMemoryKeyStore;
import com.natifico.postback.testing.InMemoryPostbackHealth;
import com.natifico.postback.testing.InMemoryPostbackStore;
import com.natifico.postback.testing.InMemoryPushLog;
import com.natifico.postback.testing.InMemorySigningKeyStore;
import com.natifico.postback.testing.InMemoryStatisticsStore;
import com.natifico.postback.testing.InMemoryTroubleIndex;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Each input is a request: the route, the role, the affiliate, the other id, If-Match and the
 * query, one per line, then the body. An empty id selects an existing postback or delivery.
 */
final class ApiHostileInputTest {
  private static final List<String> ROUTES =
      Routes.of(services()).keySet().stream().sorted().toList();

  @FuzzTest(maxDuration = "2m")
  @DictionaryEntries({
    "manager",
    "affiliate",
    "network",
    "admin",
    "POST /v1/affiliates/{affiliate_id}/postbacks",
    "GET /v1/affiliates/{affiliate_id}/deliveries",
    "PUT /v1/affiliates/{affiliate_id}/postbacks/",
    "{postback_id}",
    "/preview",
    "\"url\":\"https://t.example/?c={ref_id}\"",
    "\"statuses\":[",
    "\"goals\":[",
    "\"signing_secret\":\"whsec_",
    "\"since\":\"2026-11-02T14:03:09Z\"",
    "cursor=",
    "limit=",
    "state=failed",
    "W/\"1\"",
    "\"1\"",
    "\"conversion\":{",
    "POST /v1/keys",
    "\"role\":"
  })
  void answersEveryRequest(byte[] input) {
    Lines lines = Lines.of(input);
    List<Role> roles = List.of(Role.values());
    Role role = roles.get(Math.floorMod(lines.line(1).hashCode(), roles.size()));
    for (Role each : roles) {
      role = each.word().equals(lines.line(1)) ? each : role;
    }
    String other = lines.line(3);
    APIGatewayV2HTTPEvent event =
        APIGatewayV2HTTPEvent.builder()
            .withVersion("2.0")
            .withRouteKey(lines.choose(0, ROUTES))
            .withRawQueryString(lines.line(5))
            .withHeaders(lines.line(4).isEmpty() ? Map.of() : Map.of("if-match", lines.line(4)))
            .withPathParameters(
                Map.of(
                    "affiliate_id", or(lines.line(2), Samples.AFFILIATE),
                    "postback_id", or(other, "p1"),
                    "conversion_id", or(other, "c-1"),
                    "delivery_id", or(other, Samples.callback("c-1", "p1").deliveryId()),
                    "key_id", or(other, "k1")))
            .withBody(lines.from(6))
            .withIsBase64Encoded(false)
            .withRequestContext(
                APIGatewayV2HTTPEvent.RequestContext.builder()
                    .withAuthorizer(
                        APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder()
                            .withLambda(caller(role))
                            .build())
                    .build())
            .build();
    Judgement.judge(new ApiFunction(services()).answer(event));
  }

  private static String or(String given, String otherwise) {
    return given.isEmpty() ? otherwise : given;
  }

  private static Map<String, Object> caller(Role role) {
    return role == Role.AFFILIATE
        ? Map.of("role", role.word(), "affiliate_id", Samples.AFFILIATE, "key_id", "k0")
        : Map.of("role", role.word(), "key_id", "k0");
  }

  private static Services services() {
    InMemoryPostbackStore postbacks = new InMemoryPostbackStore();
    InMemoryEventStore events = new InMemoryEventStore();
    InMemoryDeliveryLog log = new InMemoryDeliveryLog();
    postbacks.create(Samples.postback("p1", null));
    events.claim(Samples.event("c-1"));
    log.save(Samples.delivered(Samples.callback("c-1", "p1")));
    return new Services(
        new Services.Stores(
            postbacks,
            events,
            log,
            new Services.KeyStores(new InMemoryKeyStore(), new InMemorySigningKeyStore()),
            new Services.Calls(
                (_, _) -> new Allowance.Granted(), new InMemoryFirstAnswers(() -> Samples.NOW)),
            new Services.Overview(
                new InMemoryStatisticsStore(),
                new InMemoryAffiliateDirectory(),
                new InMemoryTroubleIndex(postbacks, new InMemoryPostbackHealth(postbacks)),
                Duration.ofDays(90)),
            new InMemoryPushLog()),
        new InMemoryCallbackQueue(() -> Samples.NOW),
        new EgressGuard(List.of(), Set.of(80, 443)),
        () -> Samples.NOW,
        new Random(7));
  }
}
