package com.natifico.postback.aws.log;

import java.util.regex.Pattern;

/** Masks personal data and keys in a text. */
final class Mask {
  /** Any query string, up to the next blank or quote. */
  private static final Pattern QUERY = Pattern.compile("\\?[^\\s\"'<>]*=[^\\s\"'<>]*");

  private static final Pattern KEY = Pattern.compile("(?i)bearer\\s+\\S+|npb_[a-z]+_\\w+");
  private static final Pattern IPV4 = Pattern.compile("\\b\\d{1,3}(\\.\\d{1,3}){3}\\b");

  /** At least three groups, so that a time of day is not masked. */
  private static final Pattern IPV6 =
      Pattern.compile(
          "(?i)(?<![\\w:.])(?=[0-9a-f:]*::|(?:[0-9a-f]+:){7})[0-9a-f]*(:[0-9a-f]*){2,7}(?![\\w:])");

  private Mask() {}

  static String mask(String text) {
    String masked = QUERY.matcher(text).replaceAll("?[query]");
    masked = KEY.matcher(masked).replaceAll("[key]");
    masked = IPV4.matcher(masked).replaceAll("[address]");
    return IPV6.matcher(masked).replaceAll("[address]");
  }
}
