package com.natifico.postback.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs callbacks as Standard Webhooks has it. */
public final class WebhookSignature {
  private static final String PREFIX = "whsec_";

  private WebhookSignature() {}

  /** The header: one signature for each secret, separated by blanks. */
  public static String sign(List<String> secrets, String id, long timestampSeconds, String body) {
    byte[] content = (id + '.' + timestampSeconds + '.' + body).getBytes(StandardCharsets.UTF_8);
    return secrets.stream()
        .map(secret -> "v1," + signature(secret, content))
        .collect(Collectors.joining(" "));
  }

  private static String signature(String secret, byte[] content) {
    byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
