package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.postback.NeededSecrets;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.Secrets;
import com.natifico.postback.postback.SigningSecret;
import com.natifico.postback.signature.SigningKeys;
import java.security.interfaces.EdECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Postbacks with the signature ed25519, and the network's keys. */
final class NetworkSignatureTest {
  private static final String PATH = "/v1/affiliates/me/postbacks";
  private static final String KEYS = "/.well-known/jwks.json";
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER_SECRET = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  private static final Duration DAY = Duration.ofHours(24);

  private final ApiHarness api = new ApiHarness();
  private final ApiHarness.Caller affiliate = api.affiliate("77");
  private final ApiHarness.Caller admin = api.as("admin");

  private static String body(String more) {
    return "{\"url\": \"https://track.example.com/p?c={ref_id}\"" + more + "}";
  }

  private static String ed25519(String more) {
    return body(", \"signature\": \"ed25519\"" + more);
  }

  private static String hmac(String secret) {
    return body(", \"signature\": \"hmac\", \"signing_secret\": \"" + secret + "\"");
  }

  private String created(String body) {
    return PATH + "/" + affiliate.post(PATH, body).expect(201).json().path("postback_id").asText();
  }

  private Postback stored(String path) {
    return Objects.requireNonNull(
        api.postbacks.find("77", path.substring(path.lastIndexOf('/') + 1)));
  }

  private List<SigningSecret> signing(String path) {
    return stored(path).settings().signingSecrets();
  }

  private Collection<String> values(String path) {
    Secrets secrets = api.postbacks.find(stored(path).key(), NeededSecrets.NONE);
    return List.copyOf(secrets.signing().values());
  }

  private static SigningSecret secret(String value, @Nullable Instant until) {
    return new SigningSecret.Stored(SigningSecret.idOf(value), until);
  }

  private List<String> published() {
    List<String> kids = new ArrayList<>();
    api.anyone().get(KEYS).expect(200).json().path("keys").forEach(k -> kids.add(text(k, "kid")));
    return kids;
  }

  private static String text(JsonNode of, String member) {
    return of.path(member).asText();
  }

  @Test
  void publishesNoKeyAndLetsNobodyCacheThatBeforeOneIsNeeded() {
    created(body(""));
    ApiHarness.Answer answer = api.anyone().get(KEYS).expect(200);
    assertEquals("{\"keys\":[]}", answer.text());
    assertEquals("no-store", answer.header("cache-control"));
  }

  @Test
  void publishesTheKeyOnceAPostbackNeedsIt() {
    affiliate.post(PATH, ed25519("")).expect(201);
    affiliate.post(PATH, ed25519("")).expect(201);
    ApiHarness.Answer answer = api.anyone().get(KEYS).expect(200);
    assertEquals("public, max-age=300", answer.header("cache-control"));
    JsonNode keys = answer.json().path("keys");
    assertEquals(1, keys.size());
    JsonNode key = keys.get(0);
    assertEquals("OKP", text(key, "kty"));
    assertEquals("Ed25519", text(key, "crv"));
    assertEquals("EdDSA", text(key, "alg"));
    assertEquals("sig", text(key, "use"));
    assertEquals(32, Base64.getUrlDecoder().decode(text(key, "x")).length);
    assertEquals(6, key.size());
  }

  /** The example of RFC 8037, appendix A. */
  @Test
  void makesPairsAsTheStandardSays() {
    byte[] seed =
        HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    RandomGenerator random =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            throw new AssertionError("only bytes are needed");
          }

