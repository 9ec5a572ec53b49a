package com.natifico.postback.macro;

import com.natifico.postback.macro.Template.Correction;
import com.natifico.postback.macro.Template.Kind;
import com.natifico.postback.macro.Template.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Parses one source: finds the macros, and passes the text between them to the reader of its kind.
 */
final class TemplateParser {
  private static final int MAX_URL = 2048;
  private static final int MAX_BODY = 16 * 1024;

  private final String source;
  private final Kind kind;
  private final Vocabulary vocabulary;
  private final Findings findings = new Findings();
  private final List<Part> parts = new ArrayList<>();

  TemplateParser(String source, Kind kind, Vocabulary vocabulary) {
    this.source = source;
    this.kind = kind;
    this.vocabulary = vocabulary;
  }

  Parsed parse() {
    checkLength();
    checkCharacters();
    if (findings.hasErrors()) {
      return new Parsed(null, findings.errors(), findings.warnings());
    }
    if (kind == Kind.URL) {
      splitUrl();
    } else {
      splitBody();
    }
    Template template =
        switch (kind) {
          case URL -> new UrlReader(source, parts, findings).read();
          case FORM -> new FormReader(source, parts, findings).read();
          case JSON -> new JsonReader(source, parts, findings).read();
        };
    if (kind == Kind.URL
        && vocabulary == Vocabulary.CONVERSION
        && template != null
        && !template.hasRefId()) {
      findings.warn(
          "no_ref_id", "Without {ref_id} the tracker cannot tell which click converted.", "ref_id");
    }
    return new Parsed(
        findings.hasErrors() ? null : template, findings.errors(), findings.warnings());
  }

  private void checkLength() {
    if (kind == Kind.URL && source.codePointCount(0, source.length()) > MAX_URL) {
      findings.error("too_long", "A URL may have at most 2,048 characters.");
    }
    if (kind != Kind.URL && source.getBytes(StandardCharsets.UTF_8).length > MAX_BODY) {
      findings.error("too_long", "A body may have at most 16 KiB.");
    }
  }

