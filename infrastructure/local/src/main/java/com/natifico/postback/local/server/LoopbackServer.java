package com.natifico.postback.local.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * A server on a port of the loopback interface: the engines listen on one, and so do the trackers
 * of the demo, the tests and the benchmarks.
 */
public final class LoopbackServer implements AutoCloseable {
  /** The benchmarks open thousands of connections at the same time. */
  private static final int BACKLOG = 4_096;

  /** Longer than any intentionally delayed response. */
  private static final long IDLE_MILLIS = 600_000;

  /** Responds to a request. It may block, because every request has its own virtual thread. */
  @FunctionalInterface
  public interface Answering {
    Answer answer(Received request) throws IOException, InterruptedException;
  }

  /**
   * A request.
   *
   * @param target the path and query as sent
   * @param headers the first value of each header, by lower-case name
   * @param clientPort distinguishes connections
   */
  public record Received(
      String method, String target, Map<String, String> headers, ByteBuffer body, int clientPort) {
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }

    public String text() {
      return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
    }
  }

  /**
   * @param status 0 closes the connection without a response
   */
  public record Answer(int status, Map<String, String> headers, String body) {
    /** Closes the connection without a response. */
    public static final Answer NONE = new Answer(0, Map.of(), "");

    public static Answer of(int status) {
      return new Answer(status, Map.of(), "");
    }

    public static Answer ok(String contentType, String body) {
      return new Answer(200, Map.of("content-type", contentType), body);
    }
  }

  private final Server server;
  private final ServerConnector connector;

  private LoopbackServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /** Starts a server on any free port. */
  public static LoopbackServer answering(Answering answering) {
    return answering(0, null, answering);
  }

  /**
   * @param port 0 for any free port
   * @param tls the settings for https; null for http
   */
  public static LoopbackServer answering(
      int port, SslContextFactory.@Nullable Server tls, Answering answering) {
    QueuedThreadPool threads = threads("answers");
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    return start(threads, port, tls, new AnsweringHandler(answering));
  }

  /**
   * Starts a server for a Jetty handler.
   *
   * @param name the name of its threads
   * @param port 0 for any free port
   */
  public static LoopbackServer start(String name, int port, Handler handler) {
    return start(threads(name), port, null, handler);
  }

  private static QueuedThreadPool threads(String name) {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName(name);
    threads.setDaemon(true);
    return threads;
  }

  private static LoopbackServer start(
      QueuedThreadPool threads, int port, SslContextFactory.@Nullable Server tls, Handler handler) {
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    // A tracker accepts every URL that a macro can produce.
    http.setUriCompliance(UriCompliance.UNSAFE);
    ServerConnector connector =
        new ServerConnector(
            server,
            1,
            1,
            AbstractConnectionFactory.getFactories(tls, new HttpConnectionFactory(http)));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setAcceptQueueSize(BACKLOG);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.setHandler(handler);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("A server does not start on port " + port + ": " + e, e);
    }
    return new LoopbackServer(server, connector);
  }

  public int port() {
    return connector.getLocalPort();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The server on port " + port() + " does not stop", e);
    }
  }

  private static final class AnsweringHandler extends Handler.Abstract {
    private final Answering answering;

    AnsweringHandler(Answering answering) {
      this.answering = answering;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      byte[] body;
      try (InputStream in = Content.Source.asInputStream(request)) {
        body = in.readAllBytes();
      }
      Map<String, String> headers = new HashMap<>();
      for (HttpField field : request.getHeaders()) {
        headers.putIfAbsent(field.getName().toLowerCase(Locale.ROOT), field.getValue());
      }
      Answer answer =
          answering.answer(
              new Received(
                  request.getMethod(),
                  request.getHttpURI().getPathQuery(),
                  headers,
                  ByteBuffer.wrap(body),
                  Request.getRemotePort(request)));
      if (answer.status() == 0) {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        callback.failed(new IOException("closed without a response"));
        return true;
      }
      response.setStatus(answer.status());
      answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
      response.write(
          true, ByteBuffer.wrap(answer.body().getBytes(StandardCharsets.UTF_8)), callback);
      return true;
    }
  }
}
