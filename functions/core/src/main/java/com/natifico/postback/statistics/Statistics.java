package com.natifico.postback.statistics;

import com.natifico.postback.Unavailable;
import com.natifico.postback.Words;
import com.natifico.postback.statistics.StatisticsStore.Hour;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts the changes of the delivery log and reports the counters. */
public final class Statistics {
  private static final Comparator<Item> ORDER =
      Comparator.comparing(Item::from).thenComparing(Item::postbackId);

  private final StatisticsStore store;

  public Statistics(StatisticsStore store) {
    this.store = store;
  }

  /**
   * Counts changes of one shard, with one write for each row of counters. A row that cannot be
   * written does not prevent the others from being written.
   *
   * @param changes in the order of the shard
   * @param refused receives each refusal of the store
   * @return the first change that was not counted. The caller repeats all changes from that one on;
   *     those of them that were counted are not counted again.
   */
  public Optional<SequenceNumber> count(
      String shard, List<CountedChange> changes, Consumer<Unavailable> refused) {
    Map<StatisticsKey, List<CountedChange>> byRow = new LinkedHashMap<>();
    for (CountedChange change : changes) {
      byRow.computeIfAbsent(change.key(), _ -> new ArrayList<>()).add(change);
    }
    List<SequenceNumber> failed = new ArrayList<>();
    byRow.forEach(
        (key, ofRow) -> {
          ShardChanges portion = new ShardChanges(shard, key, ofRow);
          try {
            store.add(portion);
          } catch (Unavailable e) {
            refused.accept(e);
            failed.add(portion.first());
          }
        });
    return failed.stream().min(Comparator.naturalOrder());
  }

  /** The length of the periods of a report. */
  public enum Period {
    HOUR(ChronoUnit.HOURS),
    /** In UTC. */
    DAY(ChronoUnit.DAYS);

    private final ChronoUnit unit;

    Period(ChronoUnit unit) {
      this.unit = unit;
    }

    /** The words in queries. */
    public static List<String> words() {
      return Arrays.stream(values()).map(Words::word).toList();
    }

    /** The period with this word; null if there is none. */
    public static @Nullable Period find(String word) {
      return Words.find(Period.class, word);
    }
  }

  /** The counters of one postback in the period that starts then. */
  public record Item(Instant from, String postbackId, Counters counters) {}

  /**
   * The counters of an affiliate's postbacks over a period, by the postback's id.
   *
   * @param since inclusive; the whole hour counts
   * @param until exclusive
   */
  public Map<String, Counters> totals(String affiliateId, Instant since, Instant until) {
    Map<String, Counters> totals = new HashMap<>();
    for (Hour hour : store.read(affiliateId, since.truncatedTo(ChronoUnit.HOURS), until)) {
      totals.merge(hour.key().postback().postbackId(), hour.counters(), Counters::plus);
    }
    return totals;
  }

  /**
   * The counters of an affiliate, oldest first; periods in which nothing was counted are missing.
   *
   * @param since inclusive; the whole hour counts
   * @param until exclusive
   */
  public List<Item> report(String affiliateId, Instant since, Instant until, Period period) {
    Map<List<Object>, Item> items = new LinkedHashMap<>();
    for (Hour hour : store.read(affiliateId, since.truncatedTo(ChronoUnit.HOURS), until)) {
      Instant from = hour.key().hour().truncatedTo(period.unit);
      String postbackId = hour.key().postback().postbackId();
      items.merge(
          List.of(from, postbackId),
          new Item(from, postbackId, hour.counters()),
          (one, other) -> new Item(from, postbackId, one.counters().plus(other.counters())));
    }
    return items.values().stream().filter(item -> !item.counters().isZero()).sorted(ORDER).toList();
  }
}