  private void checkCharacters() {
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      boolean jsonBlank = kind == Kind.JSON && (c == '\n' || c == '\r' || c == '\t');
      if (Character.isISOControl(c) && !jsonBlank) {
        findings.error(
            "control_character",
            "There is a control character (code "
                + (int) c
                + ") after \""
                + MacroReader.shown(source.substring(Math.max(0, i - 20), i))
                + "\"; remove it.");
        return;
      }
    }
    if (kind == Kind.URL && !source.equals(source.strip())) {
      findings.error(
          "blank",
          "There are blanks around the URL; remove them.",
          source.strip(),
          new Correction(source, source.strip()));
    }
  }

  /** In a URL every brace belongs to a macro. */
  private void splitUrl() {
    int from = 0;
    int i = 0;
    while (i < source.length() && !findings.areEnough()) {
      char c = source.charAt(i);
      if (c == '}') {
        findings.error("unbalanced_braces", "There is a } without its { in the URL.");
        i++;
      } else if (c == '{') {
        // In #{click_id} the # is part of the foreign macro and does not begin a fragment.
        addLiteral(from, i > from && source.charAt(i - 1) == '#' ? i - 1 : i);
        i = source.startsWith("{{", i) ? doubled(i) : braces(i);
        from = i;
      } else {
        i++;
      }
    }
    addLiteral(from, source.length());
  }

  /** Parses the macro that starts here and returns where it ends. */
  private int braces(int open) {
    int close = source.indexOf('}', open);
    int next = source.indexOf('{', open + 1);
    if (close < 0 || (next >= 0 && next < close)) {
      findings.error(
          "unbalanced_braces",
          "The { of \"" + MacroReader.shown(source.substring(open)) + "\" has no }.");
      return open + 1;
    }
    String content = source.substring(open + 1, close);
    char before = open == 0 ? ' ' : source.charAt(open - 1);
    if (before == '$' || before == '#') {
      foreignBraces(before + "{" + content + "}", content);
      return close + 1;
    }
    parts.add(macro(content, open));
    return close + 1;
  }

  private Part macro(String content, int open) {
    return SecretPlaceholder.isMeant(content)
        ? secret(content, open)
        : new MacroReader(content, open, vocabulary, findings).read();
  }

  /** The secret; after an error a substitute, so that the rest can be checked. */
  private Part.Secret secret(String content, int open) {
    String name = content.substring(SecretPlaceholder.PREFIX.length());
    String lower = content.strip().toLowerCase(Locale.ROOT);
    String lowerName = lower.substring(SecretPlaceholder.PREFIX.length());
    if (content.startsWith(SecretPlaceholder.PREFIX) && SecretPlaceholder.isName(name)) {
      return new Part.Secret(name, open);
    }
    if (content.indexOf('|') >= 0) {
      findings.error(
          "bad_argument",
          "A secret is sent as it is: {" + MacroReader.shown(content) + "} takes no filters.");
    } else {
      boolean usable = SecretPlaceholder.isName(lowerName);
      findings.error(
          "invalid_secret_name",
          "The name of a secret begins with a-z and has at most 32 characters of a-z, 0-9 and _"
              + " (in {"
              + MacroReader.shown(content)
              + "}).",
          usable ? lower : null,
          usable ? new Correction("{" + content + "}", "{" + lower + "}") : null);
    }
    return new Part.Secret("x", open);
  }

  private int doubled(int open) {
    int close = source.indexOf("}}", open);
    if (close < 0) {
      findings.error(
          "unbalanced_braces",
          "The {{ of \"" + MacroReader.shown(source.substring(open)) + "\" has no }}.");
      return open + 2;
    }
    int end = close + 2;
    while (end < source.length() && source.charAt(end) == '}') {
      end++;
    }
    foreignBraces(source.substring(open, end), source.substring(open + 2, close));
    return end;
  }

  private void foreignBraces(String written, String content) {
    int pipe = content.indexOf('|');
    String name = pipe < 0 ? content : content.substring(0, pipe);
    String filters = pipe < 0 ? "" : content.substring(pipe);
    String suggestion = vocabulary.ownName(name);
    String ambiguity = vocabulary.ambiguity(name);
    findings.error(
        "foreign_macro",
        MacroReader.shown(written)
            + " is another system's spelling; macros are written {name}"
            + (suggestion == null ? "." : ": did you mean {" + suggestion + "}?")
            + (ambiguity == null ? "" : " " + ambiguity),
        suggestion,
        suggestion == null ? null : new Correction(written, ours(suggestion, filters)));
  }

  /** Our spelling, with the filters if they are ours too. */
  private String ours(String name, String filters) {
    Findings unknown = new Findings();
    new MacroReader(name + filters, 0, vocabulary, unknown).read();
    return "{" + name + (unknown.hasErrors() ? "" : filters) + "}";
  }

  /** In a body a brace starts a macro only before a name and } or |; other braces are text. */
  private void splitBody() {
    int from = 0;
    int i = source.indexOf('{');
    while (i >= 0 && !findings.areEnough()) {
      int nameEnd = nameEnd(i + 1);
      int close = source.indexOf('}', nameEnd);
      boolean macro =
          nameEnd > i + 1
              && nameEnd < source.length()
              && (source.charAt(nameEnd) == '}' || source.charAt(nameEnd) == '|');
      if (!macro) {
        warnOfText(i);
        i = source.indexOf('{', i + 1);
        continue;
      }
      if (close < 0 || source.substring(i + 1, close).indexOf('{') >= 0) {
        findings.error(
            "unbalanced_braces",
            "The { of \"" + MacroReader.shown(source.substring(i)) + "\" has no }.");
        i = source.indexOf('{', i + 1);
        continue;
      }
      addLiteral(from, i);
      parts.add(macro(source.substring(i + 1, close), i));
      warnOfForeignBraces(i, close);
      from = close + 1;
      i = source.indexOf('{', from);
    }
    addLiteral(from, source.length());
  }

  /** {@code "{ ref_id }"} and {@code {date:Y-m-d}} are text in a body, and probably a mistake. */
  private void warnOfText(int open) {
    int close = source.indexOf('}', open);
    if (close < 0 || close - open > 64 || findings.areEnoughWarnings()) {
      return;
    }
    String content = source.substring(open + 1, close);
    String translated = vocabulary.translate(content);
    if (translated != null) {
      findings.warn(
          "foreign_macro",
          "{"
              + content
              + "} is another system's spelling and is sent unchanged; here it is {"
              + translated
              + "}.",
          translated,
          new Correction("{" + content + "}", "{" + translated + "}"));
      return;
    }
    String name = content.strip();
    if (!name.equals(content) && vocabulary.find(name) != null) {
      findings.warn(
          "foreign_macro",
          "{" + content + "} is no macro because of the blanks; write {" + name + "}.",
          name,
          new Correction("{" + content + "}", "{" + name + "}"));
    }
  }

  /** {@code ${ref_id}} and {@code {{ref_id}}} leave marks around the value. */
  private void warnOfForeignBraces(int open, int close) {
    char before = open == 0 ? ' ' : source.charAt(open - 1);
    char after = close + 1 == source.length() ? ' ' : source.charAt(close + 1);
    boolean marked = before == '$' || before == '#' || (before == '{' && after == '}');
    if (marked && !findings.areEnoughWarnings()) {
      String content = source.substring(open + 1, close);
      String marks = source.substring(open - 1, before == '{' ? close + 2 : close + 1);
      int pipe = content.indexOf('|');
      findings.warn(
          "foreign_macro",
          "The marks around {"
              + MacroReader.shown(content)
              + "} are sent unchanged; macros are written {name}, without them.",
          vocabulary.suggest(pipe < 0 ? content : content.substring(0, pipe)),
          new Correction(marks, "{" + content + "}"));
    }
  }

  private int nameEnd(int from) {
    int i = from;
    while (i < source.length() && isNamePart(source.charAt(i), i == from)) {
      i++;
    }
    return i;
  }

  private static boolean isNamePart(char c, boolean first) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return letter || (!first && ((c >= '0' && c <= '9') || c == '-' || c == '.'));
  }

  private void addLiteral(int from, int to) {
    if (from < to) {
      parts.add(new Part.Literal(source.substring(from, to), from));
    }
  }
}
