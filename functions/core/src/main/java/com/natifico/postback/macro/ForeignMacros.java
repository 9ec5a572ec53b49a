package com.natifico.postback.macro;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Macros in the syntax of other systems, which would be sent unchanged. */
final class ForeignMacros {
  private static final int MAX_NAME = 64;
  private static final int MAX_MARKS = 3;

  /**
   * The syntax of a macro in another system; the marks may be doubled, as in {@code [[subid]]}.
   *
   * @param braces whether it decodes to our own syntax, which must be a mistake
   */
  private record Spelling(String open, String close, boolean braces) {}

  private static final List<Spelling> SPELLINGS =
      List.of(
          new Spelling("[", "]", false),
          new Spelling("<", ">", false),
          new Spelling("#", "#", false),
          new Spelling("%5b", "%5d", false),
          new Spelling("%3c", "%3e", false),
          new Spelling("%23", "%23", false),
          new Spelling("%7b", "%7d", true));

  private ForeignMacros() {}

  /**
   * A foreign macro in a text.
   *
   * @param text as it is written
   * @param name the text between the marks
   * @param end where it ends, exclusive
   * @param braces whether it decodes to our own syntax
   */
  record Found(String text, String name, int end, boolean braces) {
    void report(Findings findings) {
      boolean refused = braces && Misnomers.sameLetters(name) != null;
      if (!refused && findings.areEnoughWarnings()) {
        return;
      }
      String suggestion = Misnomers.suggest(name);
      String message =
          text
              + " is not a macro here and is sent unchanged; macros are written {name}"
              + (suggestion == null ? "." : ": did you mean {" + suggestion + "}?");
      if (refused) {
        findings.error("foreign_macro", message, suggestion);
      } else {
        findings.warn("foreign_macro", message, suggestion);
      }
    }
  }

  /** The foreign macro that starts here; null if there is none. */
  static @Nullable Found at(String text, int at) {
    char first = text.charAt(at);
    if (first != '[' && first != '<' && first != '#' && first != '%') {
      return null;
    }
    for (Spelling spelling : SPELLINGS) {
      Found found = at(text, at, spelling);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable Found at(String text, int at, Spelling spelling) {
    int marks = 0;
    int name = at;
    while (marks < MAX_MARKS && startsWith(text, spelling.open(), name)) {
      name += spelling.open().length();
      marks++;
    }
    int end = nameEnd(text, name);
    if (marks == 0 || end == name || end - name > MAX_NAME || !hasLetter(text, name, end)) {
      return null;
    }
    int close = end;
    for (int i = 0; i < marks; i++) {
      if (!startsWith(text, spelling.close(), close)) {
        return null;
      }
      close += spelling.close().length();
    }
    return new Found(
        text.substring(at, close), text.substring(name, end), close, spelling.braces());
  }

  private static boolean startsWith(String text, String lowerCaseMark, int at) {
    int end = at + lowerCaseMark.length();
    return end <= text.length()
        && text.substring(at, end).toLowerCase(Locale.ROOT).equals(lowerCaseMark);
  }

  private static int nameEnd(String text, int from) {
    int i = from;
    while (i < text.length() && i - from <= MAX_NAME && isNamePart(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isNamePart(char c) {
    return isLetter(c) || (c >= '0' && c <= '9') || "_-.()!".indexOf(c) >= 0;
  }

  private static boolean hasLetter(String text, int from, int to) {
    return text.substring(from, to).chars().anyMatch(c -> isLetter((char) c));
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
