package com.natifico.postback.contract.input;

import com.natifico.postback.postback.SigningSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
   * The signing secrets after a change.
   *
   * @param secrets the current one first
   * @param put the values that are not yet in the table of secrets, by id
   */
  record Changed(List<SigningSecret> secrets, Map<String, String> put) {
    /** Without the values. */
    @Override
    public String toString() {
      return "Changed[" + secrets + "]";
    }
  }

  /**
   * Applies the change. Secrets that a release before 1.1 stored with the postback are moved.
   *
   * @param stored the secrets so far
   */
  default Changed apply(List<SigningSecret> stored, Instant now) {
    return switch (this) {
      case Keep() -> moved(stored.stream().filter(secret -> secret.isValid(now)).toList(), stored);
      case Remove() -> new Changed(List.of(), Map.of());
      case Replace(String value) -> {
        Changed changed = moved(replaced(stored, SigningSecret.idOf(value), now), stored);
        Map<String, String> put = new HashMap<>(changed.put);
        put.put(SigningSecret.idOf(value), value);
        yield new Changed(changed.secrets, put);
      }
    };
  }

  private static List<SigningSecret> replaced(List<SigningSecret> stored, String id, Instant now) {
    List<SigningSecret> secrets = new ArrayList<>();
    secrets.add(new SigningSecret.Stored(id, null));
    for (SigningSecret old : stored) {
      if (old.isValid(now) && !old.id().equals(id) && secrets.size() < MAX_SECRETS) {
        @Nullable Instant until = old.until();
        secrets.add(old.until(until == null ? now.plus(OVERLAP) : until));
      }
    }
    return secrets;
  }

  private static Changed moved(List<SigningSecret> secrets, List<SigningSecret> stored) {
    Map<String, String> put = new HashMap<>();
    List<SigningSecret> moved = new ArrayList<>();
    for (SigningSecret secret : secrets) {
      moved.add(new SigningSecret.Stored(secret.id(), secret.until()));
      for (SigningSecret old : stored) {
        if (old instanceof SigningSecret.Inline inline && inline.id().equals(secret.id())) {
          put.put(inline.id(), inline.value());
        }
      }
    }
    return new Changed(moved, put);
  }
}
