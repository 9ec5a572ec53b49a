package com.natifico.postback.testing;

import com.natifico.postback.statistics.CountedChange;
import com.natifico.postback.statistics.Counters;
import com.natifico.postback.statistics.SequenceNumber;
import com.natifico.postback.statistics.ShardChanges;
import com.natifico.postback.statistics.StatisticsKey;
import com.natifico.postback.statistics.StatisticsStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counters in memory. */
public final class InMemoryStatisticsStore implements StatisticsStore {
  private record Row(Counters counters, Map<String, SequenceNumber> counted) {}

  private final Map<StatisticsKey, Row> rows = new HashMap<>();

  @Override
  public synchronized void add(ShardChanges changes) {
    Row row = rows.getOrDefault(changes.key(), new Row(Counters.NONE, Map.of()));
    SequenceNumber counted = row.counted().get(changes.shard());
    List<CountedChange> missing = counted == null ? changes.changes() : changes.after(counted);
    if (!missing.isEmpty()) {
      ShardChanges added = new ShardChanges(changes.shard(), changes.key(), missing);
      Map<String, SequenceNumber> last = new HashMap<>(row.counted());
      last.put(added.shard(), added.last());
      rows.put(added.key(), new Row(row.counters().plus(added.difference()), last));
    }
  }

  @Override
  public synchronized List<Hour> read(String affiliateId, Instant since, Instant until) {
    return rows.entrySet().stream()
        .map(row -> new Hour(row.getKey(), row.getValue().counters()))
        .filter(hour -> hour.key().postback().affiliateId().equals(affiliateId))
        .filter(hour -> !hour.key().hour().isBefore(since) && hour.key().hour().isBefore(until))
        .sorted(
            Comparator.comparing((Hour hour) -> hour.key().hour())
                .thenComparing(hour -> hour.key().postback().postbackId()))
        .toList();
  }
}
