package com.natifico.postback.simulation;

import com.natifico.postback.Page;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.testing.ForwardingLog;
import com.natifico.postback.testing.InMemoryDeliveryLog;
import com.natifico.postback.testing.InMemoryWakeUps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The global index of wake times, which shows a write of the log only after a while. */
final class WakeIndex extends ForwardingWakeUps {
  private final InMemoryDeliveryLog log;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Duration maxLag;
  private final Runnable changed;
  private final Map<String, Instant> shownAt = new HashMap<>();

  /**
   * @param maxLag the maximum time until a write is shown
   * @param changed is called after each write of a row that has a wake time
   */
  WakeIndex(
      InMemoryDeliveryLog log,
      InstantSource clock,
      RandomGenerator random,
      Duration maxLag,
      Runnable changed) {
    super(new InMemoryWakeUps(log));
    this.log = log;
    this.clock = clock;
    this.random = random;
    this.maxLag = maxLag;
    this.changed = changed;
  }

  /** The log whose writes are shown here. */
  DeliveryLog table() {
    return new ForwardingLog(log) {
      @Override
      public boolean save(Delivery row) {
        boolean saved = super.save(row);
        if (saved && row.wakeAt() != null) {
          if (maxLag.isPositive()) {
            shownAt.put(
                row.id(), clock.instant().plusMillis(random.nextLong(maxLag.toMillis() + 1)));
          }
          changed.run();
        }
        return saved;
      }
    };
  }

  @Override
  public Page<Delivery> find(int shard, List<Range> ranges, @Nullable String after) {
    Page<Delivery> page = super.find(shard, ranges, after);
    Instant now = clock.instant();
    return new Page<>(
        page.items().stream()
            .filter(row -> !shownAt.getOrDefault(row.id(), now).isAfter(now))
            .toList(),
        page.next());
  }
}
