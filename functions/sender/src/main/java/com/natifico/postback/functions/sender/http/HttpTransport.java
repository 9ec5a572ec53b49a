package com.natifico.postback.functions.sender.http;

import com.natifico.postback.delivery.Attempt.Latency;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.functions.sender.http.Progress.Stage;
import com.natifico.postback.postback.CallbackRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Callbacks over HTTP/1.1, by HttpClient 5 in its minimal form: no redirects, no repeats, no
 * cookies, no authentication, no decompression, no proxy. Safe for use by many (virtual) threads at
 * once; one for the whole function.
 */
public final class HttpTransport implements Transport, AutoCloseable {
  /** Half of the file descriptors that a Lambda has; idle connections give way first. */
  private static final int MAX_CONNECTIONS = 512;

  /** So many to one host; above the size of a batch, so that nobody waits for a connection. */
  private static final int MAX_CONNECTIONS_PER_ENDPOINT = 256;

  private static final TimeValue MAX_CONNECTION_LIFE = TimeValue.ofSeconds(60);

  /** A Lambda freezes between invocations, and its connections die without its noticing. */
  private static final TimeValue VALIDATE_AFTER_IDLE = TimeValue.ofSeconds(1);

  private static final int MAX_LOCATION_BYTES = 512;

  private final Budgets budgets;
  private final LongSupplier nanoTime;
  private final GuardedConnector connector;
  private final CloseableHttpClient client;
  private final RequestConfig requestConfig;
  private final ScheduledThreadPoolExecutor deadlines;

  /** To the real world. */
  public HttpTransport(EgressGuard guard) {
    this(
        guard,
        NameResolver.system(),
        CertificateCheck.trusting(null),
        Budgets.DESIGN,
        System::nanoTime);
  }

