package com.natifico.postback.macro;

import com.natifico.postback.egress.Host;
import com.natifico.postback.egress.Refusal;
import java.net.IDN;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a URL: nothing but text up to the end of host and port, and behind it a path and a query
 * that stay what they are for every value.
 */
final class UrlReader {
  private static final int HIGHEST_PORT = 65_535;

  private final String source;
  private final List<Part> parts;
  private final Findings findings;
  private final Layout layout = new Layout();
  private final PercentReader text;
  private boolean inQuery;

  /** Where scheme, host and port end in the first literal. */
  private int pathStart;

  /** The fixed text of the path's segment that is being read. */
  private final StringBuilder segment = new StringBuilder();

  private boolean macroInSegment;
  private boolean segmentsMayBecomeDots;

  UrlReader(String source, List<Part> parts, Findings findings) {
    this.source = source;
    this.parts = parts;
    this.findings = findings;
    this.text = new PercentReader(layout.text(), findings);
  }

  /** Null if it is clear that this is no URL with a fixed address. */
  @Nullable Template read() {
    String head =
        !parts.isEmpty() && parts.getFirst() instanceof Part.Literal first ? first.text() : "";
    boolean macros = hasMacros();
    int delimiter = indexOfAny(head, "/?#\\", 0);
    int colon = head.indexOf("://");
    if (delimiter == head.length() && macros) {
      refuseMacroInHost();
      return null;
    }
    if (colon < 0 || colon + 1 != delimiter) {
      refuseMissingScheme();
      return null;
    }
    pathStart = indexOfAny(head, "/?#\\", colon + 3);
    if (pathStart == head.length() && macros) {
      refuseMacroInHost();
      return null;
    }
    if (head.startsWith("\\", pathStart)) {
      findings.error(
          "invalid_host", "A backslash cannot stand in a URL's address; write / instead.", null);
    }
    Template.Address address =
        address(scheme(head.substring(0, colon)), head.substring(colon + 3, pathStart));
    layout.text().append(head.substring(0, pathStart));
    for (Part part : parts) {
      switch (part) {
        case Part.Literal literal -> literal(literal);
        case Part.Placeholder macro -> macro(macro);
      }
    }
    endSegment();
    return Template.url(source, address, layout, segmentsMayBecomeDots ? pathStart : -1);
  }

  private boolean hasMacros() {
    for (Part part : parts) {
      if (part instanceof Part.Placeholder) {
        return true;
      }
    }
    return false;
  }

  private void refuseMacroInHost() {
    findings.error(
        "macro_in_host",
        "Scheme, user info, host and port take no macros: where a callback goes must not depend on"
            + " a value. Macros may stand behind the first / or ? after the host.");
  }

  private void refuseMissingScheme() {
    int colon = source.indexOf(':');
    boolean hostAndPort =
        colon > 0 && colon + 1 < source.length() && Character.isDigit(source.charAt(colon + 1));
    boolean bare = colon < 0 || colon > indexOfAny(source, "/?#", 0);
    String suggestion = null;
    if (source.startsWith("//")) {
      suggestion = "https:" + source;
    } else if (!source.isEmpty() && !source.startsWith("/") && (bare || hostAndPort)) {
      suggestion = "https://" + source;
    }
    findings.error("invalid_scheme", "A URL begins with https:// or http://.", suggestion);
  }

  private String scheme(String written) {
    String scheme = written.toLowerCase(Locale.ROOT);
    if (scheme.equals("http")) {
      findings.warn(
          "plain_http",
          "Over http everybody on the way can read and change the callback; use https if the"
              + " tracker has it.",
          null);
    } else if (!scheme.equals("https")) {
      findings.error(
          "invalid_scheme",
          "Callbacks are sent over https or http, not over " + MacroReader.shown(written) + ".");
    }
    return scheme;
  }

  private Template.Address address(String scheme, String authority) {
    if (authority.indexOf('@') >= 0) {
      findings.error("user_info", "A URL must not carry a user name or password before its host.");
      return new Template.Address(scheme, authority, -1);
    }
    if (authority.indexOf(':') != authority.lastIndexOf(':') && !authority.startsWith("[")) {
      String bracketed = "[" + authority + "]";
      findings.error(
          "invalid_host",
          "An IPv6 address stands between brackets, as in [2001:db8::1].",
          isHost(bracketed) ? bracketed : null);
      return new Template.Address(scheme, authority, -1);
    }
    int bracket = authority.lastIndexOf(']');
    int colon = authority.indexOf(':', bracket + 1);
    String host = colon < 0 ? authority : authority.substring(0, colon);
    checkHost(host);
    return new Template.Address(
        scheme, host, colon < 0 ? -1 : port(authority.substring(colon + 1)));
  }

  /** As the guard and the sender read it; an international name has to be written in ASCII. */
  private void checkHost(String host) {
    if (host.isEmpty()) {
      findings.error("invalid_host", "The URL names no host.");
    } else if (!isAscii(host)) {
      findings.error(
          "invalid_host",
          "The host \"" + MacroReader.shown(host) + "\" must be written in ASCII.",
          ascii(host));
    } else if (Host.parse(host) instanceof Host.Invalid(Refusal refusal)) {
      findings.error(refusal.code(), refusal.message());
    }
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static boolean isHost(String host) {
    return !(Host.parse(host) instanceof Host.Invalid);
  }

  /**
   * An international name in the letters that DNS has; null if it is none, or if it would not come
   * back the same, as with a sharp s.
   */
  private static @Nullable String ascii(String host) {
    try {
      String ascii = IDN.toASCII(host);
      boolean same = IDN.toUnicode(ascii).equalsIgnoreCase(host);
      return same && !ascii.equals(host) && isHost(ascii) ? ascii : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private int port(String written) {
    boolean digits = !written.isEmpty() && written.length() <= 5 && Decimals.isPlain(written);
    int port =
        digits && !written.startsWith("-") && written.indexOf('.') < 0
            ? Integer.parseInt(written)
            : 0;
    if (port < 1 || port > HIGHEST_PORT) {
      findings.error(
          "invalid_port",
          "\""
              + MacroReader.shown(written)
              + "\" is no port; leave the colon out for the usual one.");
    }
    return port;
  }

  private void literal(Part.Literal part) {
    String literal = part.text();
    int i = part.at() == 0 ? pathStart : 0;
    while (i < literal.length()) {
      char c = literal.charAt(i);
      if (c == '#' && ForeignMacros.at(literal, i) == null) {
        findings.error(
            "fragment",
            "What stands behind a # is never sent to a server; remove it, or write %23 for the"
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

  private void endSegment() {
    if (inQuery) {
      return;
    }
    String fixed = segment.toString();
    boolean dots = fixed.equals(".") || fixed.equals("..");
    if (dots && !macroInSegment) {
      findings.error("dot_segment", "The path must not step through directories with /./ or /../.");
    }
    segmentsMayBecomeDots |= macroInSegment && (dots || fixed.isEmpty());
    segment.setLength(0);
    macroInSegment = false;
  }

  private static int indexOfAny(String text, String characters, int from) {
    int i = from;
    while (i < text.length() && characters.indexOf(text.charAt(i)) < 0) {
      i++;
    }
    return i;
  }
}
