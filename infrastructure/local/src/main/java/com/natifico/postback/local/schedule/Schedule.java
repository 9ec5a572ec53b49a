package com.natifico.postback.local.schedule;

import com.natifico.postback.local.function.FunctionError;
import com.natifico.postback.local.function.LocalFunction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Invokes a function at an interval, for the first time at the start. Like an asynchronous
 * invocation, a failed one has no caller that could be told.
 */
public final class Schedule implements AutoCloseable {
  private static final byte[] EVENT =
      "{\"source\": \"aws.events\", \"detail-type\": \"Scheduled Event\", \"detail\": {}}"
          .getBytes(StandardCharsets.UTF_8);

  private final LocalFunction function;
  private final ScheduledExecutorService thread;

  private Schedule(LocalFunction function) {
    this.function = function;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("schedule-" + function.id()).factory());
  }

  public static Schedule start(Duration interval, LocalFunction function) {
    Schedule schedule = new Schedule(function);
    var _ =
        schedule.thread.scheduleAtFixedRate(
            schedule::run, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    return schedule;
  }

  /**
   * Invokes the function now, besides the invocations of the schedule, and returns when it has
   * finished.
   */
  public void run() {
    try {
      function.invoke(EVENT);
    } catch (FunctionError e) {
      // The function has logged it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits a few seconds for an invocation in flight. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(3, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
