package com.natifico.postback.functions.sender.http;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Configures HttpClient's connections. */
final class Connections {
  /** Half of Lambda's limit on file descriptors; idle connections are closed first. */
  private static final int MAX_CONNECTIONS = 512;

  /**
   * Connections to one host; more than the size of a batch, so that no message waits for a
   * connection.
   */
  private static final int MAX_CONNECTIONS_PER_ENDPOINT = 256;

  private static final TimeValue MAX_LIFE = TimeValue.ofSeconds(60);

  /**
   * A Lambda freezes between invocations, and its connections break unnoticed. A check costs about
   * 1 ms, so recently used connections are not checked.
   */
  private static final TimeValue VALIDATE_AFTER_IDLE = TimeValue.ofMilliseconds(100);

  private Connections() {}

  static HttpClientConnectionManager through(
      HttpClientConnectionOperator connector, Budgets budgets) {
    PoolingHttpClientConnectionManagerBuilder builder =
        new PoolingHttpClientConnectionManagerBuilder() {
          @Override
          protected HttpClientConnectionOperator createConnectionOperator(
              SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
            return connector;
          }
        };
    // The deadline closes a connection that hangs; this timeout is a fallback.
    Timeout atLeast = Timeout.of(budgets.total());
    return builder
        .setMaxConnTotal(MAX_CONNECTIONS)
        .setMaxConnPerRoute(MAX_CONNECTIONS_PER_ENDPOINT)
        .setOffLockDisposalEnabled(true)
        .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(atLeast).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setSocketTimeout(atLeast)
                .setTimeToLive(MAX_LIFE)
                .setValidateAfterInactivity(VALIDATE_AFTER_IDLE)
                .build())
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(ResponseHeadParser.LIMITS)
                .responseParserFactory(ResponseHeadParser.FACTORY)
                .build())
        .build();
  }

  static TlsSocketStrategy tls(CertificateCheck certificates) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {certificates}, null);
      // The versions are named explicitly: Lambda's runtime client clears the JDK's list of
      // disabled protocols, which would re-enable TLS 1.0 and 1.1.
      return new DefaultClientTlsStrategy(
          context,
          new String[] {"TLSv1.3", "TLSv1.2"},
          null,
          SSLBufferMode.STATIC,
          HostnameVerificationPolicy.BUILTIN,
          null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
