package com.natifico.postback.statistics;

import com.natifico.postback.delivery.Callback;
import com.natifico.postback.postback.PostbackKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What one row of counters is about.
 *
 * @param hour its start, in UTC
 */
public record StatisticsKey(PostbackKey postback, Instant hour) {
  public StatisticsKey {
    hour = hour.truncatedTo(ChronoUnit.HOURS);
  }

  /** The row that counts this callback, whatever becomes of it. */
  static StatisticsKey of(Callback callback) {
    return new StatisticsKey(
        new PostbackKey(callback.affiliateId(), callback.postbackId()), callback.createdAt());
  }
}
