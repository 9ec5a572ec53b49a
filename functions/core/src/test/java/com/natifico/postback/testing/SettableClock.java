package com.natifico.postback.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that only the test advances. Thread-safe. */
public final class SettableClock implements InstantSource {
  private volatile Instant now;

  public SettableClock(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }
}
