package com.natifico.postback.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** An affiliate's tracker: a real HTTP receiver that answers each path as it is told. */
public final class Tracker implements AutoCloseable {
  /** A callback that arrived. */
  public record Received(
      String method, String path, String query, String body, Map<String, String> headers) {}

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Map<String, Queue<Integer>> answers = new ConcurrentHashMap<>();

  public Tracker() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /** The URL of a path of this tracker. */
  public String url(String pathAndQuery) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + pathAndQuery;
  }

  /** The next requests to this path are answered so, and with 200 after that. */
  public void answers(String path, Integer... statuses) {
    answers.put(path, new ConcurrentLinkedQueue<>(List.of(statuses)));
  }

  /** What arrived at this path. */
  public List<Received> received(String path) {
    return received.stream().filter(each -> each.path().equals(path)).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String query = exchange.getRequestURI().getRawQuery();
      Map<String, String> headers = new ConcurrentHashMap<>();
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) ->
                  headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
      received.add(
          new Received(
              exchange.getRequestMethod(),
              path,
              query == null ? "" : query,
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
              headers));
      Integer status = answers.getOrDefault(path, new ConcurrentLinkedQueue<>()).poll();
      byte[] body = "OK".getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(status == null ? 200 : status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
