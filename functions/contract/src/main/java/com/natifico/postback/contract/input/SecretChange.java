package com.natifico.postback.contract.input;

import com.natifico.postback.postback.SigningSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's change of the signing secret, which can be set but never read. */
sealed interface SecretChange {
  /** Standard Webhooks: 24 to 64 random bytes. */
  int MIN_BYTES = 24;

  int MAX_BYTES = 64;

  String PREFIX = "whsec_";

  /** How long callbacks are also signed with the replaced secret. */
  Duration OVERLAP = Duration.ofHours(24);

  /**
   * The limit for the current secret and those being replaced; each adds a signature to every
   * callback.
   */
  int MAX_SECRETS = 3;

  record Keep() implements SecretChange {}

  record Remove() implements SecretChange {}

  record Replace(String value) implements SecretChange {
    /** Never prints the secret. */
    @Override
    public String toString() {
      return "Replace[]";
    }
  }

  /**
   * Reads {@code signing_secret}; {@code fields} then has an error if it is invalid, without the
   * text of the secret.
   */
  static SecretChange read(Fields fields) {
    if (!fields.has("signing_secret")) {
      return new Keep();
    }
    if (!fields.hasValue("signing_secret")) {
      return new Remove();
    }
    String secret = fields.text("signing_secret", 200);
    if (secret != null && isSecret(secret)) {
      return new Replace(secret);
    }
    if (secret != null) {
      fields.reject(
          "signing_secret",
          "invalid_secret",
          "The signing_secret must be whsec_ and then 24 to 64 random bytes in base64.");
    }
    return new Keep();
  }

  private static boolean isSecret(String text) {
    if (!text.startsWith(PREFIX)) {
      return false;
    }
    try {
      int bytes = Base64.getDecoder().decode(text.substring(PREFIX.length())).length;
      return bytes >= MIN_BYTES && bytes <= MAX_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The resulting secrets, the current one first.
   *
   * @param stored the secrets so far
   */
  default List<SigningSecret> apply(List<SigningSecret> stored, Instant now) {
    return switch (this) {
      case Keep() -> stored.stream().filter(secret -> isAlive(secret, now)).toList();
      case Remove() -> List.of();
      case Replace(String value) -> replaced(stored, value, now);
    };
  }

  private static List<SigningSecret> replaced(
      List<SigningSecret> stored, String value, Instant now) {
    List<SigningSecret> secrets = new ArrayList<>();
    secrets.add(new SigningSecret(value, null));
    for (SigningSecret old : stored) {
      if (isAlive(old, now) && !old.value().equals(value) && secrets.size() < MAX_SECRETS) {
        @Nullable Instant until = old.until();
        secrets.add(new SigningSecret(old.value(), until == null ? now.plus(OVERLAP) : until));
      }
    }
    return secrets;
  }

  private static boolean isAlive(SigningSecret secret, Instant now) {
    return secret.until() == null || secret.until().isAfter(now);
  }
}
