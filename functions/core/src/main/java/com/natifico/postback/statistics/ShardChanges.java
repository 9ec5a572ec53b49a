package com.natifico.postback.statistics;

import java.util.Comparator;
import java.util.List;

/**
 * Changes for one row of counters from one shard of the stream.
 *
 * @param changes at least one, in the order of the shard
 */
public record ShardChanges(String shard, StatisticsKey key, List<CountedChange> changes) {

  /**
   * @throws IllegalArgumentException if there are none or one is for another row
   */
  public ShardChanges {
    if (changes.isEmpty() || changes.stream().anyMatch(change -> !change.key().equals(key))) {
      throw new IllegalArgumentException("no changes, or changes of several rows");
    }
    changes = changes.stream().sorted(Comparator.comparing(CountedChange::at)).toList();
  }

  public SequenceNumber first() {
    return changes.getFirst().at();
  }

  public SequenceNumber last() {
    return changes.getLast().at();
  }

  /** Their sum. */
  public Counters difference() {
    return changes.stream().map(CountedChange::difference).reduce(Counters.NONE, Counters::plus);
  }

  /** The changes later than that one. */
  public List<CountedChange> after(SequenceNumber counted) {
    return changes.stream().filter(change -> change.at().compareTo(counted) > 0).toList();
  }
}
