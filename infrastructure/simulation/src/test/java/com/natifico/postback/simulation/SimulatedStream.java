package com.natifico.postback.simulation;

import com.natifico.postback.Unavailable;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.functions.statistics.StatisticsFunction;
import com.natifico.postback.statistics.CountedChange;
import com.natifico.postback.statistics.SequenceNumber;
import com.natifico.postback.statistics.ShardChanges;
import com.natifico.postback.statistics.StatisticsStore;
import com.natifico.postback.testing.ForwardingLog;
import com.natifico.postback.testing.InMemoryStatisticsStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The stream of the log, and the mapping that passes its records to the statistics function. A
 * partition key's records are in one shard at a time. A shard ends after some records; the next one
 * has sequence numbers that have nothing to do with those before. A batch is passed again after a
 * crash, from the first record that failed, or because Lambda lost the position.
 *
 * <p>The records are counted when the run is over, because nothing else depends on the counters.
 */
final class SimulatedStream {
  private static final int MAX_BATCH = 8;
  private static final double SHARD_ENDS = 0.03;

  private record Entry(
      String affiliateId, SequenceNumber at, @Nullable Delivery before, Delivery after) {}

  /** How the next write of a row of counters fails. */
  private enum Mishap {
    NONE,
    REFUSED,
    ANSWER_LOST,
    KILLED_BEFORE,
    KILLED_AFTER
  }

  private final Random random;
  private final InMemoryStatisticsStore counters = new InMemoryStatisticsStore();

  /** The open shard of each affiliate. */
  private final Map<String, String> open = new LinkedHashMap<>();

  /** Parents before their children. */
  private final Map<String, List<Entry>> shards = new LinkedHashMap<>();

  SimulatedStream(Random random) {
    this.random = random;
  }

  StatisticsStore counters() {
    return counters;
  }

  /** The log whose changes are recorded here. */
  DeliveryLog of(DeliveryLog log) {
    return new ForwardingLog(log) {
      @Override
      public boolean save(Delivery row) {
        String affiliateId = row.callback().affiliateId();
        Delivery before = super.find(affiliateId, row.id());
        boolean saved = super.save(row);
        if (saved) {
          record(affiliateId, before, row);
        }
        return saved;
      }
    };
  }

  private void record(String affiliateId, @Nullable Delivery before, Delivery after) {
    String shard = open.computeIfAbsent(affiliateId, this::newShard);
    List<Entry> entries = shards.computeIfAbsent(shard, _ -> new ArrayList<>());
    long last = entries.isEmpty() ? random.nextInt(1000) : number(entries.getLast());
    entries.add(
        new Entry(
            affiliateId,
            new SequenceNumber(Long.toString(last + 1 + random.nextInt(50))),
            before,
            after));
    if (random.nextDouble() < SHARD_ENDS) {
      open.remove(affiliateId);
    }
  }

  private static long number(Entry entry) {
    return Long.parseLong(entry.at().digits());
  }

  private String newShard(String affiliateId) {
    return "shard-" + affiliateId + "-" + shards.size();
  }

  /**
   * Counts everything.
   *
   * @param kills the share of writes at which the function is killed
   * @param refusals the share of writes that are refused or whose answer is lost
   * @param functions starts the function with this store
   */
  void count(
      double kills,
      double refusals,
      Wiring wiring,
      Function<StatisticsStore, StatisticsFunction> functions) {
    StatisticsFunction function =
        functions.apply(wiring.statistics(new Unreliable(counters, kills, refusals)));
    shards.forEach((shard, entries) -> count(function, shard, entries, wiring));
  }

  private void count(
      StatisticsFunction function, String shard, List<Entry> entries, Wiring wiring) {
    int position = 0;
    while (position < entries.size()) {
      int end = Math.min(entries.size(), position + 1 + random.nextInt(MAX_BATCH));
      List<Entry> batch = entries.subList(position, end);
      try {
        Optional<SequenceNumber> failed = function.count(shard, changes(batch));
        position =
            failed.isEmpty() || wiring.forgetsUncounted() ? end : indexOf(failed.get(), entries);
        // Rarely, Lambda passes records again that it has already passed.
        position = random.nextInt(20) == 0 ? random.nextInt(position + 1) : position;
      } catch (Killed e) {
        // The batch is passed again to another instance, which remembers nothing either.
      }
    }
  }

  private static int indexOf(SequenceNumber at, List<Entry> entries) {
    return entries.stream().map(Entry::at).toList().indexOf(at);
  }

  private static List<CountedChange> changes(List<Entry> batch) {
    return batch.stream()
        .flatMap(entry -> CountedChange.between(entry.at(), entry.before(), entry.after()).stream())
        .toList();
  }

  /** A store whose writes fail in every way. */
  private final class Unreliable implements StatisticsStore {
    private final StatisticsStore store;
    private final double kills;
    private final double refusals;

    Unreliable(StatisticsStore store, double kills, double refusals) {
      this.store = store;
      this.kills = kills;
      this.refusals = refusals;
    }

    @Override
    public void add(ShardChanges changes) {
      Mishap mishap = mishap();
      switch (mishap) {
        case REFUSED -> throw new Unavailable("refused", null);
        case KILLED_BEFORE -> throw new Killed();
        default -> store.add(changes);
      }
      switch (mishap) {
        case ANSWER_LOST -> throw new Unavailable("did not answer", null);
        case KILLED_AFTER -> throw new Killed();
        default -> {}
      }
    }

    private Mishap mishap() {
      double drawn = random.nextDouble();
      if (drawn < kills) {
        return random.nextBoolean() ? Mishap.KILLED_BEFORE : Mishap.KILLED_AFTER;
      }
      if (drawn < kills + refusals) {
        return random.nextBoolean() ? Mishap.REFUSED : Mishap.ANSWER_LOST;
      }
      return Mishap.NONE;
    }

    @Override
    public List<Hour> read(String affiliateId, Instant since, Instant until) {
      return store.read(affiliateId, since, until);
    }
  }
}
