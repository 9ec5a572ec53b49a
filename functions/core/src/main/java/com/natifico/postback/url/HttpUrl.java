package com.natifico.postback.url;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A URL to which a callback can be sent, as far as its form decides that; where a callback may go
 * is decided by the egress guard.
 *
 * @param written its parts; path, query and fragment are not checked
 * @param endpoint what scheme, host and port mean
 */
public record HttpUrl(UrlParts written, Endpoint endpoint) {
  /**
   * @throws InvalidUrlException with every problem
   */
  public static HttpUrl of(String url) {
    UrlParts parts = UrlParts.find(url);
    if (parts == null) {
      throw new InvalidUrlException(
          List.of(new UrlProblem("invalid_scheme", "A URL begins with https:// or http://.")));
    }
    return of(parts);
  }

  /**
   * @throws InvalidUrlException with every problem
   */
  public static HttpUrl of(UrlParts parts) {
    return new UrlParser(parts).parse();
  }

  /**
   * Why this URL is not stored as it is written; null if there is no reason.
   *
   * <p>A request to an international name goes where IDNA 2003 says (RFC 3490). IDNA 2008 (RFC
   * 5891) reads some characters differently, such as the sharp s; so the caller has to confirm the
   * ASCII form, which is suggested only where the two agree.
   */
  public @Nullable UrlProblem notInAscii() {
    String host = written.host();
    if (UrlParser.isAscii(host)) {
      return null;
    }
    String ascii = endpoint.host().text();
    return new UrlProblem(
        "invalid_host",
        "The host \"" + UrlParser.shown(host) + "\" must be written in ASCII.",
        IDN.toUnicode(ascii).equals(host.toLowerCase(Locale.ROOT)) ? ascii : null);
  }
}
