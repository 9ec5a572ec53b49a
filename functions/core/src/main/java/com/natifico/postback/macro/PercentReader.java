package com.natifico.postback.macro;

/**
 * The fixed text of a query or form: characters that are invalid in a URL are percent-encoded as in
 * a browser, so that users can paste unencoded text.
 */
final class PercentReader {
  private final Findings findings;
  private final Output out;

  /** In a query, whether the name of a parameter is being read, in which brackets are allowed. */
  private boolean inName;

  PercentReader(Output out, Findings findings) {
    this.out = out;
    this.findings = findings;
  }

  /** From here on the text is a query or form. */
  void beginQuery() {
    inName = true;
  }

  /**
   * Writes the character or macro that starts here.
   *
   * @param query whether this is in a query or form, and not in a path
   * @return where it ends
   */
  int read(String text, int at, boolean query) {
    char c = text.charAt(at);
    ForeignMacros.Found foreign = ForeignMacros.at(text, at);
    if (foreign != null && !isPartOfName(text, foreign.end(), query)) {
      foreign.report(findings);
      append(text.substring(at, foreign.end()).replace("#", "%23"), query);
      return foreign.end();
    }
    if (c == '%') {
      return triplet(text, at);
    }
    if (query && c == '=') {
      inName = false;
    } else if (query && c == '&') {
      inName = true;
    }
    int end = at + Character.charCount(text.codePointAt(at));
    append(text.substring(at, end), query);
    return end;
  }

  private boolean isPartOfName(String text, int end, boolean query) {
    return query
        && inName
        && end < text.length()
        && (text.charAt(end) == '=' || text.charAt(end) == '[' || text.charAt(end) == '%');
  }

  private int triplet(String text, int at) {
    if (!Percent.isTriplet(text, at)) {
      if (findings.areEnough()) {
        return at + 1;
      }
      findings.error(
          "invalid_percent",
          "The % of \""
              + MacroReader.shown(text.substring(at))
              + "\" must be followed by two hexadecimal digits; a percent sign itself is %25.",
          "%25");
      return at + 1;
    }
    out.append(text.substring(at, at + 3));
    return at + 3;
  }

  private void append(String text, boolean query) {
    if (query) {
      Percent.appendQuery(out, text);
    } else {
      Percent.appendPath(out, text);
    }
  }
}
