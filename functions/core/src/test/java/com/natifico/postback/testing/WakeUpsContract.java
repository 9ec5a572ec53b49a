package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.natifico.postback.Page;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.WakeUps;
import com.natifico.postback.delivery.WakeUps.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The behaviour of wake times. */
public abstract class WakeUpsContract {
  private static final Instant DUE = Samples.NOW.plus(Duration.ofHours(1));

  private final String affiliate = "a" + UUID.randomUUID();

  protected abstract DeliveryLog log();

  protected abstract WakeUps wakeUps();

  private Delivery retrying(String conversionId, Instant due) {
    Delivery row =
        Delivery.unrecorded(
                Samples.callback(
                    Samples.event(Samples.conversion(affiliate, conversionId), Samples.NOW), "p1"))
            .retrying(Samples.attempt(1, Outcome.HTTP_ERROR), due, "1@" + Samples.NOW);
    log().save(row);
    return row;
  }

  private Set<String> found(Range... ranges) {
    return rows(ranges).keySet();
  }

  private Map<String, Delivery> rows(Range... ranges) {
    Map<String, Delivery> rows = new HashMap<>();
    for (int shard = 0; shard < WakeUps.SHARDS; shard++) {
      @Nullable String next = null;
      do {
        Page<Delivery> page = wakeUps().find(shard, List.of(ranges), next);
        page.items().stream()
            .filter(row -> row.callback().affiliateId().equals(affiliate))
            .forEach(row -> rows.put(row.id(), row));
        next = page.next();
      } while (next != null);
    }
    return rows;
  }

  @Test
  void findsTheRowsOfARange() {
    Delivery before = retrying("c0", DUE.minusMillis(1));
    Delivery first = retrying("c1", DUE);
    Delivery last = retrying("c2", DUE.plusMillis(1));
    retrying("c3", DUE.plusMillis(2));

    Range range = new Range(DUE.minusMillis(1), DUE.plusMillis(1));
    assertEquals(Map.of(first.id(), first, last.id(), last), rows(range));
    Range other = new Range(DUE.minusMillis(3), DUE.minusMillis(1));
    assertEquals(Set.of(before.id(), first.id(), last.id()), found(other, range));
  }

  @Test
  void findsARowByItsPresentTime() {
    Delivery row = retrying("c1", DUE);
    Delivery leased = row.leased(DUE.plusSeconds(30));
    log().save(leased);
    Range range = new Range(DUE.minusSeconds(1), DUE);
    assertEquals(Set.of(row.id()), found(range));

    Delivery again =
        leased.retrying(Samples.attempt(2, Outcome.HTTP_ERROR), DUE.plusSeconds(7200), "2@x");
    log().save(again);
    assertEquals(Set.of(), found(range));
    assertEquals(Set.of(row.id()), found(new Range(DUE, Objects.requireNonNull(again.wakeAt()))));

    log().save(again.delivered(Samples.attempt(3, Outcome.DELIVERED)));
    assertEquals(Set.of(), found(new Range(Samples.NOW, DUE.plusSeconds(9000))));
  }

  @Test
  void readsManyRowsPageByPage() {
    List<Delivery> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add(retrying("c" + i, DUE.plusMillis(i % 3)));
    }
    assertEquals(
        rows.stream().map(Delivery::id).collect(Collectors.toSet()),
        found(new Range(DUE.minusSeconds(9), DUE), new Range(DUE, DUE.plusSeconds(9))));
  }

  @Test
  void remembersItsProgress() {
    assertNull(wakeUps().completedUntil());
    wakeUps().complete(DUE);
    wakeUps().complete(DUE.plusMillis(5));
    assertEquals(DUE.plusMillis(5), wakeUps().completedUntil());
  }
}
