package com.natifico.postback.benchmarks.endtoend;

import com.natifico.postback.benchmarks.process.SmallServer;
import com.natifico.postback.benchmarks.process.SmallServer.Request;
import com.natifico.postback.benchmarks.process.SmallServer.Response;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers every callback at once and notes when the first of each conversion came. */
final class Tracker implements AutoCloseable {
  private static final String CONVERSION = "txid=";
  private static final long PATIENCE_MINUTES = 10;

  private final SmallServer server = SmallServer.start(this::answer);
  private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
  private volatile CountDownLatch missing = new CountDownLatch(0);

  /** What a postback's template is. */
  String template() {
    return "http://127.0.0.1:"
        + server.port()
        + "/postback?cid={ref_id}&payout={sum}&cur={currency}&txid={conversion_id}"
        + "&status={status}&geo={geo}";
  }

  private Response answer(Request request) {
    long now = System.nanoTime();
    int from = request.path().indexOf(CONVERSION) + CONVERSION.length();
    String conversionId = request.path().substring(from, request.path().indexOf('&', from));
    if (arrivals.putIfAbsent(conversionId, now) == null) {
      missing.countDown();
    }
    return Response.ok("text/plain", "OK");
  }

  /** Forgets what has come, and waits for so many from now on. */
  void expect(int conversions) {
    arrivals.clear();
    missing = new CountDownLatch(conversions);
  }

  /** Returns when all that are expected have come. */
  void await() throws InterruptedException {
    if (!missing.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      throw new IllegalStateException(missing.getCount() + " callbacks never came");
    }
  }

  /** {@link System#nanoTime} of its first callback. */
  long arrivedAt(String conversionId) {
    Long at = arrivals.get(conversionId);
    if (at == null) {
      throw new IllegalStateException("no callback of " + conversionId);
    }
    return at;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
