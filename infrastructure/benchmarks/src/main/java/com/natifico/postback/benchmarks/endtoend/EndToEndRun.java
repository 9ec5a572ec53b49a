package com.natifico.postback.benchmarks.endtoend;

import com.natifico.postback.benchmarks.process.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * The result of one run.
 *
 * @param deliverMicros per conversion, from the first push until all are delivered, recorded and
 *     deleted from the queue
 * @param cpuMicros of the whole process, per conversion
 * @param millis from each push to its arrival at the tracker, sorted
 */
record EndToEndRun(double deliverMicros, double cpuMicros, List<Double> millis) {
  private static final AtomicInteger RUNS = new AtomicInteger();
  private static final long POLL_NANOS = 5_000_000;

  double quantile(double share) {
    return millis.get((int) Math.ceil(share * millis.size()) - 1);
  }

  /**
   * Pushes as fast as possible.
   *
   * @param together how many conversions are in one push
   * @param pushers how many threads push
   */
  static EndToEndRun saturating(
      Stack stack, Stack.Way way, int conversions, int together, int pushers) throws Exception {
    return measure(stack, way, conversions, together, Executors.newFixedThreadPool(pushers), 0);
  }

  /** Pushes single conversions at a steady rate, without waiting for earlier answers. */
  static EndToEndRun paced(Stack stack, Stack.Way way, int conversions, int perSecond)
      throws Exception {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    return measure(stack, way, conversions, 1, threads, TimeUnit.SECONDS.toNanos(1) / perSecond);
  }

  private static EndToEndRun measure(
      Stack stack,
      Stack.Way way,
      int conversions,
      int together,
      ExecutorService threads,
      long pause)
      throws Exception {
    // Ids of one length, none of them used before.
    int run = RUNS.incrementAndGet();
    List<String> ids =
        IntStream.range(0, conversions).mapToObj(i -> "c-%04d-%06d".formatted(run, i)).toList();
    Map<String, Long> pushed = new ConcurrentHashMap<>();
    stack.tracker().expect(conversions);
    Usage usage =
        Usage.of(
            conversions,
            _ -> {
              List<Future<?>> pushes = new ArrayList<>();
              long start = System.nanoTime();
              try (threads) {
                for (int from = 0; from < conversions; from += together) {
                  LockSupport.parkNanos(start + from * pause - System.nanoTime());
                  List<String> push = ids.subList(from, Math.min(from + together, conversions));
                  pushes.add(
                      threads.submit(
                          () -> {
                            long now = System.nanoTime();
                            push.forEach(id -> pushed.put(id, now));
                            way.push().push(push);
                            return null;
                          }));
                }
              }
              for (Future<?> push : pushes) {
                push.get();
              }
              stack.tracker().await();
              while (stack.messages(way) > 0) {
                LockSupport.parkNanos(POLL_NANOS);
              }
            });
    List<Double> millis =
        stack.tracker().await().entrySet().stream()
            .map(arrival -> (arrival.getValue() - pushed.getOrDefault(arrival.getKey(), 0L)) / 1e6)
            .sorted()
            .toList();
    return new EndToEndRun(usage.wallMicros(), usage.cpuMicros(), millis);
  }
}
