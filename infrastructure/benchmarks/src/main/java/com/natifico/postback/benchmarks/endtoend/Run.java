package com.natifico.postback.benchmarks.endtoend;

import com.natifico.postback.benchmarks.process.Usage;
import java.util.ArrayList;
import java.util.Arrays;
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
 * What one run of so many conversions came to.
 *
 * @param acceptMicros from the first push to the last answer, for each
 * @param deliverMicros from the first push until all are delivered, recorded and off the queue, for
 *     each
 * @param cpuMicros of the whole process, for each
 * @param millis from each push to its arrival at the tracker, sorted
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record Run(double acceptMicros, double deliverMicros, double cpuMicros, double[] millis) {
  private static final AtomicInteger RUNS = new AtomicInteger();
  private static final long LOOK_AGAIN_NANOS = 5_000_000;

  double quantile(double share) {
    return millis[(int) Math.ceil(share * millis.length) - 1];
  }

  /**
   * As fast as it goes.
   *
   * @param together how many conversions make a push
   * @param pushers how many push at the same time
   */
  static Run saturating(Way way, Tracker tracker, int conversions, int together, int pushers)
      throws Exception {
    List<String> ids = ids(conversions);
    AtomicInteger next = new AtomicInteger();
    return measure(
        way,
        tracker,
        ids,
        pushed -> {
          try (ExecutorService threads = Executors.newFixedThreadPool(pushers)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < pushers; i++) {
              running.add(
                  threads.submit(
                      () -> {
                        for (int from = next.getAndAdd(together);
                            from < conversions;
                            from = next.getAndAdd(together)) {
                          pushed.push(ids.subList(from, Math.min(from + together, conversions)));
                        }
                        return null;
                      }));
            }
            for (Future<?> each : running) {
              each.get();
            }
          }
        });
  }

  /** One by one at a steady pace, whether or not the earlier ones are answered. */
  static Run paced(Way way, Tracker tracker, int conversions, int perSecond) throws Exception {
    List<String> ids = ids(conversions);
    return measure(
        way,
        tracker,
        ids,
        pushed -> {
          long start = System.nanoTime();
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < conversions; i++) {
              long due = start + TimeUnit.SECONDS.toNanos(1) * i / perSecond;
              LockSupport.parkNanos(due - System.nanoTime());
              List<String> one = ids.subList(i, i + 1);
              running.add(
                  threads.submit(
                      () -> {
                        pushed.push(one);
                        return null;
                      }));
            }
            for (Future<?> each : running) {
              each.get();
            }
          }
        });
  }

  /** All of one length, none of them used before. */
  private static List<String> ids(int count) {
    int run = RUNS.incrementAndGet();
    return IntStream.range(0, count).mapToObj(i -> "c-%04d-%06d".formatted(run, i)).toList();
  }

  private interface Push {
    void push(List<String> ids) throws Exception;
  }

  private interface Pushing {
    void through(Push push) throws Exception;
  }

  private static Run measure(Way way, Tracker tracker, List<String> ids, Pushing pushing)
      throws Exception {
    way.prepare(ids);
    tracker.expect(ids.size());
    Map<String, Long> pushedAt = new ConcurrentHashMap<>();
    double[] acceptMicros = new double[1];
    Usage usage =
        Usage.of(
            ids.size(),
            count -> {
              long start = System.nanoTime();
              pushing.through(
                  together -> {
                    long now = System.nanoTime();
                    together.forEach(id -> pushedAt.put(id, now));
                    way.push(together);
                  });
              acceptMicros[0] = (System.nanoTime() - start) / 1e3 / count;
              tracker.await();
              while (way.unfinished() > 0) {
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
              }
            });
    double[] millis =
        pushedAt.entrySet().stream()
            .mapToDouble(each -> (tracker.arrivedAt(each.getKey()) - each.getValue()) / 1e6)
            .toArray();
    Arrays.sort(millis);
    return new Run(acceptMicros[0], usage.wallMicros(), usage.cpuMicros(), millis);
  }
}
