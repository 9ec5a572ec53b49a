package com.natifico.postback.macro;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** How a value is written into the text around it. */
enum Encoding {
  /** All but RFC 3986's unreserved characters as %XX. */
  PERCENT {
    @Override
    void append(StringBuilder out, String value) {
      out.append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
    }
  };

  abstract void append(StringBuilder out, String value);
}
