package com.natifico.postback.macro;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses a JSON body. A macro inside a string is part of the string; a macro outside of quotes
 * represents a complete value: a number, null if it is missing, otherwise a string. Only bodies
 * that are valid JSON for all values are accepted.
 */
final class JsonReader {
  /** An opening brace that is part of a string. */
  static final String OPENING_BRACE = "\\u007b";

  private final String source;
  private final List<Part> parts;
  private final Findings findings;
  private final Layout layout = new Layout();

  /** The body with a plain value in place of every macro. */
  private final StringBuilder probe = new StringBuilder();

  /** Whether braces in strings are escaped, see {@link SecretPlaceholder}. */
  private final boolean hasSecrets;

  private boolean inString;
  private boolean escaped;

  /** Where the current string started in its literal; -1 if it contains a macro. */
  private int stringStart;

  JsonReader(String source, List<Part> parts, Findings findings) {
    this.source = source;
    this.parts = parts;
    this.findings = findings;
    this.hasSecrets = parts.stream().anyMatch(Part.Secret.class::isInstance);
  }

  Template read() {
    for (Part part : parts) {
      switch (part) {
        case Part.Literal literal -> literal(literal);
        case Part.Placeholder macro -> macro(macro);
        case Part.Secret secret -> secret(secret);
      }
    }
    if (!findings.hasErrors()) {
      check();
    }
    return Template.body(Template.Kind.JSON, source, layout);
  }

  private void literal(Part.Literal literal) {
    String text = literal.text();
    StringBuilder fixed = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{' && inString && hasSecrets) {
        fixed.append(OPENING_BRACE);
      } else {
        fixed.append(c);
      }
      if (escaped) {
        escaped = false;
      } else if (inString && c == '\\') {
        escaped = true;
      } else if (c == '"') {
        if (inString && stringStart >= 0) {
          warnOfForeign(text.substring(stringStart, i));
        }
        inString = !inString;
        stringStart = i + 1;
      }
    }
    if (inString) {
      stringStart = -1;
    }
    layout.text().append(fixed.toString());
    probe.append(text);
  }

  private void warnOfForeign(String string) {
    ForeignMacros.Found foreign = string.isEmpty() ? null : ForeignMacros.at(string, 0);
    if (foreign != null && foreign.end() == string.length()) {
      foreign.reportInJson(findings);
    }
  }

  private void macro(Part.Placeholder macro) {
    layout.add(macro.slot(encoding(macro)));
    probe.append(inString ? "x" : "null");
  }

  /** Outside of quotes, a string. */
  private void secret(Part.Secret secret) {
    String quote = inString ? "" : "\"";
    layout.text().append(quote);
    layout.add(secret);
    layout.text().append(quote);
    probe.append(inString ? "x" : "null");
  }

  private Encoding encoding(Part.Placeholder macro) {
    if (inString) {
      return macro.raw() ? Encoding.RAW_JSON_STRING : Encoding.JSON_STRING;
    }
    if (macro.raw()) {
      return Encoding.RAW_JSON;
    }
    return macro.isNumeric() ? Encoding.JSON_NUMBER : Encoding.JSON_TEXT;
  }

  private void check() {
    JsonSyntax.@Nullable Flaw flaw = new JsonSyntax(probe.toString()).flaw();
    if (flaw != null) {
      String before = probe.substring(Math.max(0, flaw.at() - 30), flaw.at());
      findings.error(
          "invalid_json",
          "The body is not JSON: "
              + flaw.expected()
              + (before.isBlank() ? " at the beginning." : " after \"" + before + "\"."));
    }
  }
}
