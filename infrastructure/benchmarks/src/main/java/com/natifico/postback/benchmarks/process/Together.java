package com.natifico.postback.benchmarks.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does something for many items at the same time. */
public final class Together {
  private Together() {}

  /** What is done for one of the items. */
  @FunctionalInterface
  public interface Task<T> {
    void run(T item) throws Exception;
  }

  /** Waits for all tasks, each of which has a new virtual thread of its own. */
  public static <T> void run(List<T> items, Task<T> task) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      run(threads, items, task);
    }
  }

  /** Waits for all tasks, which run on these threads. */
  public static <T> void run(ExecutorService threads, List<T> items, Task<T> task)
      throws Exception {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (T item : items) {
      calls.add(
          () -> {
            task.run(item);
            return true;
          });
    }
    for (Future<Boolean> done : threads.invokeAll(calls)) {
      done.get();
    }
  }
}