          @Override
          public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, seed.length);
          }
        };
    var pair = Ed25519Pairs.next(random);
    assertEquals(
        HexFormat.of().formatHex(seed),
        HexFormat.of().formatHex(((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow()));
    byte[] encoded = pair.getPublic().getEncoded();
    assertEquals(
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        HexFormat.of().formatHex(encoded, encoded.length - 32, encoded.length));
  }

  @Test
  void needsNoSecretOfTheAffiliate() {
    String path = created(ed25519(""));
    JsonNode answer = affiliate.get(path).json();
    assertEquals("ed25519", text(answer, "signature"));
    assertTrue(answer.path("signed").asBoolean());
    assertEquals(List.of(new SigningSecret.Network()), signing(path));
    assertEquals(List.of(), List.copyOf(values(path)));
  }

  @Test
  void isHmacUnlessSaidOtherwise() {
    JsonNode answer = affiliate.get(created(body(""))).json();
    assertEquals("hmac", text(answer, "signature"));
    assertFalse(answer.path("signed").asBoolean());
    assertEquals(
        List.of("signature invalid_value"),
        affiliate.post(PATH, body(", \"signature\": \"rsa\"")).expect(422).errors());
  }

  @Test
  void refusesASecretBesideTheNetworksKey() {
    String refused = ed25519(", \"signing_secret\": \"" + SECRET + "\"");
    ApiHarness.Answer answer = affiliate.post(PATH, refused).expect(422);
    assertEquals(List.of("signing_secret not_applicable"), answer.errors());
    assertFalse(answer.text().contains(SECRET));
    assertEquals(List.of(), published(), "nothing was saved that needs a key");
    affiliate.post(PATH, ed25519(", \"signing_secret\": null")).expect(201);
  }

  @Test
  void aPutOfWhatGetGaveChangesNothing() {
    String path = created(hmac(SECRET));
    affiliate.put(path, ed25519("")).expect(200);
    List<SigningSecret> before = signing(path);
    affiliate.put(path, affiliate.get(path).text()).expect(200);
    assertEquals(before, signing(path));
    assertEquals(List.of(SECRET), List.copyOf(values(path)));
  }

  @Test
  void signsWithBothForADayWhenTheSignatureChanges() {
    String path = created(hmac(SECRET));
    affiliate.put(path, ed25519("")).expect(200);
    Instant until = api.now.plus(DAY);
    assertEquals(List.of(new SigningSecret.Network(), secret(SECRET, until)), signing(path));

    affiliate.put(path, hmac(OTHER_SECRET)).expect(200);
    assertEquals(
        List.of(
            secret(OTHER_SECRET, null), new SigningSecret.Network(until), secret(SECRET, until)),
        signing(path));
    assertEquals("hmac", text(affiliate.get(path).json(), "signature"));

    api.advance(DAY);
    affiliate.put(path, ed25519("")).expect(200);
    assertEquals(
        List.of(new SigningSecret.Network(), secret(OTHER_SECRET, api.now.plus(DAY))),
        signing(path));
    assertEquals(List.of(OTHER_SECRET), List.copyOf(values(path)));
  }

  @Test
  void dropsTheSecretAtOnceIfItIsRemoved() {
    String path = created(hmac(SECRET));
    affiliate.put(path, ed25519(", \"signing_secret\": null")).expect(200);
    assertEquals(List.of(new SigningSecret.Network()), signing(path));
    assertEquals(List.of(), List.copyOf(values(path)));
  }

  @Test
  void goesBackToTheSecretThatIsStillStored() {
    String path = created(hmac(SECRET));
    affiliate.put(path, ed25519("")).expect(200);
    affiliate.put(path, body("")).expect(200);
    assertEquals(List.of(secret(SECRET, null)), signing(path));
    assertEquals(List.of(SECRET), List.copyOf(values(path)));
  }

  /** As for every other member that PUT leaves out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''", ", \"signing_secret\": null"})
  void stopsSigningIfThereIsNoSecretToGoBackTo(String more) {
    String path = created(ed25519(""));
    affiliate.put(path, body(more)).expect(200);
    assertEquals(List.of(), signing(path));
    assertFalse(affiliate.get(path).json().path("signed").asBoolean());
  }

  @Test
  void checksTheSignatureInAPreviewAndMakesNoKey() {
    affiliate.post(PATH + "/preview", ed25519("")).expect(200);
    assertEquals(
        List.of("signature invalid_value"),
        affiliate.post(PATH + "/preview", body(", \"signature\": \"rsa\"")).expect(422).errors());
    assertEquals(List.of(), published());
  }

  @Test
  void signsNotificationsToo() {
    String notifications = "/v1/affiliates/77/notifications";
    String body =
        "{\"events\": [\"paused\"], \"url\": \"https://relay.example/\", \"signature\": \"ed25519\"}";
    JsonNode made = affiliate.post(notifications, body).expect(201).json();
    assertEquals("ed25519", text(made, "signature"));
    assertEquals(1, published().size());
    String path = notifications + "/" + text(made, "notification_id");
    JsonNode replaced = affiliate.put(path, affiliate.get(path).text()).expect(200).json();
    assertEquals("ed25519", text(replaced, "signature"));
    assertTrue(replaced.path("signed").asBoolean());
  }

  @Test
  void rotatesAKeyWithADaysNotice() {
    created(ed25519(""));
    String old = published().getFirst();
    JsonNode answer = admin.post("/v1/signing-keys", "{}").expect(200).json();
    assertEquals(2, answer.path("items").size());
    assertEquals(old, answer.at("/items/0/kid").asText());
    assertEquals(api.now.plus(DAY).toString(), answer.at("/items/1/signs_from").asText());
    List<String> both = published();
    assertEquals(old, both.getFirst());
    admin.post("/v1/signing-keys", "{}").expect(200);
    assertEquals(both, published(), "the next key exists already");
    api.advance(DAY.plusHours(1));
    assertEquals(List.of(both.getLast()), published());
  }

  @Test
  void replacesALeakedKeyAtOnce() {
    created(ed25519(""));
    String old = published().getFirst();
    admin.post("/v1/signing-keys", "{\"at_once\": true}").expect(200);
    assertEquals(1, published().size());
    assertFalse(published().contains(old));
    Secrets secrets = api.signingKeys.find(SigningKeys.SECRETS, NeededSecrets.NONE);
    assertEquals(published(), List.copyOf(secrets.signing().keySet()));
  }

  @Test
  void refusesAnUnknownMemberOfARotation() {
    assertEquals(
        List.of("now unknown_field"),
        admin.post("/v1/signing-keys", "{\"now\": true}").expect(422).errors());
  }
}
