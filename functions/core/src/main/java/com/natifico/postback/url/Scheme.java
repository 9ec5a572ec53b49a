package com.natifico.postback.url;

import org.jspecify.annotations.Nullable;

/** How a callback is sent. */
public enum Scheme {
  HTTP,
  HTTPS;

  /** In either case (RFC 3986, section 3.1); null if it is another scheme. */
  static @Nullable Scheme find(String word) {
    return word.equalsIgnoreCase("https") ? HTTPS : word.equalsIgnoreCase("http") ? HTTP : null;
  }

  public String word() {
    return this == HTTPS ? "https" : "http";
  }

  public int defaultPort() {
    return this == HTTPS ? 443 : 80;
  }
}
