package com.natifico.postback.simulation;

import com.natifico.postback.acceptance.Concurrently;
import com.natifico.postback.testing.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The threads that a function starts, as tasks of the simulation. */
final class CooperativeThreads extends AbstractExecutorService {
  private final Scheduler scheduler;
  private final SettableClock clock;
  private final Runnable stopped;
  private final List<Running> tasks = new ArrayList<>();
  private boolean shutdown;

  private record Running(Scheduler.Task task, Future<?> future) {
    boolean hasResult() {
      return future instanceof Waiting<?> waiting && waiting.hasResult;
    }
  }

  /**
   * @param stopped called when unfinished tasks with a result are stopped because their time is
   *     over
   */
  CooperativeThreads(Scheduler scheduler, SettableClock clock, Runnable stopped) {
    this.scheduler = scheduler;
    this.clock = clock;
    this.stopped = stopped;
  }

  /** The equivalent for accepting conversions. */
  static Concurrently concurrently(Scheduler scheduler, SettableClock clock) {
    return new Concurrently() {
      @Override
      public <T, R> List<R> map(List<T> items, Function<T, R> work) {
        if (items.size() < 2) {
          return items.stream().map(work).toList();
        }
        List<Future<R>> results;
        try (CooperativeThreads threads = new CooperativeThreads(scheduler, clock, () -> {})) {
          results = items.stream().map(item -> threads.submit(() -> work.apply(item))).toList();
        }
        return results.stream().map(Future::resultNow).toList();
      }
    };
  }

  /** Waits without blocking the only running thread. */
  private final class Waiting<T> extends FutureTask<T> {
    private final Scheduler.Signal done = scheduler.signal();
    private final boolean hasResult;

    Waiting(Callable<T> work, boolean hasResult) {
      super(work);
      this.hasResult = hasResult;
    }

    @Override
    protected void done() {
      done.raise();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
      while (!isDone()) {
        scheduler.await(done, null);
      }
      return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      Instant until = clock.instant().plusNanos(unit.toNanos(timeout));
      while (!isDone() && clock.instant().isBefore(until)) {
        scheduler.await(done, until);
      }
      if (!isDone()) {
        throw new TimeoutException();
      }
      return super.get();
    }
  }

  @Override
  protected <T> RunnableFuture<T> newTaskFor(Callable<T> work) {
    return new Waiting<>(work, true);
  }

  @Override
  protected <T> RunnableFuture<T> newTaskFor(Runnable work, T value) {
    return new Waiting<>(
        () -> {
          work.run();
          return value;
        },
        false);
  }

  @Override
  public void execute(Runnable command) {
    if (!(command instanceof Future<?> future)) {
      throw new IllegalArgumentException("this executor can only wait for submitted work");
    }
    tasks.add(new Running(scheduler.spawn(command), future));
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    List<Running> unfinished =
        tasks.stream().filter(running -> !running.future().isDone()).toList();
    if (unfinished.stream().anyMatch(Running::hasResult)) {
      stopped.run();
    }
    unfinished.forEach(running -> scheduler.stop(running.task()));
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown && tasks.stream().allMatch(running -> running.future().isDone());
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    for (Running running : tasks) {
      try {
        running.future().get();
      } catch (ExecutionException e) {
        // The submitter finds the exception in the future.
      }
    }
    return true;
  }

  @Override
  public void close() {
    shutdown();
    try {
      awaitTermination(0, TimeUnit.DAYS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("a simulation must not be interrupted", e);
    }
  }
}
