package com.natifico.postback.delivery;

import java.util.Locale;

/** How one attempt ended. */
public enum Outcome {
  /** A 2xx status line, whatever followed it. */
  DELIVERED,
  /** Any other status but a redirect. */
  HTTP_ERROR,
  /** 3xx; never followed. */
  REDIRECT,
  /** The time ran out after the connection stood. */
  TIMEOUT,
  /** The name has no address. */
  DNS,
  /** No connection. */
  CONNECT,
  /** A connection, but no trust. */
  TLS,
  /** Refused by the egress guard; no request was made. */
  BLOCKED,
  /** No valid status line: reset, cut off, or not HTTP. */
  INVALID_RESPONSE;

  /** As it is written in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException for a word that is none
   */
  public static Outcome ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
