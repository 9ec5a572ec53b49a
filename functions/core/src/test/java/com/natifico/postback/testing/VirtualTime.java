package com.natifico.postback.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A clock that moves on when all its tasks wait, so that hours of work of many threads take
 * seconds. One task runs at a time, in the order of their times, so that a run can be repeated.
 */
public final class VirtualTime implements InstantSource {
  private final PriorityQueue<Sleeper> sleepers = new PriorityQueue<>();
  private final Semaphore end = new Semaphore(0);
  private volatile Instant now;
  private long started;
  private @Nullable Throwable failure;

  private record Sleeper(Instant at, long number, Semaphore wakes) implements Comparable<Sleeper> {
    @Override
    public int compareTo(Sleeper other) {
      int byTime = at.compareTo(other.at);
      return byTime == 0 ? Long.compare(number, other.number) : byTime;
    }
  }

  public VirtualTime(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Starts a task, which runs when the running one waits. */
  public void start(Runnable task) {
    Semaphore wakes = add(now);
    Thread.ofVirtual()
        .start(
            () -> {
              wakes.acquireUninterruptibly();
              try {
                task.run();
              } catch (Throwable e) {
                failure = e;
              }
              next();
            });
  }

  /** Waits within a task. */
  public void pause(Duration time) {
    Semaphore wakes = add(now.plus(time));
    next();
    wakes.acquireUninterruptibly();
  }

  private synchronized Semaphore add(Instant at) {
    Semaphore wakes = new Semaphore(0);
    sleepers.add(new Sleeper(at, started++, wakes));
    return wakes;
  }

  private synchronized void next() {
    Sleeper next = failure == null ? sleepers.poll() : null;
    if (next == null) {
      end.release();
    } else {
      now = next.at();
      next.wakes().release();
    }
  }

  /** Runs the started tasks, and those that they start, to their end. */
  public void run() {
    next();
    end.acquireUninterruptibly();
    if (failure != null) {
      throw new AssertionError("a task has failed", failure);
    }
  }
}
