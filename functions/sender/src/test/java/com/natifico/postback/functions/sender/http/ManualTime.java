package com.natifico.postback.functions.sender.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only when a test says so. */
final class ManualTime implements AttemptTime {
  private record Entry(Duration delay, long end, Runnable task) {}

  private final List<Entry> deadlines = new ArrayList<>();
  private long now;

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized Deadline after(Duration delay, Runnable task) {
    Entry entry = new Entry(delay, now + delay.toNanos(), task);
    deadlines.add(entry);
    notifyAll();
    return () -> remove(entry);
  }

  private synchronized void remove(Entry entry) {
    deadlines.remove(entry);
  }

  /** Runs the tasks of the deadlines that this ends. */
  void pass(Duration duration) {
    List<Entry> ended;
    synchronized (this) {
      now += duration.toNanos();
      ended = deadlines.stream().filter(entry -> entry.end() <= now).toList();
      deadlines.removeAll(ended);
    }
    ended.forEach(entry -> entry.task().run());
  }

  /** Lets this duration pass as soon as a deadline of exactly this length has begun. */
  void passOnceAwaited(Duration duration) throws InterruptedException {
    synchronized (this) {
      while (deadlines.stream().noneMatch(entry -> entry.delay().equals(duration))) {
        wait();
      }
    }
    pass(duration);
  }

  @Override
  public synchronized void close() {
    deadlines.clear();
  }
}
