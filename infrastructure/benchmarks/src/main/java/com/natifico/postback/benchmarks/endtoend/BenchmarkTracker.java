package com.natifico.postback.benchmarks.endtoend;

import com.natifico.postback.local.server.LoopbackServer;
import com.natifico.postback.local.server.LoopbackServer.Answer;
import com.natifico.postback.local.server.LoopbackServer.Received;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Responds to every callback at once and records when each conversion's first callback arrived. */
final class BenchmarkTracker implements AutoCloseable {
  private static final String PATH = "/postback?txid=";
  private static final long TIMEOUT_MINUTES = 10;

  private final LoopbackServer server = LoopbackServer.answering(this::answer);
  private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
  private volatile CountDownLatch missing = new CountDownLatch(0);

  /**
   * @param conversionId the id, or its macro
   */
  String url(String conversionId) {
    return server.endpoint() + PATH + conversionId;
  }

  private Answer answer(Received request) {
    if (arrivals.putIfAbsent(request.target().substring(PATH.length()), System.nanoTime())
        == null) {
      missing.countDown();
    }
    return Answer.ok("text/plain", "OK");
  }

  /** Forgets earlier callbacks. */
  void expect(int conversions) {
    arrivals.clear();
    missing = new CountDownLatch(conversions);
  }

  /**
   * Waits for all expected callbacks.
   *
   * @return their arrivals as {@link System#nanoTime}, by conversion id
   */
  Map<String, Long> await() throws InterruptedException {
    if (!missing.await(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
      throw new IllegalStateException(missing.getCount() + " callbacks did not arrive");
    }
    return Map.copyOf(arrivals);
  }

  @Override
  public void close() {
    server.close();
  }
}
