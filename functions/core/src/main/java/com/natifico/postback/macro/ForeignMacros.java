package com.natifico.postback.macro;

import com.natifico.postback.macro.Template.Correction;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Macros in the syntax of other systems, which would be sent unchanged. */
final class ForeignMacros {
  private static final int MAX_NAME = 64;
  private static final int MAX_MARKS = 3;

  private enum Severity {
    WARNED,
    /** It decodes to our own syntax, which must be a mistake if the name is known. */
    REFUSED_IF_KNOWN,
    /** A percent sign of it is not an escape, so that it cannot be sent. */
    REFUSED
  }

  /**
   * The syntax of a macro in another system; the marks may be doubled, as in {@code [[subid]]}. An
   * encoded mark may be encoded twice.
   */
  private record Spelling(String open, String close, Severity severity) {}

  private static final List<Spelling> SPELLINGS =
      List.of(
          new Spelling("[%", "%]", Severity.REFUSED),
          new Spelling("[", "]", Severity.WARNED),
          new Spelling("<", ">", Severity.WARNED),
          new Spelling("#", "#", Severity.WARNED),
          new Spelling("%5b", "%5d", Severity.WARNED),
          new Spelling("%3c", "%3e", Severity.WARNED),
          new Spelling("%23", "%23", Severity.WARNED),
          new Spelling("%7b", "%7d", Severity.REFUSED_IF_KNOWN),
          new Spelling("%24%7b", "%7d", Severity.REFUSED_IF_KNOWN),
          new Spelling("%23%7b", "%7d", Severity.REFUSED_IF_KNOWN),
          new Spelling("$%7b", "%7d", Severity.REFUSED_IF_KNOWN),
          new Spelling("#%7b", "%7d", Severity.REFUSED_IF_KNOWN),
          new Spelling("%255b", "%255d", Severity.WARNED),
          new Spelling("%253c", "%253e", Severity.WARNED),
          new Spelling("%2523", "%2523", Severity.WARNED),
          new Spelling("%257b", "%257d", Severity.WARNED),
          new Spelling("%2524%257b", "%257d", Severity.WARNED),
          new Spelling("%2523%257b", "%257d", Severity.WARNED));

  private ForeignMacros() {}

  /**
   * A foreign macro in a text.
   *
   * @param text as it is written
   * @param name the text between the marks
   * @param end where it ends, exclusive
   */
  record Found(String text, String name, int end, Severity severity) {
    /** Reports it in a URL or a form. */
    void report(Findings findings) {
      boolean refused =
          switch (severity) {
            case WARNED -> false;
            case REFUSED_IF_KNOWN -> Misnomers.sameLetters(name) != null;
            case REFUSED -> true;
          };
      report(findings, refused);
    }

    /** Reports it in a JSON string, where a percent sign means nothing. */
    void reportInJson(Findings findings) {
      if (severity == Severity.REFUSED) {
        report(findings, false);
      } else {
        report(findings);
      }
    }

    private void report(Findings findings, boolean refused) {
      if (!refused && findings.areEnoughWarnings()) {
        return;
      }
      String suggestion = Misnomers.macro(name);
      String message =
          text
              + " is not a macro here"
              + (refused ? "" : " and is sent unchanged")
              + "; macros are written {name}"
              + (suggestion == null ? "." : ": did you mean {" + suggestion + "}?");
      Correction correction =
          suggestion == null ? null : new Correction(text, "{" + suggestion + "}");
      if (refused) {
        findings.error("foreign_macro", message, suggestion, correction);
      } else {
        findings.warn("foreign_macro", message, suggestion, correction);
      }
    }
  }

  /** The foreign macro that starts here; null if there is none. */
  static @Nullable Found at(String text, int at) {
    char first = text.charAt(at);
    if (first != '[' && first != '<' && first != '#' && first != '%' && first != '$') {
      return null;
    }
    for (Spelling spelling : SPELLINGS) {
      Found found = at(text, at, spelling);
      if (found != null) {
        return found;
      }
    }
    return first == '%' ? betweenPercentSigns(text, at) : null;
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
        text.substring(at, close), text.substring(name, end), close, spelling.severity());
  }

  /**
   * {@code %CAMPAIGN_ID%}, {@code %%CAMPAIGN_ID%%} and the encoded {@code %25CAMPAIGN_ID%25}. Two
   * percent signs also surround other text, as in {@code 10%off%20}, so that the name must be known
   * where one of them could begin an escape; two escapes are left alone.
   */
  private static @Nullable Found betweenPercentSigns(String text, int at) {
    int name = at + 1;
    if (startsWith(text, "%25", at)) {
      name = at + 3;
    } else if (startsWith(text, "%%", at)) {
      name = at + 2;
    }
    String mark = text.substring(at, name);
    int end = nameEnd(text, name);
    boolean named = end > name && end - name <= MAX_NAME && hasLetter(text, name, end);
    if (!named || !text.startsWith(mark, end)) {
      return null;
    }
    int close = end + mark.length();
    boolean open = Percent.isTriplet(text, at);
    boolean closed = Percent.isTriplet(text, close - 1);
    boolean encoded = mark.equals("%25");
    if (open && closed && !encoded) {
      return null;
    }
    String written = text.substring(name, end);
    boolean looksLikeOne = !open && !closed && end - name > 2;
    if (!looksLikeOne && Misnomers.knownMacro(written) == null) {
      return null;
    }
    return new Found(
        text.substring(at, close), written, close, encoded ? Severity.WARNED : Severity.REFUSED);
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
