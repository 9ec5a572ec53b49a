package com.natifico.postback.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.endtoend.Api.Answer;
import com.natifico.postback.endtoend.TestTracker.Received;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A receiver that knows nothing but the address of the network's public keys, and the id of its
 * postback.
 */
@OnEveryEngine(
    "RetrySchedule=1s EgressAllow=127.0.0.0/8 PostbackCacheSeconds=0 SenderBatchWindowSeconds=0")
final class NetworkSignaturesTest {
  private static final String KEYS = "/.well-known/jwks.json";

  /** What is before the 32 bytes of a public key of Ed25519 (RFC 8410, section 4). */
  private static final String X509 = "302a300506032b6570032100";

  private final TestTracker tracker;
  private final Api api;
  private final String affiliate = "a" + UUID.randomUUID().toString().substring(0, 8);

  NetworkSignaturesTest(Running running) {
    tracker = running.tracker();
    api = running.api();
  }

  private Answer saved(String path, String more) {
    Answer answer =
        api.post(
            "local-manager",
            "/v1/affiliates/" + affiliate + "/postbacks",
            """
            {"url": "%s?c={ref_id}&city={city}", "signature": "ed25519"%s}
            """
                .formatted(tracker.url(path), more));
    assertEquals(201, answer.status(), answer.json().toString());
    return answer;
  }

  private String postback(String path, String more) {
    return saved(path, more).json().path("postback_id").asText();
  }

  private Received pushed(String id, String path, int count) {
    Answer answer =
        api.post(
            "local-network",
            "/v1/conversions",
            """
            {"conversion_id": "%s", "affiliate_id": "%s", "offer_id": "1", "status": "approved",
             "ref_id": "r-1", "city": "Köln & Süd"}
            """
                .formatted(id, affiliate));
    assertEquals(202, answer.status(), answer.json().toString());
    await().atMost(Duration.ofSeconds(60)).until(() -> tracker.received(path).size() >= count);
    return tracker.received(path).getLast();
  }

  private List<String> published() {
    List<String> keys = new ArrayList<>();
    Answer answer = api.get("", KEYS);
    assertEquals(200, answer.status());
    answer.json().path("keys").forEach(key -> keys.add(key.path("x").asText()));
    return keys;
  }

  private static PublicKey publicKey(String x) throws GeneralSecurityException {
    String hex = X509 + HexFormat.of().formatHex(Base64.getUrlDecoder().decode(x));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(hex)));
  }

  private static boolean isSigned(List<String> keys, Received callback, String header, String text)
      throws GeneralSecurityException {
    String given = Objects.requireNonNull(callback.headers().get(header));
    assertTrue(given.startsWith("v1a,"), given);
    byte[] signed =
        (callback.headers().get("webhook-id")
                + "."
                + callback.headers().get("webhook-timestamp")
                + "."
                + text)
            .getBytes(StandardCharsets.UTF_8);
    for (String x : keys) {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(publicKey(x));
      signature.update(signed);
      if (signature.verify(Base64.getDecoder().decode(given.substring(4)))) {
        return true;
      }
    }
    return false;
  }

  private static String postbackOf(Received callback) {
    return Objects.requireNonNull(callback.headers().get("webhook-id")).split("[.]")[1];
  }

  private static boolean isSigned(List<String> keys, Received callback)
      throws GeneralSecurityException {
    return isSigned(keys, callback, "webhook-signature", callback.body())
        && isSigned(
            keys, callback, "webhook-url-signature", callback.path() + "?" + callback.query());
  }

  @Test
  void areVerifiedWithThePublishedKeysAlsoAfterARotation() throws Exception {
    assertEquals(List.of(), published());
    saveAtOnce();
    assertEquals(1, published().size());
    String get = postback("/get", "");
    String post =
        postback(
            "/post",
            """
            , "method": "POST", "content_type": "application/json", "body": "{\\"c\\": \\"{city}\\"}"
            """);
    List<String> first = published();
    assertEquals(1, first.size());
    Received got = pushed("c-1", "/get", 1);
    Received posted = pushed("c-2", "/post", 2);
    assertEquals("{\"c\": \"Köln & Süd\"}", posted.body());
    assertTrue(isSigned(first, got));
    assertTrue(isSigned(first, posted));
    assertEquals(get, postbackOf(got));
    assertEquals(post, postbackOf(posted));

    Answer announced = api.post("local-admin", "/v1/signing-keys", "{}");
    assertEquals(200, announced.status());
    List<String> both = published();
    assertEquals(2, both.size());
    assertEquals(first.getFirst(), both.getFirst());
    assertTrue(isSigned(both, pushed("c-3", "/get", 3)));

    assertEquals(200, api.post("local-admin", "/v1/signing-keys", "{\"at_once\": true}").status());
    List<String> replaced = published();
    assertEquals(1, replaced.size());
    assertFalse(both.contains(replaced.getFirst()));
    Received after = pushed("c-4", "/get", 4);
    assertTrue(isSigned(replaced, after));
    assertFalse(isSigned(both, after), "the keys before are not used any more");
    for (JsonNode key : api.get("local-admin", "/v1/keys").json().path("items")) {
      assertFalse(key.path("key_id").asText().contains("signing"), key.toString());
    }
  }

  /** All of them need the first key, and each tries to create it. */
  private void saveAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Answer>> all =
          Stream.iterate(0, i -> i + 1)
              .limit(8)
              .<Callable<Answer>>map(i -> () -> saved("/many", ", \"offer_id\": \"o" + i + "\""))
              .toList();
      for (Future<Answer> each : threads.invokeAll(all)) {
        assertEquals(201, each.get().status());
      }
    }
  }
}
