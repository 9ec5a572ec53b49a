package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.delivery.Attempt.Latency;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackSecrets;
import com.natifico.postback.postback.RequestBody;
import com.natifico.postback.postback.RequestHeaders;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.postback.SecretShape;
import com.natifico.postback.postback.SecretWrites;
import com.natifico.postback.postback.Secrets;
import com.natifico.postback.postback.SigningSecret;
import com.natifico.postback.signature.SigningKeyring;
import com.natifico.postback.signature.SigningKeys;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.ScriptedTransport.Received;
import com.natifico.postback.testing.World;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Secrets are added to a request immediately before it is sent, and appear nowhere else. */
final class SecretSendingTest {
  private static final String TOKEN = "t0k/en \"1\"";

  private static final RequestTemplate REQUEST =
      new RequestTemplate(
          HttpMethod.POST,
          "https://track.example.com/{secret.token}/p?c={ref_id}",
          new RequestBody("{\"key\": \"{secret.token}\", \"c\": \"{ref_id}\"}", "application/json"),
          new RequestHeaders(Map.of("Authorization", "Bearer {secret.token}")));

  private final World world = new World();

  private static Postback postback(RequestTemplate request, PostbackSecrets secrets) {
    Postback usual = Samples.postback("p1", Samples.OFFER);
    return Samples.with(usual, usual.settings().withRequest(request).withSecrets(secrets));
  }

  private static PostbackSecrets named(String... names) {
    Map<String, SecretShape> shapes = new HashMap<>();
    List.of(names).forEach(name -> shapes.put(name, new SecretShape(5, true)));
    return new PostbackSecrets(shapes, List.of());
  }

  private static SecretWrites put(String name, String value) {
    return new SecretWrites(new Secrets(Map.of(name, value), Map.of()), Set.of(), Set.of());
  }

  private void given(Postback postback, SecretWrites writes) {
    world.postbacks.create(postback, writes);
  }

  private void change(SecretWrites writes) {
    Postback stored = Objects.requireNonNull(world.postbacks.find("77", "p1"));
    world.postbacks.replace(
        stored.next(stored.settings(), stored.status(), world.clock.instant()),
        stored.version(),
        writes);
  }

  private Delivery row(ConversionEvent event) {
    return world.delivery(event, "p1");
  }

  @Test
  void sendsTheSecretsAndStoresThePlaceholders() {
    given(postback(REQUEST, named("token")), put("token", TOKEN));
    ConversionEvent event = world.push(Samples.conversion("c-1"));
    world.deliverEverything();

    Received sent = world.tracker.received().getFirst();
    assertEquals(
        "https://track.example.com/t0k%2Fen%20%221%22/p?c=w8J3kUG5s0dKQ2m7Zx1v",
        sent.request().url());
    assertEquals(
        "{\"key\": \"t0k/en \\\"1\\\"\", \"c\": \"w8J3kUG5s0dKQ2m7Zx1v\"}", sent.request().body());
    assertEquals("Bearer " + TOKEN, sent.headers().get("Authorization"));
    assertFalse(sent.request().toString().contains("t0k"), sent.request().toString());
    assertEquals(
        "https://track.example.com/{secret.token}/p?c=w8J3kUG5s0dKQ2m7Zx1v",
        row(event).callback().request().url());
    assertEquals(List.of("token"), row(event).callback().request().secrets());
    assertEquals(
        "Bearer {secret.token}",
        row(event).callback().request().headers().byName().get("Authorization"));
  }

  /** Two accounts at one tracker differ in nothing but their key. */
  @Test
  void takesNoRequestWithASecretForEqualToAnother() {
    given(postback(REQUEST, named("token")), put("token", "first"));
    Postback other = Samples.postback("p2", Samples.OFFER);
    given(
        Samples.with(other, other.settings().withRequest(REQUEST).withSecrets(named("token"))),
        put("token", "second"));
    world.push(Samples.conversion("c-1"));
    world.deliverEverything();
    assertEquals(
        Set.of("Bearer first", "Bearer second"),
        world.tracker.received().stream()
            .map(each -> each.headers().get("Authorization"))
            .collect(Collectors.toSet()));
  }

  @Test
  void usesTheNewestValueForARetry() {
    given(postback(REQUEST, named("token")), put("token", "old"));
    world.push(Samples.conversion("c-1"));
    world.tracker.answers(answer(500));
    world.deliver();
    change(put("token", "new"));
    world.pass(Duration.ofMinutes(1));
    world.deliverEverything();
    assertEquals(
        List.of("Bearer old", "Bearer new"),
        world.tracker.received().stream()
            .map(each -> each.headers().get("Authorization"))
            .toList());
  }

  @Test
  void masksWhatTheTrackerEchoes() {
    given(postback(REQUEST, named("token")), put("token", TOKEN));
    ConversionEvent event = world.push(Samples.conversion("c-1"));
    world.tracker.answers(
        new Transport.Exchange(
            new AttemptResult(
                Outcome.REDIRECT,
                302,
                Latency.ofTotal(7),
                "bad key t0k\\/en \\\"1\\\" in t0k/en…",
                "Location: https://x.example/t0k%2Fen%20%221%22",
                "t0k/en \"1\""),
            TOKEN));
    world.deliverEverything();
    AttemptResult result = row(event).attempts().getFirst().result();
    assertEquals("bad key {secret.token} in {secret.token}…", result.responseSnippet());
    assertEquals("Location: https://x.example/{secret.token}", result.error());
    assertEquals("{secret.token}", result.note());
  }

