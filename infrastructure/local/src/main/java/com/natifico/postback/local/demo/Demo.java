package com.natifico.postback.local.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

/** The tracker and the story; when it is told, the tracker goes on showing what it receives. */
public final class Demo implements AutoCloseable {
  private final AtomicBoolean told = new AtomicBoolean();
  private final PrintStream out;
  private final DemoTracker tracker;

  /**
   * @param trackerPort the port that the tracker takes if it is free
   */
  public Demo(int trackerPort, PrintStream out) {
    this.out = out;
    this.tracker = DemoTracker.start(trackerPort, this::witness);
  }

  private void witness(String requestLine) {
    if (told.get()) {
      out.println("the tracker received " + requestLine);
    }
  }

  /** Says plainly when the story does not come out; what serves keeps serving. */
  public void play(URI api) throws InterruptedException {
    out.println();
    out.println("Demo: the tracker of affiliate 77 listens at " + tracker.url());
    try {
      new DemoStory(api, tracker, out, InstantSource.system()).tell();
    } catch (IOException e) {
      out.println();
      out.println("The demo FAILED: " + e.getMessage() + ". The stack keeps serving.");
    } finally {
      told.set(true);
    }
  }

  @Override
  public void close() {
    tracker.close();
  }
}
