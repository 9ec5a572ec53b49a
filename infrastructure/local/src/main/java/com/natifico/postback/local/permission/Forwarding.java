package com.natifico.postback.local.permission;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** A door on a port of its own, for an engine whose server is not ours: ElasticMQ. */
public final class Forwarding implements AutoCloseable {
  private static final List<String> HEADERS = List.of("content-type", "x-amz-target");

  /** The HTTP client writes them itself, as they are signed. */
  private static final Set<String> CLIENTS_OWN = Set.of("host", "content-length");

  private final Server server;
  private final HttpClient client;
  private final URI endpoint;

  private Forwarding(Server server, HttpClient client, URI endpoint) {
    this.server = server;
    this.client = client;
    this.endpoint = endpoint;
  }

  /**
   * @param engine where what is allowed goes on to
   */
  public static Forwarding start(Roles roles, URI engine) {
    return open(roles, engine, null);
  }

  /** The same for an engine that looks at signatures. */
  public static Forwarding start(Roles roles, URI engine, Signature signature) {
    return open(roles, engine, signature);
  }

  private static Forwarding open(Roles roles, URI engine, @Nullable Signature signature) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("sqs-door");
    threads.setDaemon(true);
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Door(roles, new Forward(client, engine, signature)));
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("The door to SQS does not open", e);
    }
    return new Forwarding(
        server, client, URI.create("http://127.0.0.1:" + connector.getLocalPort()));
  }

  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    try {
      server.stop();
      client.shutdownNow();
    } catch (Exception e) {
      throw new IllegalStateException("The door to SQS does not close", e);
    }
  }

  private static final class Forward extends Handler.Abstract {
    private final HttpClient client;
    private final URI engine;
    private final @Nullable Signature signature;

    Forward(HttpClient client, URI engine, @Nullable Signature signature) {
      this.client = client;
      this.engine = engine;
      this.signature = signature;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException, InterruptedException {
      URI address = engine.resolve(request.getHttpURI().getPathQuery());
      byte[] body = Door.body(request);
      HttpRequest.Builder onward =
          HttpRequest.newBuilder(address)
              .method(request.getMethod(), BodyPublishers.ofByteArray(body));
      Map<String, String> headers = new HashMap<>();
      for (String name : HEADERS) {
        String value = request.getHeaders().get(name);
        if (value != null) {
          headers.put(name, value);
        }
      }
      headers.forEach(onward::setHeader);
      if (signature != null) {
        signature
            .sign(request.getMethod(), address, headers, body)
            .forEach(
                (name, values) -> {
                  if (!CLIENTS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
                    onward.setHeader(name, values.getFirst());
                  }
                });
      }
      HttpResponse<byte[]> answer = client.send(onward.build(), BodyHandlers.ofByteArray());
      response.setStatus(answer.statusCode());
      answer
          .headers()
          .firstValue("content-type")
          .ifPresent(type -> response.getHeaders().put("content-type", type));
      response.write(true, ByteBuffer.wrap(answer.body()), callback);
      return true;
    }
  }
}