  @Test
  void failsWithoutARequestIfASecretIsMissing() {
    given(postback(REQUEST, named("token")), put("token", TOKEN));
    ConversionEvent event = world.push(Samples.conversion("c-1"));
    change(new SecretWrites(Secrets.NONE, Set.of("token"), Set.of()));
    world.deliverEverything();
    assertEquals(DeliveryState.FAILED, row(event).state());
    assertEquals(FailedReason.SECRET_MISSING, row(event).failedReason());
    assertEquals(List.of(), world.tracker.received());

    change(put("token", "again"));
    new Resend(world.postbacks, world.events, world.log, world.callbacks, world.clock)
        .resend("77", row(event).id(), Resend.Mode.REPEATED);
    world.deliverEverything();
    assertEquals(DeliveryState.DELIVERED, row(event).state());
    assertEquals(
        "Bearer again", world.tracker.received().getFirst().headers().get("Authorization"));
  }

  @Test
  void failsIfOnlyTheSecretsMakeTheRequestTooLarge() {
    String url = "https://track.example.com/p?k=" + "{secret.token}".repeat(40);
    given(postback(RequestTemplate.get(url), named("token")), put("token", "\u2603".repeat(1024)));
    ConversionEvent event = world.push(Samples.conversion("c-1"));
    world.deliverEverything();
    assertEquals(FailedReason.REQUEST_TOO_LARGE, row(event).failedReason());
    assertEquals(List.of(), world.tracker.received());
  }

  @Test
  void doesNotTakeAPushedTextForAPlaceholder() {
    String url = "https://track.example.com/p";
    given(
        postback(
            new RequestTemplate(
                HttpMethod.POST,
                url,
                new RequestBody("{\"c\": \"{conversion_id}\"}", "application/json")),
            named("token")),
        put("token", TOKEN));
    world.push(Samples.conversion("{secret.token}"));
    world.deliverEverything();
    assertEquals(
        "{\"c\": \"{secret.token}\"}", world.tracker.received().getFirst().request().body());
  }

  @Test
  void signsWithStoredSecretsAndWaitsForThem() {
    String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    PostbackSecrets signed =
        new PostbackSecrets(
            Map.of(), List.of(new SigningSecret.Stored(SigningSecret.idOf(secret), null)));
    given(postback(RequestTemplate.get("https://track.example.com/p"), signed), SecretWrites.NONE);
    ConversionEvent event = world.push(Samples.conversion("c-1"));
    world.deliver();
    assertEquals(List.of(), world.tracker.received(), "nothing is sent unsigned");

    change(
        new SecretWrites(
            new Secrets(Map.of(), Map.of(SigningSecret.idOf(secret), secret)), Set.of(), Set.of()));
    world.deliverEverything();
    assertEquals(DeliveryState.DELIVERED, row(event).state());
    assertTrue(world.tracker.received().getFirst().headers().containsKey("webhook-signature"));
  }

  private static final PostbackSecrets NETWORK =
      new PostbackSecrets(Map.of(), List.of(new SigningSecret.Network()));

  private final SigningKeyring keyring =
      new SigningKeyring(world.signingKeys, SecretSendingTest::pair, new Random(1));

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void waitsForTheNetworksKey() {
    given(postback(RequestTemplate.get("https://track.example.com/p"), NETWORK), SecretWrites.NONE);
    ConversionEvent event = world.push(Samples.conversion("c-1"));
    world.deliver();
    assertEquals(List.of(), world.tracker.received(), "nothing is sent unsigned");

    keyring.ensureKey(world.clock.instant());
    world.deliverEverything();
    assertEquals(DeliveryState.DELIVERED, row(event).state());
    Map<String, String> headers = world.tracker.received().getFirst().headers();
    for (String header : List.of("webhook-signature", "webhook-url-signature")) {
      assertTrue(headers.getOrDefault(header, "").matches("v1a,[A-Za-z0-9+/]{86}=="), header);
    }
  }

  @Test
  void signsWithTheSecretThatTheNetworksKeyReplaces() {
    String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    String id = SigningSecret.idOf(secret);
    keyring.ensureKey(world.clock.instant());
    given(
        postback(
            RequestTemplate.get("https://track.example.com/p"),
            new PostbackSecrets(
                Map.of(),
                List.of(
                    new SigningSecret.Network(),
                    new SigningSecret.Stored(
                        id, world.clock.instant().plus(Duration.ofHours(1)))))),
        new SecretWrites(new Secrets(Map.of(), Map.of(id, secret)), Set.of(), Set.of()));
    world.push(Samples.conversion("c-1"));
    world.deliverEverything();
    assertTrue(
        world
            .tracker
            .received()
            .getFirst()
            .headers()
            .getOrDefault("webhook-signature", "")
            .matches("v1a,[^ ]+ v1,[^ ]+"));
  }

  /** Callbacks that are signed otherwise cost no read of the network's keys. */
  @Test
  void readsTheNetworksKeysOnlyToSignWithThem() {
    given(postback(REQUEST, named("token")), put("token", TOKEN));
    Postback stored = Objects.requireNonNull(world.postbacks.find("77", "p1"));
    CallbackRequest request =
        new CallbackRequest(HttpMethod.GET, "https://track.example.com/p", null, null);
    OutgoingRequest.of(
        request,
        stored,
        (_, _) -> {
          throw new AssertionError("nothing is needed");
        },
        world.clock.instant());
    List<PostbackKey> read = new ArrayList<>();
    OutgoingRequest.of(
        request,
        Samples.with(stored, stored.settings().withSecrets(NETWORK)),
        (key, needed) -> {
          read.add(key);
          return new Secrets(Map.of(), Map.of("1kfrrbqk2-5w3m8xqe", "whsk_"));
        },
        world.clock.instant());
    assertEquals(List.of(SigningKeys.SECRETS), read);
  }
}
