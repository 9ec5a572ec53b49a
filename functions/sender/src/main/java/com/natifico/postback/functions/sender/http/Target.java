package com.natifico.postback.functions.sender.http;

import com.natifico.postback.egress.Host;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.hc.core5.http.HttpHost;

/**
 * A URL split into its parts. The part before the path decides where the request goes and is parsed
 * as strictly as the egress guard does; path and query are sent unchanged, except that characters
 * that HTTP does not allow are percent-encoded.
 *
 * @param port the effective one
 * @param path with the query, without the fragment
 */
record Target(String scheme, Host host, int port, String path) {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /**
   * @throws IllegalArgumentException if the URL cannot be sent to, with a message for users
   */
  static Target parse(String url) {
    int colon = url.indexOf("://");
    String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("The URL does not begin with https:// or http://.");
    }
    int start = colon + 3;
    int end = start;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    String authority = url.substring(start, end);
    if (authority.indexOf('@') >= 0) {
      throw new IllegalArgumentException("The URL contains a user; remove the part before @.");
    }
    int portColon = authority.lastIndexOf(':');
    boolean hasPort = portColon > authority.lastIndexOf(']');
    Host host = Host.parse(hasPort ? authority.substring(0, portColon) : authority);
    if (host instanceof Host.Invalid(var refusal)) {
      throw new IllegalArgumentException(refusal.message());
    }
    int defaultPort = scheme.equals("https") ? 443 : 80;
    String digits = hasPort ? authority.substring(portColon + 1) : "";
    return new Target(
        scheme, host, digits.isEmpty() ? defaultPort : port(digits), path(url.substring(end)));
  }

  private static int port(String digits) {
    int port = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      boolean isDigit = digit >= 0 && digit <= 9;
      port = isDigit && port <= 65_535 ? port * 10 + digit : 65_536;
    }
    if (port > 65_535) {
      throw new IllegalArgumentException("The port of the URL is not a number up to 65535.");
    }
    return port;
  }

  private static String path(String rest) {
    int fragment = rest.indexOf('#');
    String path = fragment < 0 ? rest : rest.substring(0, fragment);
    StringBuilder encoded = new StringBuilder(path.length() + 1);
    if (!path.startsWith("/")) {
      encoded.append('/');
    }
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 0x7f) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  /**
   * The host name for the Host header, SNI and the certificate; IPv6 addresses without brackets.
   */
  String hostName() {
    return switch (host) {
      case Host.Name(String ascii) -> ascii;
      case Host.Address address -> address.toString();
      case Host.Invalid _ -> throw new IllegalStateException("never parsed");
    };
  }

  /** The host and port to connect to. */
  HttpHost endpoint() {
    return new HttpHost(scheme, hostName(), port);
  }

  /** The Host header: a default port is omitted. */
  HttpHost hostHeader() {
    boolean defaultPort = port == (scheme.equals("https") ? 443 : 80);
    return new HttpHost(scheme, hostName(), defaultPort ? -1 : port);
  }
}
