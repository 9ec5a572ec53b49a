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

  /** Whether the endpoint was not reached, which can be the fault of our own network. */
  boolean isUnreached() {
    return switch (this) {
      case TIMEOUT, DNS, CONNECT, TLS -> true;
      case DELIVERED, HTTP_ERROR, REDIRECT, INVALID_RESPONSE, BLOCKED -> false;
    };
  }

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
