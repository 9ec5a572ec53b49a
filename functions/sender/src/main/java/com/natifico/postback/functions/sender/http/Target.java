package com.natifico.postback.functions.sender.http;

import com.natifico.postback.url.Endpoint;
import com.natifico.postback.url.HttpUrl;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.hc.core5.http.HttpHost;

/**
 * Where a request goes and what it asks for. Path and query are sent unchanged, except that
 * characters that HTTP does not allow are percent-encoded.
 *
 * @param path with the query, without the fragment
 */
record Target(Endpoint endpoint, String path) {
  /** The name of an attempt's target in its HTTP context. */
  static final String ATTRIBUTE = "postback.target";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /**
   * @throws com.natifico.postback.url.InvalidUrlException if no request can be sent to it
   */
  static Target of(String url) {
    HttpUrl parsed = HttpUrl.of(url);
    return new Target(parsed.endpoint(), path(parsed.written().rest()));
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
    return endpoint.host().text();
  }

  /** The host and port to connect to. */
  HttpHost host() {
    return new HttpHost(endpoint.scheme().word(), hostName(), endpoint.port());
  }

  /** The Host header: a default port is omitted. */
  HttpHost hostHeader() {
    boolean defaultPort = endpoint.port() == endpoint.scheme().defaultPort();
    return new HttpHost(endpoint.scheme().word(), hostName(), defaultPort ? -1 : endpoint.port());
  }
}
