package com.natifico.postback.simulation;

import java.time.Duration;

/** Observes the events of the simulated engines that AWS counts in metrics. */
interface EngineObserver {
  /** Ignores all events. */
  EngineObserver NONE = new EngineObserver() {};

  /** An invocation ended without a result: the function crashed or ran out of time. */
  default void failed(FunctionName function) {}

  /** Lambda refused an invocation. */
  default void throttled(FunctionName function) {}

  /** Lambda dropped messages because it took the function's chain for an endless loop. */
  default void recursionStopped(FunctionName function) {}

  /** A postback was paused, and its event was published. */
  default void paused() {}

  /**
   * The API has responded to a request.
   *
   * @param routeKey method and path, as in the template
   */
  default void responded(String routeKey, int status, Duration latency) {}
}
