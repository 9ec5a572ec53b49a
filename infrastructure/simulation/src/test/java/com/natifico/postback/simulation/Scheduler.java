package com.natifico.postback.simulation;

import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs many tasks, one at a time: each runs until it pauses, waits or ends, and then the seed
 * decides which is next. When all tasks wait for a time, the clock advances to the earliest. The
 * seed alone thus determines the order of everything, and with it the whole run.
 *
 * <p>The tasks are virtual threads because the handlers block; a task that is not running is
 * parked.
 */
final class Scheduler {
  /** More switches than this indicate an endless loop. */
  private static final int MAX_SWITCHES = 1_000_000;

  private final SettableClock clock;
  private final RandomGenerator random;
  private final List<Task> ready = new ArrayList<>();
  private final Set<Task> unfinished = new LinkedHashSet<>();
  private final PriorityQueue<Task> sleeping =
      new PriorityQueue<>(
          Comparator.comparing((Task task) -> task.wakeAt).thenComparingInt(task -> task.number));

  /** Null while the driver runs. */
  private volatile @Nullable Task running;

  private @Nullable Thread driver;
  private @Nullable Throwable failure;
  private int tasks;
  private int switches;
  private Instant end = Instant.MAX;

  Scheduler(SettableClock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** A thread of the simulation. */
  final class Task {
    private final int number;
    private final Thread thread;
    private @Nullable Worker worker;
    private Instant wakeAt = Instant.EPOCH;
    private @Nullable Signal awaited;
    private boolean started;
    private boolean stopped;

    private Task(@Nullable Worker worker, Runnable work) {
      this.number = ++tasks;
      this.worker = worker;
      this.thread = Thread.ofVirtual().unstarted(() -> perform(work));
    }

    private void perform(Runnable work) {
      try {
        checkAlive(this);
        work.run();
      } catch (Killed e) {
        // The tasks of a killed worker end here.
      } catch (Throwable e) {
        failure = failure == null ? e : failure;
      } finally {
        unfinished.remove(this);
        handOver();
      }
    }

    /** Assigns the task to this worker; null for the outside world. */
    void runsIn(@Nullable Worker worker) {
      this.worker = worker;
    }
  }

  /** A condition that tasks wait for. */
  final class Signal {
    private final List<Task> waiting = new ArrayList<>();

    void raise() {
      List.copyOf(waiting).forEach(Scheduler.this::wake);
    }
  }

  Signal signal() {
    return new Signal();
  }

  /** Starts a task in the worker of the running task. */
  Task spawn(Runnable work) {
    Task self = running;
    return spawn(self == null ? null : self.worker, work);
  }

  Task spawn(@Nullable Worker worker, Runnable work) {
    Task task = new Task(worker, work);
    unfinished.add(task);
    ready.add(task);
    return task;
  }

  /**
   * The running task.
   *
   * @throws IllegalStateException if none is
   */
  Task current() {
    Task self = running;
    if (self == null) {
      throw new IllegalStateException("no task is running");
    }
    return self;
  }

  /** Lets time pass while other tasks run. Outside a run, it does nothing. */
  void pause(Duration time) {
    Task self = running;
    if (self != null) {
      self.wakeAt = clock.instant().plus(time);
      sleeping.add(self);
      switchFrom(self);
    }
  }

  /**
   * Waits for the signal.
   *
   * @param until when to continue without the signal; null for never
   */
  void await(Signal signal, @Nullable Instant until) {
    Task self = current();
    self.awaited = signal;
    signal.waiting.add(self);
    if (until != null) {
      self.wakeAt = until;
      sleeping.add(self);
    }
    switchFrom(self);
  }

  /** Kills the worker and all its tasks. */
  void kill(Worker worker) {
    worker.die();
    unfinished.stream().filter(task -> task.worker == worker).forEach(this::wake);
  }

  /** Stops a single task where it is. */
  void stop(Task task) {
    task.stopped = true;
    wake(task);
  }

  /** Runs until no task is ready and none waits for a time. */
  void run() {
    driver = Thread.currentThread();
    handOver();
    while (running != null) {
      LockSupport.park(this);
    }
    rethrow();
  }

  /**
   * Runs until this time or until nothing is left to do. The time is the limit, so that the number
   * of switches is not limited.
   */
  void runUntil(Instant time) {
    end = time;
    run();
  }

  /** Ends the tasks that are still waiting. */
  void close() {
    unfinished.forEach(task -> task.stopped = true);
    List.copyOf(unfinished).forEach(this::wake);
    run();
  }

  private void rethrow() {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private void wake(Task task) {
    if (task == running || ready.contains(task) || !unfinished.contains(task)) {
      return;
    }
    sleeping.remove(task);
    forget(task);
    ready.add(task);
  }

  private static void forget(Task task) {
    if (task.awaited != null) {
      task.awaited.waiting.remove(task);
      task.awaited = null;
    }
  }

  private void switchFrom(Task self) {
    Task next = next();
    running = next;
    if (next != self) {
      resume(next);
      while (running != self) {
        LockSupport.park(this);
      }
    }
    checkAlive(self);
  }

  /** Continues with another task; the caller's task has ended. */
  private void handOver() {
    Task next = next();
    running = next;
    resume(next);
  }

  private void resume(@Nullable Task next) {
    if (next == null) {
      LockSupport.unpark(driver);
    } else if (next.started) {
      LockSupport.unpark(next.thread);
    } else {
      next.started = true;
      next.thread.start();
    }
  }

  private void checkAlive(Task task) {
    Worker worker = task.worker;
    if (worker != null && worker.isAlive() && worker.isOverdue(clock.instant())) {
      kill(worker);
    }
    if (task.stopped || (worker != null && !worker.isAlive())) {
      throw new Killed();
    }
  }

  /** The task that runs next; null if there is nothing left to do. */
  private @Nullable Task next() {
    if (++switches > MAX_SWITCHES && end.equals(Instant.MAX) && failure == null) {
      failure = new IllegalStateException("the simulation does not end");
    }
    if (failure != null) {
      return null;
    }
    if (ready.isEmpty()) {
      Task first = sleeping.peek();
      if (first == null || first.wakeAt.isAfter(end)) {
        return null;
      }
      if (first.wakeAt.isAfter(clock.instant())) {
        clock.advance(Duration.between(clock.instant(), first.wakeAt));
      }
      for (Task task = first;
          task != null && !task.wakeAt.isAfter(clock.instant());
          task = sleeping.peek()) {
        sleeping.remove();
        forget(task);
        ready.add(task);
      }
    }
    return ready.remove(ready.size() == 1 ? 0 : random.nextInt(ready.size()));
  }
}