  /**
   * @param nanoTime measures the latencies, as {@link System#nanoTime} does
   */
  public HttpTransport(
      EgressGuard guard,
      NameResolver resolver,
      CertificateCheck certificates,
      Budgets budgets,
      LongSupplier nanoTime) {
    this.budgets = budgets;
    this.nanoTime = nanoTime;
    this.connector = new GuardedConnector(guard, resolver, tls(certificates), budgets);
    this.client = client(connector, budgets);
    Timeout total = Timeout.of(budgets.total());
    this.requestConfig =
        RequestConfig.custom().setConnectionRequestTimeout(total).setResponseTimeout(total).build();
    this.deadlines =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("deadlines").factory());
    this.deadlines.setRemoveOnCancelPolicy(true);
  }

  private static TlsSocketStrategy tls(CertificateCheck certificates) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {certificates}, null);
      // Named, because Lambda's runtime client lets TLS 1.0 and 1.1 through again (facts.md).
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

  private static CloseableHttpClient client(GuardedConnector connector, Budgets budgets) {
    PoolingHttpClientConnectionManagerBuilder connections =
        new PoolingHttpClientConnectionManagerBuilder() {
          @Override
          protected HttpClientConnectionOperator createConnectionOperator(
              SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
            return connector;
          }
        };
    return HttpClients.createMinimal(
        connections
            .setMaxConnTotal(MAX_CONNECTIONS)
            .setMaxConnPerRoute(MAX_CONNECTIONS_PER_ENDPOINT)
            .setOffLockDisposalEnabled(true)
            .setDefaultSocketConfig(
                SocketConfig.custom().setSoTimeout(Timeout.of(budgets.total())).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setTimeToLive(MAX_CONNECTION_LIFE)
                    .setValidateAfterInactivity(VALIDATE_AFTER_IDLE)
                    .build())
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder()
                    .http1Config(CompleteHeadParser.limits())
                    .responseParserFactory(CompleteHeadParser.FACTORY)
                    .build())
            .build());
  }

  @Override
  public Exchange send(CallbackRequest request, Map<String, String> headers) {
    Progress progress = new Progress(nanoTime);
    Target target;
    try {
      target = Target.parse(request.url());
    } catch (IllegalArgumentException e) {
      return failed(Outcome.BLOCKED, progress, String.valueOf(e.getMessage()));
    }
    HttpUriRequestBase httpRequest = httpRequest(request, target, headers);
    Future<?> deadline =
        deadlines.schedule(
            () -> {
              progress.expire();
              // Closes the connection under whatever is going on: a look-up, a handshake, a body.
              httpRequest.cancel();
            },
            budgets.total().toNanos(),
            TimeUnit.NANOSECONDS);
    try {
      return exchange(httpRequest, target, progress);
    } catch (IOException | RuntimeException e) {
      return Failure.of(e, target, progress, budgets).exchange(progress.latency());
    } finally {
      deadline.cancel(false);
    }
  }

  private Exchange exchange(HttpUriRequestBase request, Target target, Progress progress)
      throws IOException {
    HttpClientContext context = HttpClientContext.create();
    context.setAttribute(Progress.ATTRIBUTE, progress);
    try (ClassicHttpResponse response = client.executeOpen(target.httpHost(), request, context)) {
      if (progress.stage() != Stage.RESPONSE) {
        // The connection was there already.
        progress.enter(Stage.RESPONSE);
      }
      progress.enter(Stage.BODY);
      String snippet = snippet(response, request);
      return answered(response, progress.latency(), snippet);
    }
  }

  private String snippet(ClassicHttpResponse response, HttpUriRequestBase request)
      throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return "";
    }
    Snippet.Body body =
        Snippet.read(entity.getContent(), entity.getContentLength(), budgets.readBytes());
    if (!body.complete()) {
      // Closes the connection; otherwise the client would read the rest to keep it.
      request.cancel();
    }
    return Snippet.of(
        body, entity.getContentType(), entity.getContentEncoding(), budgets.keptBytes());
  }

  private static Exchange answered(ClassicHttpResponse response, Latency latency, String snippet) {
    int status = response.getCode();
    String retryAfter = value(response, "Retry-After");
    if (status / 100 == 2) {
      return new Exchange(Outcome.DELIVERED, status, latency, snippet, null, retryAfter);
    }
    if (status / 100 != 3) {
      String error = "The endpoint answered " + status + ".";
      return new Exchange(Outcome.HTTP_ERROR, status, latency, snippet, error, retryAfter);
    }
    String location = value(response, "Location");
    String error =
        "The endpoint answered "
            + status
            + "; redirects are not followed. "
            + (location == null
                ? "It named no Location."
                : "Location: " + Snippet.cut(Snippet.visible(location), true, MAX_LOCATION_BYTES));
    return new Exchange(Outcome.REDIRECT, status, latency, snippet, error, retryAfter);
  }

  private static @Nullable String value(ClassicHttpResponse response, String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  private static Exchange failed(Outcome outcome, Progress progress, String error) {
    return new Exchange(outcome, null, progress.latency(), null, error, null);
  }

  private HttpUriRequestBase httpRequest(
      CallbackRequest request, Target target, Map<String, String> headers) {
    HttpHost host = target.httpHost();
    // The path is set apart from the URI, which would not take everything that trackers do.
    HttpUriRequestBase httpRequest =
        new HttpUriRequestBase(request.method().name(), URI.create("/"));
    httpRequest.setScheme(host.getSchemeName());
    httpRequest.setAuthority(new URIAuthority(host.getHostName(), host.getPort()));
    httpRequest.setPath(target.path());
    httpRequest.setConfig(requestConfig);
    headers.forEach(httpRequest::setHeader);
    if (request.body() != null) {
      // UTF-8 whatever the type says: these are the bytes that are signed.
      String contentType = request.contentType();
      httpRequest.setEntity(
          new ByteArrayEntity(request.body().getBytes(StandardCharsets.UTF_8), null));
      if (contentType != null) {
        httpRequest.setHeader("Content-Type", contentType);
      }
    }
    return httpRequest;
  }

  /** Closes all connections. */
  @Override
  public void close() throws IOException {
    deadlines.shutdownNow();
    connector.close();
    client.close();
  }
}
