package com.natifico.postback.simulation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A running function, with the memory that it has: one process, which is killed as a whole. */
final class Worker {
  private final String name;
  private boolean alive = true;
  private @Nullable Instant deadline;
  private int passes;

  Worker(String name) {
    this.name = name;
  }

  boolean isAlive() {
    return alive;
  }

  void die() {
    alive = false;
  }

  /** Until then the invocation under way has to be over; Lambda kills it otherwise. */
  void mustEndBy(Instant time) {
    deadline = time;
  }

  /**
   * @param earlier how many invocations of the sender led to the one under way
   */
  void comesAfter(int earlier) {
    passes = earlier + 1;
  }

  /** How many invocations of the sender there were in the chain, the one under way included. */
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
