package com.natifico.postback.simulation;

import com.natifico.postback.aws.metric.Metrics;
import java.time.Duration;

/** How the functions are assembled. Mutations assemble them wrongly. */
interface Wiring {
  /** The deployed wiring. */
  Wiring DEPLOYED = new Wiring() {};

  /** The ports of the conversion function. */
  default Ports conversion(Ports ports) {
    return ports;
  }

  /** The ports of the sender. */
  default Ports sender(Ports ports) {
    return ports;
  }

  /** The ports of the API. */
  default Ports api(Ports ports) {
    return ports;
  }

  /** The metrics of a new function. */
  default Metrics metrics() {
    return Metrics.NONE;
  }

  /** Receives what AWS publishes about the engines. */
  default EngineObserver observer() {
    return EngineObserver.NONE;
  }

  /** Whether the sender declares {@code RecursiveLoop: Allow}, as template.yaml does. */
  default boolean allowsRecursion() {
    return true;
  }

  /** The receives after which a message goes to UnprocessedQueue, as in template.yaml. */
  default int maxReceiveCount() {
    return 20;
  }

  /** MessageRetentionPeriod of CallbackQueue and RetryQueue, as in template.yaml. */
  default Duration retention() {
    return Duration.ofDays(4);
  }

  /** Whether messages are deleted before they are handled. */
  default boolean acknowledgesFirst() {
    return false;
  }
}
