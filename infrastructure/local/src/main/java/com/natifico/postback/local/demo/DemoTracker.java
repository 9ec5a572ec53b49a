package com.natifico.postback.local.demo;

import com.natifico.postback.local.server.LoopbackServer;
import com.natifico.postback.local.server.LoopbackServer.Answer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An affiliate's tracker that responds to every callback with 200. */
public final class DemoTracker implements AutoCloseable {
  /** The address range that the egress guard must allow so that the tracker can be called. */
  public static final String ADDRESS = "127.0.0.1/32";

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final LoopbackServer server;

  /**
   * @param preferredPort the port if it is free; otherwise another port is used
   * @param witness receives every request line
   */
  DemoTracker(int preferredPort, Consumer<String> witness) {
    server =
        listen(
            preferredPort,
            request -> {
              String line = request.method() + " " + request.target();
              witness.accept(line);
              received.add(line);
              return Answer.ok("text/plain", "OK");
            });
  }

  private static LoopbackServer listen(int port, LoopbackServer.Answering answering) {
    try {
      return LoopbackServer.answering(port, null, answering);
    } catch (IllegalStateException _) {
      return LoopbackServer.answering(answering);
    }
  }

  /** The tracker's URL without a path. */
  public String url() {
    return server.endpoint().toString();
  }

  /** The next request line, {@code GET /path?query}; null if none arrives in this time. */
  @Nullable String next(long timeout, TimeUnit unit) throws InterruptedException {
    return received.poll(timeout, unit);
  }

  @Override
  public void close() {
    server.close();
  }
}
