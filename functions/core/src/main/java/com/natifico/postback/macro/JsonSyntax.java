package com.natifico.postback.macro;

import org.jspecify.annotations.Nullable;

/** Checks whether a text is JSON (RFC 8259), and if not, where the first error is. */
final class JsonSyntax {
  /** More than any body needs, and less than parsers accept. */
  private static final int MAX_DEPTH = 100;

  /**
   * @param at the first invalid character
   * @param expected what is expected there, for people
   */
  record Flaw(int at, String expected) {}

  private final String text;
  private int at;
  private int depth;
  private @Nullable Flaw flaw;

  JsonSyntax(String text) {
    this.text = text;
  }

  /** The error; null if the text is JSON. */
  @Nullable Flaw flaw() {
    if (value() && !skipBlanks()) {
      fail("nothing more is expected");
    }
    return flaw;
  }

  private boolean value() {
    if (skipBlanks()) {
      return fail("a value is expected");
    }
    return switch (text.charAt(at)) {
      case '{' -> nested(this::members);
      case '[' -> nested(this::items);
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    };
  }

  private interface Rule {
    boolean read();
  }

  private boolean nested(Rule inside) {
    if (++depth > MAX_DEPTH) {
      return fail("no further nesting is expected");
    }
    at++;
    boolean read = inside.read();
    depth--;
    return read;
  }

  private boolean members() {
    if (skip('}')) {
      return true;
    }
    do {
      if (skipBlanks() || text.charAt(at) != '"') {
        return fail("a name in double quotes is expected");
      }
      if (!string()) {
        return false;
      }
      if (!skip(':')) {
        return fail("a colon is expected");
      }
      if (!value()) {
        return false;
      }
    } while (skip(','));
    return skip('}') || fail("a comma or } is expected");
  }

  private boolean items() {
    if (skip(']')) {
      return true;
    }
    do {
      if (!value()) {
        return false;
      }
    } while (skip(','));
    return skip(']') || fail("a comma or ] is expected");
  }

  private boolean string() {
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return true;
      }
      if (c < ' ') {
        return fail("an escape such as \\n is expected in a string");
      }
      int length = c == '\\' ? JsonEscapes.length(text, at) : 1;
      if (length == 0) {
        return fail("an escape such as \\\\ or \\\" is expected");
      }
      at += length;
    }
    return fail("the closing double quote is expected");
  }

  private boolean word(String word) {
    if (!text.startsWith(word, at)) {
      return fail("a value is expected; texts are written in double quotes");
    }
    at += word.length();
    return true;
  }

  private boolean number() {
    int start = at;
    take('-');
    if (!take('0') && !digits()) {
      at = start;
      return fail("a value is expected; texts are written in double quotes");
    }
    if (take('.') && !digits()) {
      return fail("a digit is expected");
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      return digits() || fail("a digit is expected");
    }
    return true;
  }

  private boolean digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at > start;
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  /** Skips this character, and blanks before it. */
  private boolean skip(char c) {
    return !skipBlanks() && take(c);
  }

  /** Whether the text ends after the blanks. */
  private boolean skipBlanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at == text.length();
  }

  /** Records the error and returns false. */
  private boolean fail(String expected) {
    flaw = new Flaw(at, expected);
    return false;
  }
}
