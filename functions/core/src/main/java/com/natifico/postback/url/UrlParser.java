package com.natifico.postback.url;

import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads scheme, host and port of one URL; never looks anything up. */
final class UrlParser {
  private static final int MAX_PORT_DIGITS = 5;

  private final UrlParts parts;
  private final List<UrlProblem> problems = new ArrayList<>(0);

  UrlParser(UrlParts parts) {
    this.parts = parts;
  }

  HttpUrl parse() {
    if (parts.rest().startsWith("\\")) {
      invalidHost("A URL's address cannot contain a backslash; write / instead.");
    }
    Scheme scheme = Scheme.find(parts.scheme());
    if (scheme == null) {
      String shown = shown(parts.scheme());
      problem("invalid_scheme", "Callbacks are sent over https or http, not over " + shown + ".");
    }
    Host host = null;
    int port = -1;
    if (parts.userInfo() != null) {
      problem("user_info", "A URL must not carry a user name or password before its host.");
    } else if (isUnbracketed()) {
      String bracketed = "[" + parts.host() + ":" + parts.port() + "]";
      problems.add(
          new UrlProblem(
              "invalid_host",
              "An IPv6 address must be in brackets, as in [2001:db8::1].",
              v6(bracketed) == null ? null : bracketed));
    } else {
      host = host(parts.host());
      port = port(scheme, parts.port());
    }
    if (scheme == null || host == null || !problems.isEmpty()) {
      throw new InvalidUrlException(problems);
    }
    return new HttpUrl(parts, new Endpoint(scheme, host, port));
  }

  private void problem(String code, String message) {
    problems.add(new UrlProblem(code, message));
  }

  private @Nullable Host invalidHost(String message) {
    problem("invalid_host", message);
    return null;
  }

  private boolean isUnbracketed() {
    String port = parts.port();
    return port != null && port.indexOf(':') >= 0 && !parts.host().startsWith("[");
  }

  private static byte @Nullable [] v6(String bracketed) {
    return Addresses.v6(bracketed.substring(1, bracketed.length() - 1));
  }

  private @Nullable Host host(String host) {
    if (host.isEmpty()) {
      return invalidHost("The URL names no host.");
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      byte[] v6 = v6(host);
      return v6 == null
          ? invalidHost("There is no IPv6 address between the brackets of the host.")
          : new Host.Address(v6, true);
    }
    String ascii = ascii(host);
    if (ascii.endsWith(".")) {
      ascii = ascii.substring(0, ascii.length() - 1);
    }
    if (!isName(ascii)) {
      return invalidHost(
          "The host is neither a name nor an address; it may contain a-z, 0-9, hyphens,"
              + " underscores and dots.");
    }
    // A host that ends in a number is an address (WHATWG URL, "ends in a number checker"). No
    // top-level domain begins with a digit (RFC 1123, section 2.1), so this is applied to 0b1 as
    // well, which some parsers read as a number and inet_aton does not.
    char first = ascii.charAt(ascii.lastIndexOf('.') + 1);
    if (first < '0' || first > '9') {
      return new Host.Name(ascii);
    }
    byte[] address = Addresses.posixV4(ascii);
    return address == null
        ? invalidHost(
            "The host ends in a number, which a name cannot, but it is not an IPv4 address.")
        : new Host.Address(address, host.equals(Addresses.text(address)));
  }

  static boolean isAscii(String host) {
    for (int i = 0; i < host.length(); i++) {
      if (host.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** In lower case and in ASCII; empty if that is not possible. */
  private static String ascii(String host) {
    if (host.length() > 254) {
      return "";
    }
    try {
      // The class IDN is avoided where possible: it reads tables when it is initialized.
      return (isAscii(host) ? host : IDN.toASCII(host)).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static boolean isName(String ascii) {
    if (ascii.isEmpty() || ascii.length() > 253) {
      return false;
    }
    for (String label : ascii.split("\\.", -1)) {
      if (label.isEmpty() || label.length() > 63 || label.startsWith("-") || label.endsWith("-")) {
        return false;
      }
      for (int i = 0; i < label.length(); i++) {
        char c = label.charAt(i);
        boolean allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (!allowed) {
          return false;
        }
      }
    }
    return true;
  }

  private int port(@Nullable Scheme scheme, @Nullable String written) {
    if (written == null) {
      return scheme == null ? -1 : scheme.defaultPort();
    }
    int port = written.length() > MAX_PORT_DIGITS ? -1 : 0;
    for (int i = 0; i < written.length() && port >= 0; i++) {
      int digit = written.charAt(i) - '0';
      port = digit < 0 || digit > 9 ? -1 : port * 10 + digit;
    }
    if (!Endpoint.isPort(port)) {
      String shown = shown(written);
      problem(
          "invalid_port", "\"" + shown + "\" is not a port; omit the colon for the default one.");
    }
    return port;
  }

  /** Not more of it than belongs in a message. */
  static String shown(String text) {
    int end = text.offsetByCodePoints(0, Math.min(60, text.codePointCount(0, text.length())));
    return end == text.length() ? text : text.substring(0, end) + "...";
  }
}
