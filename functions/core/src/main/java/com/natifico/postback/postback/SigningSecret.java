package com.natifico.postback.postback;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What callbacks are signed with (Standard Webhooks). */
public sealed interface SigningSecret {
  /** Enough of the hash that the few secrets of a postback differ. */
  int ID_BYTES = 8;

  /**
   * The name under which the value is stored. Secrets with the same value have the same id; it
   * reveals nothing of a value, which is random and has at least 24 bytes.
   */
  String id();

  /** Until when callbacks are also signed with a replaced secret; null for the current one. */
  @Nullable Instant until();

  /** The same secret, which is being replaced. */
  default SigningSecret until(Instant end) {
    return new Stored(id(), end);
  }

  /** Whether callbacks are signed with it at this time. */
  default boolean isValid(Instant now) {
    Instant end = until();
    return end == null || end.isAfter(now);
  }

  /** Its value is among the {@link Secrets} of the postback. */
  record Stored(String id, @Nullable Instant until) implements SigningSecret {}

  /**
   * Stored by a release before 1.1 with the postback itself; the next change of the postback by its
   * owner moves it.
   */
  record Inline(String value, @Nullable Instant until) implements SigningSecret {
    @Override
    public String id() {
      return idOf(value);
    }

    /** Never prints the secret. */
    @Override
    public String toString() {
      return "Inline[until=" + until + "]";
    }
  }

  /**
   * The network's own key, which signs with Ed25519. No secret of the postback is needed for it.
   */
  record Network(@Nullable Instant until) implements SigningSecret {
    /** No other secret has it, because theirs are hexadecimal. */
    public static final String ID = "ed25519";

    /** It is the current one. */
    public Network() {
      this(null);
    }

    @Override
    public String id() {
      return ID;
    }

    @Override
    public SigningSecret until(Instant end) {
      return new Network(end);
    }
  }

  /** The id of a secret with this value. */
  static String idOf(String value) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
