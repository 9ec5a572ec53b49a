package com.natifico.postback.local.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs the demo story against the demo tracker. Afterwards the tracker continues to show what it
 * receives.
 */
public final class Demo implements AutoCloseable {
  private final AtomicBoolean told = new AtomicBoolean();
  private final PrintStream out;
  private final DemoTracker tracker;

  /**
   * @param trackerPort the tracker's port, if it is free
   */
  public Demo(int trackerPort, PrintStream out) {
    this.out = out;
    this.tracker = new DemoTracker(trackerPort, this::witness);
  }

  private void witness(String requestLine) {
    if (told.get()) {
      out.println("the tracker received " + requestLine);
    }
  }

  /** Runs the demo. If it fails, prints the reason; the stack keeps running. */
  public void play(URI api) throws InterruptedException {
    out.println();
    out.println("Demo: the tracker of affiliate 77 listens at " + tracker.url());
    try {
      new DemoScript(api, tracker, out, InstantSource.system()).play();
    } catch (IOException e) {
      out.println();
      out.println("The demo FAILED: " + e.getMessage() + ". The stack keeps running.");
    } finally {
      told.set(true);
    }
  }

  @Override
  public void close() {
    tracker.close();
  }
}
