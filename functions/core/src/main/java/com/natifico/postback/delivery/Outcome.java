package com.natifico.postback.delivery;

import com.natifico.postback.Words;

/** How one attempt ended. */
public enum Outcome {
  /** A 2xx status line, regardless of what followed it. */
  DELIVERED,
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
      case DELIVERED, HTTP_ERROR, REDIRECT, INVALID_RESPONSE, BLOCKED -> false;
    };
  }

  /** The name in JSON. */
  public String word() {
    return Words.word(this);
  }

  /**
   * @throws IllegalArgumentException for an unknown word
   */
  public static Outcome of(String word) {
    return Words.of(Outcome.class, word);
  }
}
