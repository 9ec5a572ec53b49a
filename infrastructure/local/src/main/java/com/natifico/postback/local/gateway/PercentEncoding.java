package com.natifico.postback.local.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding in paths and queries. */
final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * In a path, where a plus is a plus.
   *
   * @throws IllegalArgumentException if it is broken
   */
  static String decode(String segment) {
    return decodeQuery(segment.replace("+", "%2B"));
  }

  /**
   * In a query, where a plus is a blank.
   *
   * @throws IllegalArgumentException if it is broken
   */
  static String decodeQuery(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
