package com.natifico.postback.rule;

import com.natifico.postback.macro.JsonEscapes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds one value in a JSON text (RFC 8259) that may be cut off: whatever follows the value is not
 * read. Each character is read once, and nested values are skipped without recursion.
 */
final class JsonScan {
  private static final String BLANKS = " \t\n\r";
  private static final String AFTER_VALUE = ",]}" + BLANKS;

  private final String text;
  private int at;

  JsonScan(String text) {
    this.text = text;
  }

  /**
   * The value at this place: a string without its quotes and escapes; a number, a boolean or null
   * as written.
   *
   * @return null if the place has no such value, or the text is not JSON up to there
   */
  @Nullable String value(JsonPointer pointer) {
    for (String token : pointer.tokens()) {
      if (!enter(token)) {
        return null;
      }
    }
    skipBlanks();
    return isAt('"') ? string() : scalar();
  }

  /** Moves to the member or the item with this name or index. */
  private boolean enter(String token) {
    skipBlanks();
    if (take('{')) {
      return enterMember(token);
    }
    return take('[') && enterItem(token);
  }

  private boolean enterMember(String name) {
    do {
      skipBlanks();
      String found = isAt('"') ? string() : null;
      skipBlanks();
      if (found == null || !take(':')) {
        return false;
      }
      if (found.equals(name)) {
        return true;
      }
    } while (skipValue() && take(','));
    return false;
  }

  private boolean enterItem(String index) {
    if (!index.matches("0|[1-9][0-9]{0,4}")) {
      return false;
    }
    for (int left = Integer.parseInt(index); left > 0; left--) {
      if (!skipValue() || !take(',')) {
        return false;
      }
    }
    return true;
  }

  /** Skips a value and the blanks around it; false if the text ends before the value does. */
  private boolean skipValue() {
    skipBlanks();
    int depth = 0;
    do {
      if (at == text.length()) {
        return false;
      }
      char c = text.charAt(at);
      if (c == '"') {
        if (string() == null) {
          return false;
        }
      } else {
        if (depth == 0 && AFTER_VALUE.indexOf(c) >= 0) {
          return false;
        }
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        at++;
      }
    } while (depth > 0 || (at < text.length() && AFTER_VALUE.indexOf(text.charAt(at)) < 0));
    skipBlanks();
    return true;
  }

  /** The text of the string that starts here; null if it is broken or does not end. */
  private @Nullable String string() {
    StringBuilder content = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return content.toString();
      }
      int escape = c == '\\' ? JsonEscapes.length(text, at) : 1;
      if (escape == 0) {
        return null;
      }
      content.append(c == '\\' ? JsonEscapes.character(text, at) : c);
      at += escape;
    }
    return null;
  }

  /** A number, a boolean or null that is complete. */
  private @Nullable String scalar() {
    int start = at;
    while (at < text.length() && AFTER_VALUE.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String scalar = text.substring(start, at);
    boolean known = List.of("true", "false", "null").contains(scalar);
    return known || scalar.matches("-?[0-9][0-9.eE+-]*") ? scalar : null;
  }

  private boolean isAt(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private boolean take(char c) {
    if (!isAt(c)) {
      return false;
    }
    at++;
    return true;
  }

  private void skipBlanks() {
    while (at < text.length() && BLANKS.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
