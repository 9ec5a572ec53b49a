package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.statistics.CountedChange;
import com.natifico.postback.statistics.Counter;
import com.natifico.postback.statistics.Counters;
import com.natifico.postback.statistics.SequenceNumber;
import com.natifico.postback.statistics.ShardChanges;
import com.natifico.postback.statistics.StatisticsKey;
import com.natifico.postback.statistics.StatisticsStore;
import com.natifico.postback.statistics.StatisticsStore.Hour;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of every {@link StatisticsStore}. */
public abstract class StatisticsStoreContract {
  private static final Instant HOUR = Instant.parse("2026-11-02T14:00:00Z");
  private static final String SHARD = "shardId-00000001414576573621-f55eea83";
  private static final String CHILD = "shardId-00000001414592258131-53bc1a4d";

  private final String affiliate = "a" + UUID.randomUUID();

  /** It may hold rows of other affiliates; the same one in a test. */
  protected abstract StatisticsStore store();

  @Test
  void countsNothingBeforeTheFirstChange() {
    assertEquals(List.of(), read());
  }

  @Test
  void addsTheChangesOfARow() {
    Delivery retrying = retrying("c1");
    Delivery delivered = deliveredAfter(retrying);

    add(SHARD, change(9, null, retrying), change(10, retrying, delivered));
    add(SHARD, change(11, null, delivered("c2")));

    assertEquals(expected(delivered, delivered("c2")), read());
  }

  @Test
  void countsEachChangeOnceHoweverOftenAndInWhichPortionsItComes() {
    Delivery retrying = retrying("c1");
    List<CountedChange> all =
        List.of(
            change(98, null, retrying),
            change(99, null, delivered("c2")),
            change(100, retrying, deliveredAfter(retrying)),
            change(101, null, delivered("c3")));

    for (int[] portion : new int[][] {{0, 2}, {0, 1}, {1, 2}, {0, 3}, {2, 3}, {0, 4}, {0, 4}}) {
      store().add(new ShardChanges(SHARD, key(), all.subList(portion[0], portion[1])));
    }

    assertEquals(expected(deliveredAfter(retrying), delivered("c2"), delivered("c3")), read());
  }

  @Test
  void keepsApartTheShardsWhoseNumbersOverlap() {
    add(SHARD, change(50, null, delivered("c1")));
    add(CHILD, change(7, null, delivered("c2")));
    add(SHARD, change(50, null, delivered("c1")));
    add(CHILD, change(7, null, delivered("c2")));

    assertEquals(expected(delivered("c1"), delivered("c2")), read());
  }

  @Test
  void countsEachChangeOnceIfSeveralWorkersHaveIt() throws Exception {
    List<CountedChange> changes =
        IntStream.range(1, 9).mapToObj(i -> change(i, null, delivered("c" + i))).toList();

    Race.run(
        IntStream.range(0, 6)
            .mapToObj(i -> new ShardChanges(i % 2 == 0 ? SHARD : CHILD, key(), changes))
            .map(
                portion ->
                    Race.of(
                        () -> {
                          store().add(portion);
                          return portion;
                        }))
            .toList());

    assertEquals(16, read().getFirst().counters().count(Counter.DELIVERED));
  }

  @Test
  void readsTheHoursFromOneToBeforeAnother() {
    for (int hour = -2; hour <= 2; hour++) {
      CountedChange change =
          CountedChange.between(
                  new SequenceNumber(Integer.toString(hour + 10)),
                  null,
                  Samples.delivered(callback("c" + hour, Duration.ofHours(hour))))
              .orElseThrow();
      store().add(new ShardChanges(SHARD, change.key(), List.of(change)));
    }

    assertEquals(
        List.of(HOUR.minusSeconds(3600), HOUR),
        hours(HOUR.minusSeconds(3600), HOUR.plusSeconds(1)));
    assertEquals(
        List.of(HOUR.minusSeconds(3600), HOUR), hours(HOUR.minusSeconds(3600), HOUR.plusMillis(1)));
    assertEquals(List.of(HOUR.minusSeconds(3600)), hours(HOUR.minusSeconds(3600), HOUR));
    assertEquals(5, hours(Instant.MIN, Instant.MAX).size());
  }

  private List<Instant> hours(Instant since, Instant until) {
    return store().read(affiliate, since, until).stream().map(hour -> hour.key().hour()).toList();
  }

  private List<Hour> expected(Delivery... deliveries) {
    Counters sum = Counters.NONE;
    for (Delivery delivery : deliveries) {
      sum = sum.plus(Counters.of(delivery));
    }
    return List.of(new Hour(key(), sum));
  }

  private List<Hour> read() {
    return store().read(affiliate, HOUR, HOUR.plusSeconds(3600));
  }

  private void add(String shard, CountedChange... changes) {
    store().add(new ShardChanges(shard, key(), List.of(changes)));
  }

  private StatisticsKey key() {
    return new StatisticsKey(new PostbackKey(affiliate, "p1"), HOUR);
  }

  private static CountedChange change(int number, @Nullable Delivery before, Delivery after) {
    return CountedChange.between(new SequenceNumber(Integer.toString(number)), before, after)
        .orElseThrow();
  }

  private Callback callback(String conversionId, Duration later) {
    return Samples.callback(
        Samples.event(Samples.conversion(affiliate, conversionId), Samples.NOW.plus(later)), "p1");
  }

  private Delivery delivered(String conversionId) {
    return Samples.delivered(callback(conversionId, Duration.ZERO));
  }

  private Delivery retrying(String conversionId) {
    return Samples.delivery(
        callback(conversionId, Duration.ZERO),
        DeliveryState.RETRYING,
        List.of(Samples.attempt(1, Outcome.HTTP_ERROR)));
  }

  private static Delivery deliveredAfter(Delivery retrying) {
    return retrying.delivered(Samples.attempt(2, Outcome.DELIVERED));
  }
}
