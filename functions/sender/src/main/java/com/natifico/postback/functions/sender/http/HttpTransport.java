package com.natifico.postback.functions.sender.http;

import com.natifico.postback.delivery.Attempt.Latency;
import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.functions.sender.http.AttemptTime.Deadline;
import com.natifico.postback.functions.sender.http.Progress.Stage;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.url.InvalidUrlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.DefaultHttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends callbacks over HTTP/1.1. It uses HttpClient 5's connections and protocol without its higher
 * layers: no redirects, retries, cookies, authentication, decompression or proxy. Safe for use by
 * many (virtual) threads at once; one instance serves the whole function.
 */
public final class HttpTransport implements Transport, AutoCloseable {
  private static final int MAX_LOCATION_BYTES = 512;

  private static final String REPEATED =
      "The endpoint closed an idle connection before it responded; the request was sent again on a"
          + " new one.";

  private static final HttpProcessor HEADERS =
      new DefaultHttpProcessor(new RequestContent(), new RequestTargetHost());

  private final Budgets budgets;
  private final AttemptTime time;
  private final GuardedConnector connector;
  private final HttpClientConnectionManager connections;

  /** Sends to the internet. */
  public HttpTransport(EgressGuard guard) {
    this(
        guard,
        NameResolver.system(),
        CertificateCheck.trusting(null),
        Budgets.DEPLOYED,
        AttemptTime.system());
  }

  /**
   * @param time is closed with the transport
   */
  public HttpTransport(
      EgressGuard guard,
      NameResolver resolver,
      CertificateCheck certificates,
      Budgets budgets,
      AttemptTime time) {
    this.budgets = budgets;
    this.time = time;
    this.connector = new GuardedConnector(guard, resolver, Connections.tls(certificates), budgets);
    this.connections = Connections.through(connector, budgets);
  }

  @Override
  public Answer send(CallbackRequest request, Map<String, String> headers, BodyUse use) {
    Progress progress = new Progress(time);
    Target target;
    try {
      target = Target.of(request.url());
    } catch (InvalidUrlException e) {
      String error = String.valueOf(e.getMessage());
      return new Answer(new Failure(Outcome.BLOCKED, error).exchange(progress.latency(), null));
    }
    Deadline deadline = time.after(budgets.total(), progress::expire);
    try {
      return exchange(httpRequest(request, target, headers), target, progress, use);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(e, target, progress);
    } catch (Exception e) {
      return failed(e, target, progress);
    } finally {
      deadline.cancel();
    }
  }

  private Answer failed(Exception e, Target target, Progress progress) {
    String note = progress.isRepeated() ? REPEATED : null;
    return new Answer(Failure.of(e, target, progress, budgets).exchange(progress.latency(), note));
  }

