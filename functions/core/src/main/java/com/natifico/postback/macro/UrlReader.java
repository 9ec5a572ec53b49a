package com.natifico.postback.macro;

import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.macro.Template.Correction;
import com.natifico.postback.url.Host;
import com.natifico.postback.url.HttpUrl;
import com.natifico.postback.url.InvalidUrlException;
import com.natifico.postback.url.Scheme;
import com.natifico.postback.url.UrlParts;
import com.natifico.postback.url.UrlProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses a URL: no macros before the end of host and port; then a path and a query that stay
 * separate for every value.
 */
final class UrlReader {
  private final String source;
  private final List<Part> parts;
  private final Findings findings;
  private final Layout layout = new Layout();
  private final PercentReader text;
  private boolean inQuery;

  /** The end of scheme, host and port in the first literal. */
  private int pathStart;

  /** The fixed text of the current path segment. */
  private final StringBuilder segment = new StringBuilder();

  private boolean macroInSegment;
  private boolean segmentsMayBecomeDots;

  UrlReader(String source, List<Part> parts, Findings findings) {
    this.source = source;
    this.parts = parts;
    this.findings = findings;
    this.text = new PercentReader(layout.text(), findings);
  }

  /** Null if the text cannot be a URL with a fixed address. */
  @Nullable Template read() {
    String head =
        !parts.isEmpty() && parts.getFirst() instanceof Part.Literal first ? first.text() : "";
    UrlParts parsed = UrlParts.find(head);
    boolean ends =
        parsed == null ? UrlParts.delimiter(head, 0) < head.length() : !parsed.rest().isEmpty();
    if (!ends && hasMacros()) {
      refuseMacroInHost();
      return null;
    }
    if (parsed == null) {
      refuseMissingScheme();
      return null;
    }
    HttpUrl url = url(parsed);
    pathStart = head.length() - parsed.rest().length();
    layout.text().append(head.substring(0, pathStart));
    for (Part part : parts) {
      switch (part) {
        case Part.Literal literal -> literal(literal);
        case Part.Placeholder macro -> macro(macro);
        case Part.Secret secret -> secret(secret);
      }
    }
    endSegment();
    return url == null
        ? null
        : Template.url(source, url, layout, segmentsMayBecomeDots ? pathStart : -1);
  }

  private boolean hasMacros() {
    for (Part part : parts) {
      if (!(part instanceof Part.Literal)) {
        return true;
      }
    }
    return false;
  }

  private void refuseMacroInHost() {
    findings.error(
        "macro_in_host",
        "Scheme, user info, host and port may not contain macros: where a callback goes must not"
            + " depend on a value. Macros may be used after the first / or ? after the host.");
  }

  private void refuseMissingScheme() {
    int colon = source.indexOf(':');
    boolean hostAndPort =
        colon > 0 && colon + 1 < source.length() && Character.isDigit(source.charAt(colon + 1));
    boolean bare = colon < 0 || colon > UrlParts.delimiter(source, 0);
    String suggestion = null;
    if (source.startsWith("//")) {
      suggestion = "https:" + source;
    } else if (!source.isEmpty() && !source.startsWith("/") && (bare || hostAndPort)) {
      suggestion = "https://" + source;
    }
    findings.error(
        "invalid_scheme",
        "A URL begins with https:// or http://.",
        suggestion,
        suggestion == null ? null : new Correction(source, suggestion));
  }

  private @Nullable HttpUrl url(UrlParts parsed) {
    try {
      HttpUrl url = HttpUrl.of(parsed);
      if (url.endpoint().scheme() == Scheme.HTTP) {
        findings.warn(
            "plain_http",
            "With http, others on the network can read and change the callback; use https if the"
                + " tracker has it.",
            null);
      }
      report(url.notInAscii(), parsed.host());
      if (url.endpoint().host() instanceof Host.Address address && !address.isUsual()) {
        report(EgressGuard.refuseSpelling(address), parsed.host());
      }
      return url;
    } catch (InvalidUrlException e) {
      for (UrlProblem problem : e.problems()) {
        report(problem, parsed.host() + (parsed.port() == null ? "" : ":" + parsed.port()));
      }
      return null;
    }
  }

  /**
   * @param host the part of the URL that is at fault
   */
  private void report(@Nullable UrlProblem problem, String host) {
    if (problem == null) {
      return;
    }
    String suggestion = problem.suggestion();
    findings.error(
        problem.code(),
        problem.message(),
        suggestion,
        suggestion == null ? null : new Correction("://" + host, "://" + suggestion));
  }

  private void literal(Part.Literal part) {
    String literal = part.text();
    int i = part.at() == 0 ? pathStart : 0;
    while (i < literal.length()) {
      char c = literal.charAt(i);
      if (c == '#'
          && ForeignMacros.at(literal, i) == null
          && !HtmlEntities.isNumeric(literal, i - 1)) {
        findings.error(
            "fragment",
            "The part after a # is never sent to a server; remove it, or write %23 for the"
                + " character itself.",
            "%23");
        return;
      }
      if (!inQuery && c == '?') {
        endSegment();
        inQuery = true;
        text.beginQuery();
        layout.text().append(c);
        i++;
      } else if (!inQuery && c == '/') {
        endSegment();
        layout.text().append(c);
        i++;
      } else {
        int next = text.read(literal, i, inQuery);
        segment.append(literal, i, next);
        i = next;
      }
    }
  }

  private void macro(Part.Placeholder macro) {
    if (!inQuery) {
      macroInSegment = true;
      segmentsMayBecomeDots |= macro.raw();
    }
    Encoding raw = inQuery ? Encoding.RAW_QUERY : Encoding.RAW_PATH;
    layout.add(macro.slot(macro.raw() ? raw : Encoding.PERCENT));
  }

  private void secret(Part.Secret secret) {
    macroInSegment |= !inQuery;
    layout.add(secret);
  }

  private void endSegment() {
    if (inQuery) {
      return;
    }
    String fixed = segment.toString();
    boolean dots = fixed.equals(".") || fixed.equals("..");
    if (dots && !macroInSegment) {
      findings.error("dot_segment", "The path must not contain the segments . or ..; remove them.");
    }
    segmentsMayBecomeDots |= macroInSegment && (dots || fixed.isEmpty());
    segment.setLength(0);
    macroInSegment = false;
  }
}
