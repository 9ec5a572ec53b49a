package com.natifico.postback.statistics;

import java.time.Instant;
import java.util.List;

/** The stored counters. */
public interface StatisticsStore {
  /**
   * Adds those of the changes that the row does not contain yet, all of them or none.
   *
   * <p>The changes of one shard must be added to a row in the order of the shard. They may be added
   * again, together with other changes or in other portions, at any later time and at the same
   * time. Changes of different shards are independent.
   */
  void add(ShardChanges changes);

  /**
   * The counters of an affiliate's postbacks for the hours that start within this time, ordered by
   * the hour and the postback's id.
   *
   * @param since inclusive
   * @param until exclusive
   */
  List<Hour> read(String affiliateId, Instant since, Instant until);

  /** One row. */
  record Hour(StatisticsKey key, Counters counters) {}
}