  private Answer exchange(ClassicHttpRequest request, Target target, Progress progress, BodyUse use)
      throws IOException,
          HttpException,
          InterruptedException,
          ExecutionException,
          TimeoutException {
    HttpClientContext context = HttpClientContext.create();
    context.setAttribute(Progress.ATTRIBUTE, progress);
    context.setAttribute(Target.ATTRIBUTE, target);
    HEADERS.process(request, request.getEntity(), context);
    ConnectionEndpoint endpoint = lease(target, progress);
    TimeValue keepFor = null;
    try {
      progress.watch(endpoint);
      if (endpoint.isConnected() && isUnusable(endpoint, request, context)) {
        endpoint.close(CloseMode.IMMEDIATE);
      }
      boolean reused = endpoint.isConnected();
      TrackerResponse response;
      try {
        response = request(request, endpoint, progress, context);
      } catch (IOException e) {
        if (!reused || e instanceof PartialResponseException || Failure.isLate(e, progress)) {
          throw e;
        }
        // The endpoint closed the idle connection while it was being reused.
        endpoint.close(CloseMode.IMMEDIATE);
        progress.repeat();
        response = request(request, endpoint, progress, context);
        response.addNote(REPEATED);
      }
      progress.enter(Stage.BODY);
      Snippet.Body body = body(response, progress, use);
      if (body.isComplete() && response.isWellFormed() && response.isFollowedByInput()) {
        response.addFault("The endpoint sent more bytes than the response has.");
      }
      if (body.isComplete()
          && response.isWellFormed()
          && DefaultClientConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context)) {
        keepFor =
            DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
      }
      String judged =
          switch (use) {
            case LOG -> "";
            case RULES -> Snippet.text(body, value(response, "Content-Type"));
          };
      return new Answer(answered(response, body, progress.latency()), judged);
    } finally {
      progress.end();
      if (keepFor == null) {
        endpoint.close(CloseMode.IMMEDIATE);
      }
      connections.release(endpoint, null, keepFor);
    }
  }

  /**
   * Whether the endpoint has sent something on an idle connection, which would be taken for the
   * response to the next request, or the connection is broken. Nothing has been sent on it yet.
   */
  private static boolean isUnusable(
      ConnectionEndpoint endpoint, ClassicHttpRequest next, HttpClientContext context)
      throws HttpException {
    AtomicBoolean has = new AtomicBoolean();
    try {
      endpoint.execute(
          "",
          next,
          (_, connection, _) -> {
            has.set(
                connection instanceof ManagedHttpClientConnection managed
                    && managed.getSocket().getInputStream().available() > 0);
            return null;
          },
          context);
    } catch (IOException _) {
      return true;
    }
    return has.get();
  }

  private TrackerResponse request(
      ClassicHttpRequest request,
      ConnectionEndpoint endpoint,
      Progress progress,
      HttpClientContext context)
      throws IOException, HttpException {
    if (endpoint.isConnected()) {
      progress.enter(Stage.RESPONSE);
    } else {
      connections.connect(endpoint, null, context);
    }
    return (TrackerResponse)
        endpoint.execute("", request, (sent, connection, _) -> answer(sent, connection), context);
  }

  private static TrackerResponse answer(ClassicHttpRequest request, HttpClientConnection connection)
      throws IOException, HttpException {
    connection.sendRequestHeader(request);
    if (request.getEntity() != null) {
      connection.sendRequestEntity(request);
    }
    connection.flush();
    TrackerResponse response = (TrackerResponse) connection.receiveResponseHeader();
    if (response.hasReadableBody()
        && MessageSupport.canResponseHaveBody(request.getMethod(), response)) {
      try {
        connection.receiveResponseEntity(response);
      } catch (IOException _) {
        response.endHead("The body of the response could not be read.");
      }
    }
    return response;
  }

  private ConnectionEndpoint lease(Target target, Progress progress)
      throws InterruptedException, ExecutionException, TimeoutException {
    Timeout left = Timeout.ofNanoseconds(progress.remaining(budgets.total().toNanos()));
    return connections.lease("", new HttpRoute(target.host()), left, null).get(left);
  }

  private Snippet.Body body(TrackerResponse response, Progress progress, BodyUse use)
      throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return Snippet.Body.NONE;
    }
    Duration budget =
        switch (use) {
          case LOG -> budgets.body();
          case RULES -> budgets.judgedBody();
        };
    Deadline deadline = time.after(budget, progress::expire);
    try {
      Snippet.Body body =
          Snippet.read(entity.getContent(), entity.getContentLength(), budgets.readBytes());
      if (body.isBroken()) {
        response.addFault(
            progress.isExpired()
                ? "The body of the response was not complete in time."
                : "The body of the response broke off.");
      }
      return body;
    } finally {
      deadline.cancel();
    }
  }

  private Exchange answered(TrackerResponse response, Snippet.Body body, Latency latency) {
    int status = response.getCode();
    Outcome outcome =
        switch (status / 100) {
          case 2 -> Outcome.DELIVERED;
          case 3 -> Outcome.REDIRECT;
          default -> Outcome.HTTP_ERROR;
        };
    String error =
        switch (outcome) {
          case DELIVERED -> null;
          case REDIRECT -> redirectError(status, value(response, "Location"));
          default -> "The endpoint answered " + status + ".";
        };
    String snippet =
        Snippet.of(
            body,
            value(response, "Content-Type"),
            value(response, "Content-Encoding"),
            budgets.keptBytes());
    String note = response.notes().isEmpty() ? null : String.join(" ", response.notes());
    return new Exchange(
        new AttemptResult(outcome, status, latency, snippet, error, note),
        value(response, "Retry-After"));
  }

  private static String redirectError(int status, @Nullable String location) {
    String where =
        location == null
            ? "It named no Location."
            : "Location: " + Snippet.cut(Snippet.visible(location), true, MAX_LOCATION_BYTES);
    return "The endpoint answered " + status + "; redirects are not followed. " + where;
  }

  private static @Nullable String value(ClassicHttpResponse response, String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  private static ClassicHttpRequest httpRequest(
      CallbackRequest request, Target target, Map<String, String> headers) {
    BasicClassicHttpRequest httpRequest =
        new BasicClassicHttpRequest(request.method().name(), target.hostHeader(), target.path());
    headers.forEach(httpRequest::setHeader);
    if (request.body() != null) {
      // Always UTF-8, regardless of the content type: the signature covers these bytes.
      byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
      httpRequest.setEntity(new ByteArrayEntity(body, null));
      if (request.contentType() != null) {
        httpRequest.setHeader("Content-Type", request.contentType());
      }
    }
    return httpRequest;
  }

  /** Closes all connections. */
  @Override
  public void close() {
    time.close();
    connector.close();
    connections.close(CloseMode.IMMEDIATE);
  }
}
