package com.natifico.postback.contract;

import org.jspecify.annotations.Nullable;

/** The condition of a client that has a copy already (RFC 9110, section 13.1.2). */
final class IfNoneMatch {
  private IfNoneMatch() {}

  /**
   * Whether the client has the version with this tag. Tags are compared weakly: {@code W/"1"} is
   * {@code "1"}.
   *
   * @param header the header's value; null if the request has none
   */
  static boolean names(@Nullable String header, String tag) {
    if (header == null) {
      return false;
    }
    if (header.strip().equals("*")) {
      return true;
    }
    for (String given : header.split(",", -1)) {
      String stripped = given.strip();
      if ((stripped.startsWith("W/") ? stripped.substring(2) : stripped).equals(tag)) {
        return true;
      }
    }
    return false;
  }
}
