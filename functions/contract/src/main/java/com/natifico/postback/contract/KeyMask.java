package com.natifico.postback.contract;

import java.util.List;

/**
 * Removes API keys from what a client sent: the keys of the request, whatever looks like one of our
 * keys, and the value of everything that is named {@code secure}; also percent-encoded, repeatedly
 * or in part, and escaped as in JSON. Reads only as much of the text as is needed.
 */
final class KeyMask {
  private static final String MASK = "[key]";

  /** The beginning of every key that we issue. */
  private static final String PREFIX = "npb_";

  /** The parameter that carries the key on the URL-only route. */
  private static final String PARAMETER = "secure";

  /** How many brackets, quotes and blanks may be between the name and its value. */
  private static final int MAX_BETWEEN = 16;

  /** How many times a character may be encoded. */
  private static final int MAX_ENCODINGS = 8;

  private final String text;
  private final List<String> keys;

  /** The end of the character that {@link #at} read last. */
  private int end;

  private KeyMask(String text, List<String> keys) {
    this.text = text;
    this.keys = keys;
  }

  /**
   * The beginning of the text with {@code [key]} in place of every key.
   *
   * @param keys of the request
   * @param enough the length from which on the result may end
   */
  static String mask(String text, List<String> keys, int enough) {
    return new KeyMask(text, keys).masked(enough);
  }

  private String masked(int enough) {
    StringBuilder masked = new StringBuilder(Math.min(text.length(), enough) + MASK.length());
    int i = 0;
    while (i < text.length() && masked.length() < enough) {
      int after = afterKey(i);
      if (after > i) {
        masked.append(MASK);
        i = after;
        continue;
      }
      int value = startOfValue(i);
      if (value >= 0) {
        masked.append(text, i, value);
        int next = afterValue(value);
        masked.append(next > value ? MASK : "");
        i = next;
        continue;
      }
      masked.append(text.charAt(i++));
    }
    return masked.toString();
  }

  /** The end of a key if one begins here; otherwise -1. */
  private int afterKey(int from) {
    for (String key : keys) {
      int after = afterWord(from, key, false);
      if (after > from) {
        return after;
      }
    }
    int prefix = afterWord(from, PREFIX, true);
    return prefix < 0 ? -1 : afterWordCharacters(prefix);
  }

  /** The end of this word if it begins here; otherwise -1. */
  private int afterWord(int from, String word, boolean anyCase) {
    int i = from;
    for (int n = 0; n < word.length(); n++) {
      if (i >= text.length()) {
        return -1;
      }
      char found = at(i);
      char wanted = word.charAt(n);
      if (found != wanted && !(anyCase && Character.toLowerCase(found) == wanted)) {
        return -1;
      }
      i = end;
    }
    return i;
  }

  private int afterWordCharacters(int from) {
    int i = from;
    while (i < text.length() && (isWordCharacter(at(i)) || at(i) == '_')) {
      i = end;
    }
    return i;
  }

  /** Where the value begins if a parameter or member {@code secure} begins here; otherwise -1. */
  private int startOfValue(int from) {
    int i = afterWord(from, PARAMETER, true);
    boolean separated = false;
    for (int n = 0; i >= 0 && i < text.length() && n < MAX_BETWEEN; n++) {
      char c = at(i);
      if (isWordCharacter(c) || c == '&' || (separated && (c == ',' || c == '}'))) {
        break;
      }
      separated |= c == '=' || c == ':';
      i = end;
    }
    return separated ? i : -1;
  }

  private int afterValue(int from) {
    int i = from;
    while (i < text.length()) {
      char c = at(i);
      if (c <= ' ' || "&\"'`,;<>{}[]()\\".indexOf(c) >= 0) {
        break;
      }
      i = end;
    }
    return i;
  }

  private static boolean isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** The decoded character here. A byte of an encoded character beyond ASCII counts as one. */
  private char at(int i) {
    char c = text.charAt(i);
    end = i + 1;
    if (c == '%') {
      int digits = i + 1;
      for (int n = 0; n < MAX_ENCODINGS && text.startsWith("25", digits); n++) {
        digits += 2;
      }
      return decoded(c, digits, 2);
    }
    if (c == '\\') {
      int marker = i + 1;
      for (int n = 0; n < MAX_ENCODINGS && text.startsWith("\\", marker); n++) {
        marker++;
      }
      return text.startsWith("u", marker) ? decoded(c, marker + 1, 4) : c;
    }
    return c;
  }

  private char decoded(char otherwise, int from, int digits) {
    if (from + digits > text.length()) {
      return otherwise;
    }
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return otherwise;
      }
      value = value << 4 | digit;
    }
    end = from + digits;
    return (char) value;
  }
}
