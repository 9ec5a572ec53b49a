package com.natifico.postback.functions.sender.http;

import com.natifico.postback.url.Endpoint;
import com.natifico.postback.url.HttpUrl;
import org.apache.hc.core5.http.HttpHost;

/**
 * Where a request goes and what it asks for.
 *
 * @param path the request target, as {@code webhook-url-signature} covers it
 */
record Target(Endpoint endpoint, String path) {
  /** The name of an attempt's target in its HTTP context. */
  static final String ATTRIBUTE = "postback.target";

  /**
   * @throws com.natifico.postback.url.InvalidUrlException if no request can be sent to it
   */
  static Target of(String url) {
    HttpUrl parsed = HttpUrl.of(url);
    return new Target(parsed.endpoint(), parsed.written().requestTarget());
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
