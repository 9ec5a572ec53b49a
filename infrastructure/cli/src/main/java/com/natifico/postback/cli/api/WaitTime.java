package com.natifico.postback.cli.api;

import java.time.Duration;

/** Waits for a duration. */
public interface WaitTime {
  void of(Duration time) throws InterruptedException;
}
