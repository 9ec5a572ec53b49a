package com.natifico.postback.url;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A URL divided at its delimiters (RFC 3986, section 3), as it was written and with nothing
 * checked. A backslash also ends the host, because some parsers read it as a slash.
 *
 * @param scheme without {@code ://}
 * @param userInfo without the {@code @}; null if there is none
 * @param host an IPv6 address with its brackets
 * @param port without the colon; null if there is none
 * @param rest path, query and fragment; empty, or beginning with one of {@code / ? # \}
 */
public record UrlParts(
    String scheme, @Nullable String userInfo, String host, @Nullable String port, String rest) {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** Null if the text does not begin with a scheme and {@code ://}. */
  public static @Nullable UrlParts find(String url) {
    int colon = delimiter(url, 0) - 1;
    if (colon < 0 || !url.startsWith("://", colon)) {
      return null;
    }
    int end = delimiter(url, colon + 3);
    String authority = url.substring(colon + 3, end);
    int at = authority.lastIndexOf('@');
    int portColon = authority.indexOf(':', Math.max(at, authority.lastIndexOf(']')) + 1);
    return new UrlParts(
        url.substring(0, colon),
        at < 0 ? null : authority.substring(0, at),
        authority.substring(at + 1, portColon < 0 ? authority.length() : portColon),
        portColon < 0 ? null : authority.substring(portColon + 1),
        url.substring(end));
  }

  /** Where the text before the first delimiter of a path, query or fragment ends. */
  public static int delimiter(String url, int from) {
    int i = from;
    while (i < url.length() && "/?#\\".indexOf(url.charAt(i)) < 0) {
      i++;
    }
    return i;
  }

  /** What is between the scheme and the rest, in lower case. */
  public String authority() {
    return ((userInfo == null ? "" : userInfo + "@") + host + (port == null ? "" : ":" + port))
        .toLowerCase(Locale.ROOT);
  }

  /**
   * The target of a request line (RFC 9112, section 3.2.1): path and query as they are written, in
   * ASCII. Only characters that HTTP does not allow there are percent-encoded, and a missing path
   * becomes a slash. The request is sent with it, and {@code webhook-url-signature} covers it.
   */
  public String requestTarget() {
    int fragment = rest.indexOf('#');
    String target = fragment < 0 ? rest : rest.substring(0, fragment);
    StringBuilder encoded = new StringBuilder(target.length() + 1);
    if (!target.startsWith("/")) {
      encoded.append('/');
    }
    for (byte b : target.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 0x7f) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }
}
