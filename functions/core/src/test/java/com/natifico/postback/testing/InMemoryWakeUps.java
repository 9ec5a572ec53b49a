package com.natifico.postback.testing;

import com.natifico.postback.Page;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.WakeUps;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the rows of a log without any lag. Thread-safe. */
public final class InMemoryWakeUps implements WakeUps {
  private final InMemoryDeliveryLog log;
  private @Nullable Instant completedUntil;

  public InMemoryWakeUps(InMemoryDeliveryLog log) {
    this.log = log;
  }

  @Override
  public Page<Delivery> find(int shard, List<Range> ranges, @Nullable String after) {
    List<Delivery> found =
        log.waking().stream()
            .filter(row -> WakeUps.shardOf(row.id()) == shard)
            .filter(row -> isIn(ranges, row))
            .toList();
    return new Page<>(found, null);
  }

  private static boolean isIn(List<Range> ranges, Delivery row) {
    Instant wakeAt = row.wakeAt();
    return wakeAt != null && ranges.stream().anyMatch(range -> range.contains(wakeAt));
  }

  @Override
  public synchronized @Nullable Instant completedUntil() {
    return completedUntil;
  }

  @Override
  public synchronized void complete(Instant until) {
    completedUntil = until;
  }
}
