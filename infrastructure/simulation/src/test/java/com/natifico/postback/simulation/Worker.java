package com.natifico.postback.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A running function with its memory: one process, which is killed as a whole. */
final class Worker {
  private final String name;
  private final Duration clockSkew;
  private boolean alive = true;
  private @Nullable Instant deadline;
  private int passes;

  /** A worker whose clock shows the true time. */
  Worker(String name) {
    this(name, Duration.ZERO);
  }

  /**
   * @param clockSkew how much its clock is ahead
   */
  Worker(String name, Duration clockSkew) {
    this.name = name;
    this.clockSkew = clockSkew;
  }

  /** What its clock shows. */
  InstantSource clock(InstantSource trueTime) {
    return clockSkew.isZero() ? trueTime : () -> trueTime.instant().plus(clockSkew);
  }

  boolean isAlive() {
    return alive;
  }

  void die() {
    alive = false;
  }

  /** Sets the time at which Lambda kills the current invocation if it has not ended. */
  void mustEndBy(Instant time) {
    deadline = time;
  }

  /**
   * @param earlier the number of sender invocations that led to the current one
   */
  void comesAfter(int earlier) {
    passes = earlier + 1;
  }

  /** The number of sender invocations in the chain, including the current one. */
  int passes() {
    return passes;
  }

  boolean isOverdue(Instant now) {
    return deadline != null && !now.isBefore(deadline);
  }

  @Override
  public String toString() {
    return name;
  }
}
