package com.natifico.postback.simulation;

import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.Retention;
import com.natifico.postback.statistics.StatisticsStore;
import java.time.Duration;
import java.time.Instant;

/** How the functions are assembled. Mutations assemble them wrongly. */
interface Wiring {
  /** The deployed wiring. */
  Wiring DEPLOYED = new Wiring() {};

  /** The smallest RetentionDays that template.yaml allows. */
  Duration ROWS_KEPT = Duration.ofDays(17);

  /** What the authorizer decides about a request. */
  enum Authorization {
    ALLOWED,
    /** The key is unknown or revoked. */
    DENIED,
    /** The authorizer itself failed. */
    FAILED
  }

  default Authorization authorization() {
    return Authorization.ALLOWED;
  }

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

  /** The ports of the timer. */
  default TimerPorts timer(TimerPorts ports) {
    return ports;
  }

  /** The store of the statistics function. */
  default StatisticsStore statistics(StatisticsStore store) {
    return store;
  }

  /** Whether the mapping of the statistics function ignores which changes were not counted. */
  default boolean forgetsUncounted() {
    return false;
  }

  /** Whether the timer is invoked in every minute, also if it has nothing to do. */
  default boolean runsTimerEveryMinute() {
    return false;
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
    return Duration.ofDays(14);
  }

  /** How long the next version waits before a retry, in percent of the running one. */
  default int waitsOfNextVersion() {
    return 200;
  }

  /** The time from which DynamoDB may delete the row, with the smallest allowed RetentionDays. */
  default Instant expiry(Delivery row) {
    return new Retention(ROWS_KEPT).expiry(row);
  }

  /** How long SQS hides a received message, as in template.yaml. */
  default Duration visibilityTimeout() {
    return SimulatedQueue.VISIBILITY_TIMEOUT;
  }

  /**
   * How much the clock of a worker differs from the true time at most.
   *
   * @param usual in this run
   */
  default Duration clockSkew(Duration usual) {
    return usual;
  }

  /** Whether all messages of a batch come back if one of them does. */
  default boolean failsWholeBatches() {
    return false;
  }

  /** Whether messages are deleted before they are handled. */
  default boolean acknowledgesFirst() {
    return false;
  }
}
