package com.natifico.postback.local.permission;

import com.natifico.postback.local.server.LoopbackServer;
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
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A proxy with an {@link IamFilter} on a separate port, for engines that have their own server. */
public final class IamProxy implements AutoCloseable {
  private static final List<String> HEADERS = List.of("content-type", "x-amz-target");

  /** Headers that the HTTP client sets itself. */
  private static final Set<String> CLIENTS_OWN = Set.of("host", "content-length");

  private final LoopbackServer server;
  private final HttpClient client;

  private IamProxy(LoopbackServer server, HttpClient client) {
    this.server = server;
    this.client = client;
  }

  /**
   * @param engine receives allowed requests
   * @param signature signs requests for an engine that checks signatures; null for other engines
   */
  public static IamProxy start(Roles roles, URI engine, @Nullable Signature signature) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Handler forward = new Forward(client, engine, signature);
    return new IamProxy(
        LoopbackServer.start("iam-proxy", 0, new IamFilter(roles, forward)), client);
  }

  public URI endpoint() {
    return server.endpoint();
  }

  @Override
  public void close() {
    server.close();
    client.shutdownNow();
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
      byte[] body = IamFilter.body(request);
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
