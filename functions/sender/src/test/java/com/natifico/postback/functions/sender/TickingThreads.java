package com.natifico.postback.functions.sender;

import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The threads of a batch, on a clock that the test sets: waiting for a result that is not there yet
 * lets the clock advance instead.
 */
final class TickingThreads extends ThreadPoolExecutor {
  private final SettableClock clock;

  TickingThreads(SettableClock clock) {
    super(0, Integer.MAX_VALUE, 1, TimeUnit.MINUTES, new SynchronousQueue<>());
    this.clock = clock;
  }

  @Override
  protected <T> RunnableFuture<T> newTaskFor(Callable<T> work) {
    return new FutureTask<>(work) {
      @Override
      public T get(long timeout, TimeUnit unit)
          throws InterruptedException, ExecutionException, TimeoutException {
        if (isDone()) {
          return get();
        }
        clock.advance(Duration.of(timeout, unit.toChronoUnit()));
        Thread.onSpinWait();
        throw new TimeoutException();
      }
    };
  }
}
