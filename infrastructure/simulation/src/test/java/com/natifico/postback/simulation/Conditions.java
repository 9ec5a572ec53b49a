package com.natifico.postback.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * What AWS and the network do to the stack for a time, as opposed to the faults of single calls.
 *
 * @param throttled Lambda refuses to invoke the sender because the account's concurrency is used up
 * @param unpolled the event source mappings are disabled, so that nothing reads the queues
 * @param unsent SQS refuses all messages; those that it has can be received
 * @param unreachable no endpoint can be reached, because the stack's own network fails
 * @param indexLag the maximum time until a global index shows a write
 */
record Conditions(
    Window throttled, Window unpolled, Window unsent, Window unreachable, Duration indexLag) {
  static final Conditions USUAL =
      new Conditions(Window.NEVER, Window.NEVER, Window.NEVER, Window.NEVER, Duration.ZERO);

  Conditions withThrottled(Window window) {
    return new Conditions(window, unpolled, unsent, unreachable, indexLag);
  }

  Conditions withUnpolled(Window window) {
    return new Conditions(throttled, window, unsent, unreachable, indexLag);
  }

  Conditions withUnsent(Window window) {
    return new Conditions(throttled, unpolled, window, unreachable, indexLag);
  }

  Conditions withUnreachable(Window window) {
    return new Conditions(throttled, unpolled, unsent, window, indexLag);
  }

  Conditions withIndexLag(Duration maximum) {
    return new Conditions(throttled, unpolled, unsent, unreachable, maximum);
  }

  /** When all of it is over. */
  Instant end() {
    return Stream.of(throttled, unpolled, unsent, unreachable)
        .map(Window::until)
        .max(Instant::compareTo)
        .orElseThrow();
  }
}
