package com.natifico.postback.endtoend;

import com.natifico.postback.local.server.LoopbackServer;
import com.natifico.postback.local.server.LoopbackServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Forwards requests to an engine and keeps those that contain one of some texts, or whose response
 * does.
 */
final class WireTap implements AutoCloseable {
  /** Headers that the HTTP client or the server sets itself. */
  private static final Set<String> NOT_FORWARDED =
      Set.of("host", "content-length", "connection", "transfer-encoding", "date", "server");

  /**
   * @param operation as in {@code DynamoDB_20120810.GetItem}
   */
  record Call(String operation, String request, String response) {}

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI engine;
  private final List<String> marks;
  private final List<Call> marked = new CopyOnWriteArrayList<>();
  private final LoopbackServer server = LoopbackServer.answering(this::answer);

  WireTap(URI engine, List<String> marks) {
    this.engine = engine;
    this.marks = marks;
  }

  URI endpoint() {
    return server.endpoint();
  }

  /** The calls with such a text. */
  List<Call> marked() {
    return List.copyOf(marked);
  }

  private Answer answer(LoopbackServer.Received received) throws IOException, InterruptedException {
    HttpRequest.Builder onward =
        HttpRequest.newBuilder(engine.resolve(received.target()))
            .method(received.method(), BodyPublishers.ofString(received.text()));
    received
        .headers()
        .forEach(
            (name, value) -> {
              if (!NOT_FORWARDED.contains(name)) {
                onward.header(name, value);
              }
            });
    HttpResponse<String> response = client.send(onward.build(), BodyHandlers.ofString());
    Call call = new Call(received.header("x-amz-target"), received.text(), response.body());
    if (marks.stream().anyMatch(m -> call.request.contains(m) || call.response.contains(m))) {
      marked.add(call);
    }
    Map<String, String> headers = new HashMap<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!NOT_FORWARDED.contains(name)) {
                headers.put(name, values.getFirst());
              }
            });
    return new Answer(response.statusCode(), headers, response.body());
  }

  @Override
  public void close() {
    server.close();
    client.shutdownNow();
  }
}
