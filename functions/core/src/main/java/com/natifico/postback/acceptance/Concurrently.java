package com.natifico.postback.acceptance;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs the same work for many items: in parallel on virtual threads, or sequentially in a
 * simulation.
 */
public interface Concurrently {
  /**
   * Returns the results in the order of the items.
   *
   * @param work must not throw
   */
  <T, R> List<R> map(List<T> items, Function<T, R> work);

  /** Runs each item on its own virtual thread; a single item runs on the caller's thread. */
  static Concurrently onVirtualThreads() {
    return on(Executors::newVirtualThreadPerTaskExecutor);
  }

  /**
   * Runs each item on one of these threads; a single item runs on the caller's thread.
   *
   * @param executors makes the threads of one call
   */
  static Concurrently on(Supplier<ExecutorService> executors) {
    return new Concurrently() {
      @Override
      public <T, R> List<R> map(List<T> items, Function<T, R> work) {
        if (items.size() < 2) {
          return items.stream().map(work).toList();
        }
        List<Future<R>> results;
        try (ExecutorService threads = executors.get()) {
          results = items.stream().map(item -> threads.submit(() -> work.apply(item))).toList();
        }
        return results.stream().map(Future::resultNow).toList();
      }
    };
  }

  /** Runs the items sequentially, in their order. */
  static Concurrently inOrder() {
    return new Concurrently() {
      @Override
      public <T, R> List<R> map(List<T> items, Function<T, R> work) {
        return items.stream().map(work).toList();
      }
    };
  }
}
