package com.natifico.postback.simulation;

import com.natifico.postback.delivery.RetrySchedule;
import java.time.Duration;

/**
 * The deployment of the stack, and the rates of delays and duplicates.
 *
 * @param postbackCache PostbackCacheSeconds
 * @param batchSize the maximum number of messages per batch
 * @param workers the number of concurrent batches of each queue
 * @param stalls the share of calls whose request or response takes seconds
 * @param mishaps the rates of duplicates of the queues
 * @param conditions what AWS does for a time
 */
record SimulationSettings(
    RetrySchedule schedule,
    Duration postbackCache,
    int batchSize,
    int workers,
    double stalls,
    SimulatedQueue.Mishaps mishaps,
    Conditions conditions) {

  /** The deployment of template.yaml, without stalls and duplicates. */
  static final SimulationSettings USUAL =
      new SimulationSettings(
          RetrySchedule.parse("1m,5m,15m,1h,4h,12h,24h"),
          Duration.ofSeconds(5),
          10,
          2,
          0,
          SimulatedQueue.Mishaps.NONE,
          Conditions.USUAL);

  SimulationSettings withSchedule(String schedule) {
    return new SimulationSettings(
        RetrySchedule.parse(schedule),
        postbackCache,
        batchSize,
        workers,
        stalls,
        mishaps,
        conditions);
  }

  SimulationSettings with(Conditions others) {
    return new SimulationSettings(
        schedule, postbackCache, batchSize, workers, stalls, mishaps, others);
  }
}
