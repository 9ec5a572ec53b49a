package com.natifico.postback.functions.api;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.natifico.postback.contract.Router;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.idempotency.FirstAnswers;
import com.natifico.postback.testing.InMemoryAffiliateDirectory;
import com.natifico.postback.testing.InMemoryCallLimits;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/**
 * All routes of the function with in-memory stores, called with API Gateway's events, without the
 * limit for a key. Every response is checked against the OpenAPI document.
 */
final class ApiHarness {
  static final Duration RETENTION = Duration.ofDays(90);
  private static final OpenApiContract CONTRACT = OpenApiContract.load();

  final InMemoryPostbackStore postbacks = new InMemoryPostbackStore();
  final InMemoryEventStore events = new InMemoryEventStore();
  final InMemoryDeliveryLog log = new InMemoryDeliveryLog();
  final InMemoryKeyStore keys = new InMemoryKeyStore();
  final InMemoryStatisticsStore statistics = new InMemoryStatisticsStore();
  final InMemorySigningKeyStore signingKeys = new InMemorySigningKeyStore();
  final InMemoryAffiliateDirectory affiliates = new InMemoryAffiliateDirectory();
  final InMemoryPostbackHealth health = new InMemoryPostbackHealth(postbacks);
  final InMemoryPushLog pushes = new InMemoryPushLog();
  Instant now = Samples.NOW;
  final InMemoryCallbackQueue queue = new InMemoryCallbackQueue(() -> now);
  final FirstAnswers answers = new InMemoryFirstAnswers(() -> now);
  final Services services = servicesWith(answers);
  private Router router = new Router(Routes.of(services), services.errors());

  /** Uses other answers from now on. */
  void use(FirstAnswers other) {
    router = new Router(Routes.of(servicesWith(other)), services.errors());
  }

  private Services servicesWith(FirstAnswers used) {
    return new Services(
        new Services.Stores(
            postbacks,
            events,
            log,
            new Services.KeyStores(keys, signingKeys),
            new Services.Calls(new InMemoryCallLimits(() -> now), used),
            new Services.Overview(
                statistics, affiliates, new InMemoryTroubleIndex(postbacks, health), RETENTION),
            pushes),
        queue,
        new EgressGuard(List.of(), Set.of(80, 443)),
        () -> now,
        new Random(7));
  }

  void advance(Duration duration) {
    now = now.plus(duration);
  }

  /** A request to be filled in: {@code api.as("manager").get("/v1/keys")}. */
  Caller as(String role) {
    return new Caller(Map.of("role", role, "key_id", "k0"));
  }

  Caller affiliate(String affiliateId) {
    return affiliate(affiliateId, "k0");
  }

  Caller affiliate(String affiliateId, String keyId) {
    return new Caller(Map.of("role", "affiliate", "affiliate_id", affiliateId, "key_id", keyId));
  }

  /** A network's key with these bounds, as the authorizer passes them on. */
  Caller network(String offerIds, String cidrs) {
    return new Caller(
        Map.of("role", "network", "key_id", "k0", "offer_ids", offerIds, "cidrs", cidrs));
  }

  Caller anyone() {
    return new Caller(null);
  }

  /** Calls the function with one key. */
  final class Caller {
    private final @Nullable Map<String, Object> authorizer;

    Caller(@Nullable Map<String, Object> authorizer) {
      this.authorizer = authorizer;
    }

    Answer get(String pathAndQuery) {
      return send("GET", pathAndQuery, null, Map.of());
    }

    Answer delete(String pathAndQuery, String... header) {
      return send("DELETE", pathAndQuery, null, headers(header));
    }

    Answer post(String pathAndQuery, String body) {
      return send("POST", pathAndQuery, body, Map.of());
    }

    Answer post(String pathAndQuery) {
      return send("POST", pathAndQuery, null, Map.of());
    }

    Answer put(String pathAndQuery, String body, String... header) {
      return send("PUT", pathAndQuery, body, headers(header));
    }

    Answer send(
        String method, String pathAndQuery, @Nullable String body, Map<String, String> headers) {
      String path = pathAndQuery.split("\\?", 2)[0];
      String query = pathAndQuery.contains("?") ? pathAndQuery.split("\\?", 2)[1] : "";
      PathMatch match = PathMatch.of(method, path, Routes.of(services).keySet());
      Answer answer = send(match, path, query, body, headers);
      List<String> faults =
          CONTRACT.check(
              method, path, answer.status(), answer.header("content-type"), answer.text());
      Assertions.assertEquals(List.of(), faults, () -> method + " " + path + "\n" + answer);
      return answer;
    }

    private Answer send(
        PathMatch match,
        String path,
        String query,
        @Nullable String body,
        Map<String, String> headers) {
      var context = APIGatewayV2HTTPEvent.RequestContext.builder().withRouteKey(match.routeKey());
      if (authorizer != null) {
        context.withAuthorizer(
            APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder()
                .withLambda(authorizer)
                .build());
      }
      return Answer.of(
          handle(
              APIGatewayV2HTTPEvent.builder()
                  .withVersion("2.0")
                  .withRouteKey(match.routeKey())
                  .withRawPath(path)
                  .withRawQueryString(query)
                  .withHeaders(headers)
                  .withPathParameters(match.parameters())
                  .withBody(body)
                  .withRequestContext(context.build())
                  .build()));
    }

    private static Map<String, String> headers(String... nameAndValue) {
      Map<String, String> headers = new HashMap<>();
      for (int i = 0; i < nameAndValue.length; i += 2) {
        headers.put(nameAndValue[i], nameAndValue[i + 1]);
      }
      return headers;
    }
  }

  APIGatewayV2HTTPResponse handle(APIGatewayV2HTTPEvent event) {
    return router.handle(event);
  }

  /** The response. */
  record Answer(int status, Map<String, String> headers, String text) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    static Answer of(APIGatewayV2HTTPResponse response) {
      return new Answer(response.getStatusCode(), response.getHeaders(), response.getBody());
    }

    JsonNode json() {
      try {
        return MAPPER.readTree(text);
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        throw new AssertionError("no JSON: " + text, e);
      }
    }

    @Nullable String header(String name) {
      return headers.get(name);
    }

    /** Checks the status and returns this response. */
    Answer expect(int expected) {
      Assertions.assertEquals(expected, status, this::toString);
      return this;
    }

    /** The last part of the problem's type. */
    String problem() {
      return json().path("type").asText().replaceFirst(".*:", "");
    }

    /** The problem's errors as {@code field code}. */
    List<String> errors() {
      return json()
          .path("errors")
          .valueStream()
          .map(error -> error.get("field").asText() + " " + error.get("code").asText())
          .toList();
    }
  }
}
