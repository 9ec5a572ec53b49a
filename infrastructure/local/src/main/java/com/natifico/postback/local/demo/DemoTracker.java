package com.natifico.postback.local.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An affiliate's tracker, as far as callbacks go: it takes every request and answers 200. */
public final class DemoTracker implements AutoCloseable {
  /** What the egress guard has to let through for it. */
  public static final String ADDRESS = "127.0.0.1/32";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final Consumer<String> witness;

  private DemoTracker(HttpServer server, Consumer<String> witness) {
    this.server = server;
    this.witness = witness;
  }

  /**
   * @param preferredPort the port if it is free, otherwise it takes any other
   * @param witness is told every request line when it comes
   */
  public static DemoTracker start(int preferredPort, Consumer<String> witness) {
    try {
      DemoTracker tracker = new DemoTracker(bind(preferredPort), witness);
      tracker.server.createContext("/", tracker::receive);
      tracker.server.setExecutor(tracker.threads);
      tracker.server.start();
      return tracker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpServer bind(int port) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try {
      return HttpServer.create(new InetSocketAddress(loopback, port), 0);
    } catch (BindException _) {
      return HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      byte[] body = "OK".getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      witness.accept(line);
      received.add(line);
    }
  }

  /** Where it listens, without a path. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next request line, {@code GET /path?query}; null if none comes in this time. */
  @Nullable String next(long timeout, TimeUnit unit) throws InterruptedException {
    return received.poll(timeout, unit);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
