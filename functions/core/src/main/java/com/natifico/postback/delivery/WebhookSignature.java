package com.natifico.postback.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs callbacks according to Standard Webhooks (standardwebhooks.com, version 1.0.0): HMAC-SHA256
 * ({@code v1}) or Ed25519 ({@code v1a}) over {@code id.timestamp.body}. The standard does not sign
 * URLs; {@code webhook-url-signature} applies the same construction to the request target instead
 * of the body.
 */
public final class WebhookSignature {
  private static final String PREFIX = "whsec_";
  private static final String PRIVATE_KEY_PREFIX = "whsk_";

  /** The seed of Ed25519 (RFC 8032, section 5.1.5); the public key may follow it. */
  private static final int SEED_BYTES = 32;

  /** The standard's limits, in bytes; the lower one is 192 bits. */
  private static final int MIN_BYTES = 24;

  private static final int MAX_BYTES = 64;

  private WebhookSignature() {}

  /**
   * The value of a header: one signature per secret; the receiver accepts any of them that it can
   * verify.
   *
   * @param secrets at least one, each {@link #isValidSecret valid} or a private key of Ed25519:
   *     {@code whsk_} and the base64 of its seed and public key
   * @param timestampSeconds since 1970, as in {@code webhook-timestamp}
   * @param content the body, empty for GET, or the request target
   */
  public static String sign(
      List<String> secrets, String id, long timestampSeconds, String content) {
    byte[] signed = (id + '.' + timestampSeconds + '.' + content).getBytes(StandardCharsets.UTF_8);
    return secrets.stream().map(secret -> sign(secret, signed)).collect(Collectors.joining(" "));
  }

  private static String sign(String secret, byte[] signed) {
    return secret.startsWith(PRIVATE_KEY_PREFIX)
        ? "v1a," + Base64.getEncoder().encodeToString(ed25519(secret, signed))
        : "v1," + Base64.getEncoder().encodeToString(hmac(key(secret), signed));
  }

  private static byte[] ed25519(String privateKey, byte[] content) {
    byte[] key = Base64.getDecoder().decode(privateKey.substring(PRIVATE_KEY_PREFIX.length()));
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(
                  new EdECPrivateKeySpec(
                      NamedParameterSpec.ED25519, Arrays.copyOf(key, SEED_BYTES))));
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether this is {@code whsec_} and the base64 of 24 to 64 bytes. */
  public static boolean isValidSecret(String secret) {
    if (!secret.startsWith(PREFIX)) {
      return false;
    }
    try {
      int length = key(secret).length;
      return length >= MIN_BYTES && length <= MAX_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] key(String secret) {
    return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
  }

  private static byte[] hmac(byte[] key, byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
