package com.natifico.postback.benchmarks.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs a task for many items concurrently. */
public final class Together {
  private Together() {}

  /** The task for one item. */
  @FunctionalInterface
  public interface Task<T> {
    void run(T item) throws Exception;
  }

  /** Runs each task in a new virtual thread and waits for all. */
  public static <T> void run(List<T> items, Task<T> task) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      run(threads, items, task);
    }
  }

  /** Runs the tasks on these threads and waits for all. */
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
