package com.natifico.postback.simulation;

import com.natifico.postback.delivery.RetrySchedule;
import java.time.Duration;

/**
 * How the stack is deployed, and what the weather is like.
 *
 * @param postbackCache PostbackCacheSeconds
 * @param batchSize of messages that a sender gets at most
 * @param workers how many batches of each queue are sent at the same time
 * @param stalls of all ways to an engine and back, how many take seconds
 * @param mishaps what the queues do twice
 */
record SimulationSettings(
    RetrySchedule schedule,
    Duration postbackCache,
    int batchSize,
    int workers,
    double stalls,
    SimulatedQueue.Mishaps mishaps) {

  /** As template.yaml deploys it, in fine weather. */
  static final SimulationSettings USUAL =
      new SimulationSettings(
          RetrySchedule.parse("1m,5m,15m,1h,4h,12h,24h"),
          Duration.ofSeconds(5),
          10,
          2,
          0,
          SimulatedQueue.Mishaps.NONE);

  SimulationSettings withSchedule(String schedule) {
    return new SimulationSettings(
        RetrySchedule.parse(schedule), postbackCache, batchSize, workers, stalls, mishaps);
  }
}
