package com.natifico.postback.macro;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The character references of HTML, as they get into a URL that is copied from a page's source. */
final class HtmlEntities {
  private static final Pattern REFERENCE =
      Pattern.compile("&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});");

  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("AMP", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", " "),
          Map.entry("equals", "="),
          Map.entry("quest", "?"),
          Map.entry("num", "#"),
          Map.entry("percnt", "%"),
          Map.entry("colon", ":"),
          Map.entry("sol", "/"),
          Map.entry("comma", ","),
          Map.entry("commat", "@"),
          Map.entry("vert", "|"),
          Map.entry("lbrace", "{"),
          Map.entry("lcub", "{"),
          Map.entry("rbrace", "}"),
          Map.entry("rcub", "}"),
          Map.entry("lbrack", "["),
          Map.entry("lsqb", "["),
          Map.entry("rbrack", "]"),
          Map.entry("rsqb", "]"),
          Map.entry("shy", ""),
          Map.entry("zwnj", ""),
          Map.entry("zwj", ""));

  private HtmlEntities() {}

  /**
   * Whether a reference by number, an ampersand, a number sign, digits and a semicolon, begins
   * here.
   */
  static boolean isNumeric(String text, int at) {
    if (at < 0 || !text.startsWith("&#", at)) {
      return false;
    }
    Matcher reference = REFERENCE.matcher(text).region(at, text.length());
    return reference.lookingAt();
  }

  /** The first reference to a known character; null if there is none. */
  static @Nullable String first(String text) {
    Matcher reference = REFERENCE.matcher(text);
    while (reference.find()) {
      if (character(reference.group()) != null) {
        return reference.group();
      }
    }
    return null;
  }

  /** The text with every known character in place of its reference, also if it is encoded twice. */
  static String decoded(String text) {
    String before = text;
    for (int i = 0; i < 3; i++) {
      String after =
          REFERENCE
              .matcher(before)
              .replaceAll(
                  match -> {
                    String character = character(match.group());
                    return Matcher.quoteReplacement(character == null ? match.group() : character);
                  });
      if (after.equals(before)) {
        break;
      }
      before = after;
    }
    return before;
  }

  private static @Nullable String character(String reference) {
    String name = reference.substring(1, reference.length() - 1);
    if (!name.startsWith("#")) {
      return NAMED.get(name);
    }
    boolean hex = name.charAt(1) == 'x' || name.charAt(1) == 'X';
    int c = hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
    boolean usable =
        Character.isValidCodePoint(c)
            && !Character.isISOControl(c)
            && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    return usable ? Character.toString(c) : null;
  }
}
