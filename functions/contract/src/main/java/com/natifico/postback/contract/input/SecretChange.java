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

/**
 * A client's change of what callbacks are signed with: the network's key, or a signing secret of
 * the affiliate, which can be set but never read.
 */
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

  /** The network's key replaces what was used before, for which the overlap applies. */
  record UseNetworkKey() implements SecretChange {}

  /** Only the network's key, from now on. */
  record UseNetworkKeyOnly() implements SecretChange {}

  List<String> ALGORITHMS = List.of("hmac", SigningSecret.Network.ID);

  /**
   * Reads {@code signature} and {@code signing_secret}; {@code fields} then has an error if they
   * are invalid, without the text of the secret.
   */
  static SecretChange read(Fields fields) {
    SecretChange own = readSecret(fields);
    if (!SigningSecret.Network.ID.equals(fields.word("signature", ALGORITHMS))) {
      return own;
    }
    return switch (own) {
      case Remove() -> new UseNetworkKeyOnly();
      case Replace _ -> {
        fields.reject(
            "signing_secret",
            "not_applicable",
            "With the signature ed25519 callbacks are signed with the network's key. Leave"
                + " signing_secret out, or set signature to hmac.");
        yield new Keep();
      }
      default -> new UseNetworkKey();
    };
  }

  private static SecretChange readSecret(Fields fields) {
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
      case Keep() -> moved(ownOf(stored, now), stored);
      case UseNetworkKeyOnly() -> new Changed(List.of(new SigningSecret.Network()), Map.of());
      case UseNetworkKey() -> moved(replaced(stored, new SigningSecret.Network(), now), stored);
      case Remove() -> new Changed(List.of(), Map.of());
      case Replace(String value) -> {
        String id = SigningSecret.idOf(value);
        SigningSecret current = new SigningSecret.Stored(id, null);
        Changed changed = moved(replaced(stored, current, now), stored);
        Map<String, String> put = new HashMap<>(changed.put);
        put.put(id, value);
        yield new Changed(changed.secrets, put);
      }
    };
  }

  /**
   * The secrets without the network's key as the current one. The affiliate's secret that it was
   * replacing is then the current one again.
   */
  private static List<SigningSecret> ownOf(List<SigningSecret> stored, Instant now) {
    List<SigningSecret> secrets =
        new ArrayList<>(stored.stream().filter(secret -> secret.isValid(now)).toList());
    if (!secrets.isEmpty() && secrets.getFirst() instanceof SigningSecret.Network) {
      secrets.removeFirst();
      if (!secrets.isEmpty()) {
        secrets.set(0, new SigningSecret.Stored(secrets.getFirst().id(), null));
      }
    }
    return secrets;
  }

  private static List<SigningSecret> replaced(
      List<SigningSecret> stored, SigningSecret current, Instant now) {
    List<SigningSecret> secrets = new ArrayList<>();
    secrets.add(current);
    for (SigningSecret old : stored) {
      if (old.isValid(now) && !old.id().equals(current.id()) && secrets.size() < MAX_SECRETS) {
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
      moved.add(
          secret instanceof SigningSecret.Network
              ? secret
              : new SigningSecret.Stored(secret.id(), secret.until()));
      for (SigningSecret old : stored) {
        if (old instanceof SigningSecret.Inline inline && inline.id().equals(secret.id())) {
          put.put(inline.id(), inline.value());
        }
      }
    }
    return new Changed(moved, put);
  }
}
