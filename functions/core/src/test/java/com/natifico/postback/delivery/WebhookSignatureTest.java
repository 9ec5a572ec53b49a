package com.natifico.postback.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
  /** The test vector of the standard's own reference libraries. */
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long TIMESTAMP = 1_614_265_330;
  private static final String BODY = "{\"test\": 2432232314}";
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  private static final String NEXT_SECRET = secretOf(32);

  @Test
  void signsTheTestVectorOfTheStandard() {
    assertEquals(SIGNATURE, WebhookSignature.sign(List.of(SECRET), ID, TIMESTAMP, BODY));
  }

  @Test
  void signsWithBothSecretsDuringARotation() {
    String next = WebhookSignature.sign(List.of(NEXT_SECRET), ID, TIMESTAMP, BODY);

    assertEquals(
        next + " " + SIGNATURE,
        WebhookSignature.sign(List.of(NEXT_SECRET, SECRET), ID, TIMESTAMP, BODY));
  }

  @Test
  void signsTheBytesOfUtf8() {
    String signature = WebhookSignature.sign(List.of(SECRET), ID, TIMESTAMP, "{\"city\":\"Köln\"}");

    // Computed with Python's hmac over the same bytes.
    assertEquals("v1,FwLTfk5WJshDTlwznu0pggOPJihyGsNyDg++P9/WLOI=", signature);
  }

  @Test
  void signsIdAndTimeOfACallbackWithoutABody() {
    // Computed with Python's hmac over "<id>.<timestamp>.".
    assertEquals(
        "v1,v48jdbgvh29KJz2Qc+ghw8G6vG3nAKnujWBg8oM/62A=",
        WebhookSignature.sign(List.of(SECRET), ID, TIMESTAMP, ""));
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 25, 32, 63, 64})
  void acceptsSecretsOf24To64Bytes(int bytes) {
    assertTrue(WebhookSignature.isValidSecret(secretOf(bytes)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 23, 65, 1000})
  void rejectsShorterAndLongerSecrets(int bytes) {
    assertFalse(WebhookSignature.isValidSecret(secretOf(bytes)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "whsec_",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n",
        "whsec_ MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_not base64, but long enough to be a secret"
      })
  void rejectsTextWithoutPrefixOrBase64(String secret) {
    assertFalse(WebhookSignature.isValidSecret(secret));
  }

  /** Svix, from which the standard comes, tests its own server with this key. */
  @Test
  void signsWithEd25519() {
    String key =
        "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
    assertEquals(
        "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==",
        WebhookSignature.sign(List.of(key), ID, TIMESTAMP, BODY));
  }

  private static String secretOf(int bytes) {
    return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
  }
}
