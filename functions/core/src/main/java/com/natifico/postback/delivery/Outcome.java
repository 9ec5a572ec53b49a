package com.natifico.postback.delivery;

import com.natifico.postback.Words;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one attempt ended. */
public enum Outcome {
  /** A 2xx status line, regardless of what followed it, or an answer rule that accepts. */
  DELIVERED,
  /** An answer rule rejects the response; final. */
  REJECTED,
  /** An answer rule asks for a retry. */
  DEFERRED_BY_RULE,
  /** Any other status except a redirect. */
  HTTP_ERROR,
  /** 3xx; never followed. */
  REDIRECT,
  /** The time ran out after the connection was established. */
  TIMEOUT,
  /** The name has no address. */
  DNS,
  /** No connection. */
  CONNECT,
  /** A connection, but no valid certificate. */
  TLS,
  /** Blocked by the egress guard; no request was sent. */
  BLOCKED,
  /** No valid status line: reset, cut off, or not HTTP. */
  INVALID_RESPONSE;

  /** Whether the endpoint was not reached, which can be caused by our own network. */
  boolean isUnreached() {
    return switch (this) {
      case TIMEOUT, DNS, CONNECT, TLS -> true;
      case DELIVERED, REJECTED, DEFERRED_BY_RULE -> false;
      case HTTP_ERROR, REDIRECT, INVALID_RESPONSE, BLOCKED -> false;
    };
  }

  /** The name in JSON. */
  public String word() {
    return Words.word(this);
  }

  /** Null for an unknown word. */
  public static @Nullable Outcome find(String word) {
    return Words.find(Outcome.class, word);
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Outcome::word).toList();
  }

  /**
   * @throws IllegalArgumentException for an unknown word
   */
  public static Outcome of(String word) {
    return Words.of(Outcome.class, word);
  }
}
