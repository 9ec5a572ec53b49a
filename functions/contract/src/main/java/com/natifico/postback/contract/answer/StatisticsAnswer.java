package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.natifico.postback.statistics.Counter;
import com.natifico.postback.statistics.Counters;
import com.natifico.postback.statistics.Statistics;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The counters of an affiliate's deliveries by postback and period. */
public record StatisticsAnswer(List<ItemAnswer> items) {

  /**
   * @param from the start of the hour or day in which the conversions were accepted
   */
  public record ItemAnswer(
      Instant from,
      String postbackId,
      @JsonUnwrapped States states,
      long attempts,
      @JsonProperty("latency_p50_ms") @Nullable Integer medianLatency,
      @JsonProperty("latency_p95_ms") @Nullable Integer highLatency) {

    static ItemAnswer of(Statistics.Item item) {
      Counters counters = item.counters();
      return new ItemAnswer(
          item.from(),
          item.postbackId(),
          States.of(counters),
          count(counters, Counter.ATTEMPTS),
          counters.latencies().percentile(50),
          counters.latencies().percentile(95));
    }
  }

  /** The number of deliveries in each state. */
  public record States(
      long delivered, long retrying, long failed, long rejected, long held, long superseded) {
    static States of(Counters counters) {
      return new States(
          count(counters, Counter.DELIVERED),
          count(counters, Counter.RETRYING),
          count(counters, Counter.FAILED),
          count(counters, Counter.REJECTED),
          count(counters, Counter.HELD),
          count(counters, Counter.SUPERSEDED));
    }
  }

  /** Not below 0, which a delivery from before the first deployment of the counters can cause. */
  private static long count(Counters counters, Counter counter) {
    return Math.max(0, counters.count(counter));
  }

  public static StatisticsAnswer of(List<Statistics.Item> items) {
    return new StatisticsAnswer(items.stream().map(ItemAnswer::of).toList());
  }
}
