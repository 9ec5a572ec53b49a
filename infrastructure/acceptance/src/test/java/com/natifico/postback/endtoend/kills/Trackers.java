package com.natifico.postback.endtoend.kills;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The affiliates' endpoints, each on a port of its own; they outlive every kill. */
final class Trackers implements AutoCloseable {
  /** Longer than an attempt may take. */
  private static final int HANG_SECONDS = 15;

  private static final int FAILURES_BEFORE_RECOVERY = 2;

  /**
   * What was seen of a delivery.
   *
   * @param requests all of them
   * @param taken those that were answered with 2xx
   */
  record Seen(int requests, int taken) {
    static final Seen NOTHING = new Seen(0, 0);
  }

  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private final List<HttpServer> servers = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);

  Trackers(List<Behaviour> endpoints) throws IOException {
    for (Behaviour behaviour : endpoints) {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
      server.setExecutor(threads);
      server.createContext("/", exchange -> answer(behaviour, exchange));
      server.start();
      servers.add(server);
    }
  }

  int port(int endpoint) {
    return servers.get(endpoint).getAddress().getPort();
  }

  /** By delivery id. */
  Map<String, Seen> seen() {
    return Map.copyOf(seen);
  }

  private void answer(Behaviour behaviour, HttpExchange exchange) throws IOException {
    String id = exchange.getRequestHeaders().getFirst("webhook-id");
    try (exchange) {
      switch (behaviour) {
        case WELL -> respond(exchange, id, 204);
        case GONE -> respond(exchange, id, 410);
        case HANGING -> {
          count(id, false);
          hang();
        }
        case RECOVERING -> {
          int before = seen.getOrDefault(id, Seen.NOTHING).requests();
          if (before >= FAILURES_BEFORE_RECOVERY) {
            respond(exchange, id, 200);
          } else if (Math.floorMod(id.hashCode() + before, 3) == 0) {
            // Closed without an answer.
            count(id, false);
          } else {
            exchange.getResponseHeaders().add("Retry-After", "1");
            respond(exchange, id, before == 0 ? 503 : 500);
          }
        }
      }
    }
  }

  /** Counts first: what a tracker has taken it has taken, whether its answer arrives or not. */
  private void respond(HttpExchange exchange, String id, int status) throws IOException {
    count(id, status < 300);
    exchange.sendResponseHeaders(status, -1);
  }

  private void count(String id, boolean taken) {
    seen.merge(
        id,
        new Seen(1, taken ? 1 : 0),
        (a, b) -> new Seen(a.requests() + b.requests(), a.taken() + b.taken()));
  }

  private void hang() {
    try {
      if (closed.await(HANG_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    servers.forEach(server -> server.stop(0));
    threads.shutdown();
  }
}
