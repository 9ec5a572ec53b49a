package com.natifico.postback.contract;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which of two media types a request prefers (RFC 9110, 12.5.1). */
public final class AcceptHeader {
  private AcceptHeader() {}

  /**
   * Whether the first type is preferred to the second, which is the usual one: a client that
   * accepts both equally, or names neither, gets the second.
   *
   * @param accept the value of the header; null without one
   */
  public static boolean prefers(@Nullable String accept, String type, String usual) {
    return accept != null && quality(accept, type) > quality(accept, usual);
  }

  /** The quality of a type, from 0 to 1, by the most specific range that includes it. */
  private static double quality(String accept, String type) {
    int found = -1;
    double quality = 0;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.split(";", -1);
      int specific = specific(parts[0].strip(), type);
      if (specific > found) {
        found = specific;
        quality = weight(parts);
      }
    }
    return quality;
  }

  /** How specific the range is for the type; -1 if it does not include it. */
  private static int specific(String range, String type) {
    if (range.equals(type)) {
      return 2;
    }
    if (range.equals(type.substring(0, type.indexOf('/')) + "/*")) {
      return 1;
    }
    return range.equals("*/*") ? 0 : -1;
  }

  /** The weight of a range; one that cannot be read counts as the lowest. */
  private static double weight(String[] parts) {
    for (String part : parts) {
      String parameter = part.strip();
      if (parameter.startsWith("q=")) {
        return parameter.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")
            ? Double.parseDouble(parameter.substring(2))
            : 0;
      }
    }
    return 1;
  }
}
