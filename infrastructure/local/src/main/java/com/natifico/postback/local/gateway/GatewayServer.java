package com.natifico.postback.local.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.function.LocalFunction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP API on a port of the loopback interface. */
public final class GatewayServer implements AutoCloseable {
  /** API Gateway's limits for the body and for the request line with the header, in bytes. */
  private static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

  private static final int MAX_HEADER_BYTES = 10_240;

  /** How long to wait for requests in flight when stopping. */
  private static final long STOP_MILLIS = 2_000;

  private final Server server;
  private final ServerConnector connector;

  private GatewayServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Binds the port. Connections wait until {@link #serve}.
   *
   * @param port 0 for any free port
   * @throws StartFailure if the port is in use
   */
  public static GatewayServer bind(int port) {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("gateway");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    Server server = new Server(threads);
    server.setStopTimeout(STOP_MILLIS);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    http.setResponseHeaderSize(4 * MAX_HEADER_BYTES);
    // The routes interpret the path, not Jetty.
    http.setUriCompliance(UriCompliance.UNSAFE);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    server.setErrorHandler(GatewayServer::error);
    try {
      connector.open();
    } catch (IOException e) {
      throw new StartFailure(
          "Port %s is taken: stop what uses it, or choose another one with PORT=%s."
              .formatted(port, port == 65_535 ? 8081 : port + 1),
          e);
    }
    return new GatewayServer(server, connector);
  }

  public int port() {
    return connector.getLocalPort();
  }

  public void serve(
      HttpApi api, Map<String, LocalFunction> functions, ObjectMapper json, InstantSource clock) {
    Map<String, Authorizer> authorizers = new HashMap<>();
    api.authorizers()
        .forEach(
            (name, settings) -> {
              LocalFunction function = Objects.requireNonNull(functions.get(settings.functionId()));
              authorizers.put(
                  name,
                  new Authorizer(
                      settings.identity(), function, settings.keepDecisions(), clock, json));
            });
    Gateway gateway =
        new Gateway(
            new RouteTable(api.routes()),
            api.cors(),
            authorizers,
            functions,
            new ProxyEvents(json, clock),
            json);
    server.setHandler(new GracefulHandler(new GatewayHandler(gateway)));
    try {
      server.start();
    } catch (Exception e) {
      throw new StartFailure("The HTTP API does not start: " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
      connector.close();
    } catch (Exception e) {
      throw new IllegalStateException("The HTTP API does not stop", e);
    }
  }

  private static final class GatewayHandler extends Handler.Abstract {
    private final Gateway gateway;

    GatewayHandler(Gateway gateway) {
      this.gateway = gateway;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      byte[] body;
      try (InputStream in = Content.Source.asInputStream(request)) {
        body = in.readNBytes(MAX_BODY_BYTES + 1);
      }
      send(
          body.length > MAX_BODY_BYTES
              ? Outgoing.TOO_LARGE
              : gateway.answer(incoming(request, body)),
          response,
          callback);
      return true;
    }

    private static Incoming incoming(Request request, byte[] body) {
      List<Map.Entry<String, String>> fields = new ArrayList<>();
      for (HttpField field : request.getHeaders()) {
        fields.add(Map.entry(field.getName(), field.getValue() == null ? "" : field.getValue()));
      }
      String path = request.getHttpURI().getPath();
      String query = request.getHttpURI().getQuery();
      return new Incoming(
          request.getMethod(),
          path == null || path.isEmpty() ? "/" : path,
          query == null ? "" : query,
          request.getConnectionMetaData().getProtocol(),
          Request.getRemoteAddr(request),
          fields,
          ByteBuffer.wrap(body));
    }
  }

  private static void send(Outgoing answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    answer.cookies().forEach(cookie -> response.getHeaders().add("set-cookie", cookie));
    response.getHeaders().put("apigw-requestid", UUID.randomUUID().toString());
    response.write(true, answer.body(), callback);
  }

  /** Converts Jetty's errors into responses of API Gateway. */
  private static boolean error(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    send(
        status >= 500
            ? Outgoing.INTERNAL_SERVER_ERROR
            : Outgoing.message(status == 0 ? 400 : status, "Bad Request"),
        response,
        callback);
    return true;
  }
}
