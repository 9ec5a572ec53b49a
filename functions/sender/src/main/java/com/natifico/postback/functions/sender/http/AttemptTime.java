package com.natifico.postback.functions.sender.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The time of attempts: measures it and ends what takes too long. */
public interface AttemptTime extends AutoCloseable {
  /** Measures durations, as {@link System#nanoTime} does. */
  long nanoTime();

  /**
   * Runs the task when the delay has passed, unless the deadline is cancelled before. The task must
   * not block: one thread runs all of them.
   */
  Deadline after(Duration delay, Runnable task);

  /** Forgets all deadlines. */
  @Override
  void close();

  /** The end of a duration. */
  @FunctionalInterface
  interface Deadline {
    /** Has no effect if the deadline has passed. */
    void cancel();
  }

  /** The platform's time. */
  static AttemptTime system() {
    ScheduledThreadPoolExecutor deadlines =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("deadlines").factory());
    deadlines.setRemoveOnCancelPolicy(true);
    return new AttemptTime() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public Deadline after(Duration delay, Runnable task) {
        Future<?> scheduled = deadlines.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
      }

      @Override
      public void close() {
        deadlines.shutdownNow();
      }
    };
  }
}
