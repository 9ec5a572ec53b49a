package com.natifico.postback.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.delivery.UnsentReason;
import com.natifico.postback.testing.InMemoryStatisticsStore;
import com.natifico.postback.testing.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CountersTest {
  private static final Callback CALLBACK = Samples.callback("c1", "p1");
  private static final SequenceNumber AT = new SequenceNumber("1");

  static Stream<Arguments> changes() {
    Delivery pending = Delivery.unrecorded(CALLBACK).pending();
    Delivery delivered = Samples.delivered(CALLBACK);
    Delivery retrying =
        pending.retrying(Samples.attempt(1, Outcome.HTTP_ERROR), Samples.NOW.plusSeconds(60), "m1");
    Delivery held = pending.held();
    return Stream.of(
        Arguments.of("a new row", null, delivered, "delivered +1, attempts +1"),
        Arguments.of("a pending row", null, pending, ""),
        Arguments.of("the first attempt", pending, retrying, "retrying +1, attempts +1"),
        Arguments.of(
            "success of a retry",
            retrying,
            retrying.delivered(Samples.attempt(2, Outcome.DELIVERED)),
            "delivered +1, retrying -1, attempts +1"),
        Arguments.of(
            "exhausted",
            retrying,
            retrying.failed(Samples.attempt(2, Outcome.HTTP_ERROR), "m2"),
            "retrying -1, failed +1, attempts +1"),
        Arguments.of(
            "rejected",
            retrying,
            retrying.failed(Samples.attempt(2, Outcome.REJECTED), "m2"),
            "retrying -1, rejected +1, attempts +1"),
        Arguments.of(
            "its postback was deleted",
            retrying,
            retrying.unsent(UnsentReason.POSTBACK_DELETED),
            "retrying -1, failed +1"),
        Arguments.of("held", pending, held, "held +1"),
        Arguments.of("resent", held, held.resent(Samples.NOW), "retrying +1, held -1"),
        Arguments.of(
            "superseded", retrying, retrying.superseded("e"), "retrying -1, superseded +1"),
        Arguments.of("a lease", retrying, retrying.leased(Samples.NOW), ""),
        Arguments.of("erased", retrying, null, "retrying -1, attempts -1"),
        Arguments.of("a test", null, Samples.delivered(test()), ""));
  }

  private static Callback test() {
    ReportedEvent event = CALLBACK.event();
    return new Callback(
        CALLBACK.deliveryId(),
        CALLBACK.postbackId(),
        new ReportedEvent(
            event.affiliateId(),
            event.offerId(),
            event.conversionId(),
            event.status(),
            true,
            event.values()),
        CALLBACK.request());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void movesADeliveryFromOneCounterToAnother(
      String name, @Nullable Delivery before, @Nullable Delivery after, String difference) {
    assertEquals(
        difference,
        CountedChange.between(AT, before, after)
            .map(change -> written(change.difference()))
            .orElse(""),
        name);
  }

  private static String written(Counters counters) {
    return String.join(
        ", ",
        Stream.of(Counter.values())
            .filter(counter -> counters.count(counter) != 0)
            .map(counter -> counter.word() + " %+d".formatted(counters.count(counter)))
            .toList());
  }

  @Test
  void countsInTheHourOfTheClaim() {
    CountedChange change = change(1, "c1");

    assertEquals(Instant.parse("2026-11-02T14:00:00Z"), change.key().hour());
  }

  @Test
  void hasNoPercentileWithoutAttempts() {
    assertNull(LatencyHistogram.NONE.percentile(50));
    assertNull(
        Counters.of(Samples.delivery(CALLBACK, DeliveryState.HELD, List.of()))
            .latencies()
            .percentile(95));
  }

  @Test
  void ordersSequenceNumbersByTheirValue() {
    assertTrue(new SequenceNumber("99").compareTo(new SequenceNumber("100")) < 0);
    assertTrue(
        new SequenceNumber("4421584500000000017450439092")
                .compareTo(new SequenceNumber("4421584500000000017450439091"))
            > 0);
  }

  @Test
  void reportsPercentilesThatAreAtMostTenPercentWrong() {
    for (int ms = 1; ms <= 60_000; ms++) {
      LatencyHistogram one =
          new LatencyHistogram(new Tally<>(Map.of(LatencyHistogram.bucketOf(ms), 1L)));
      Integer reported = one.percentile(50);
      assertTrue(reported != null && Math.abs(reported - ms) * 10 <= ms, ms + " ms as " + reported);
    }
  }

  @Test
  void reportsTheMedianAndTheNinetyFifthPercentile() {
    Tally<Integer> buckets = Tally.none();
    for (int ms = 1; ms <= 100; ms++) {
      buckets = buckets.plus(new Tally<>(Map.of(LatencyHistogram.bucketOf(ms), 1L)));
    }
    LatencyHistogram latencies = new LatencyHistogram(buckets);

    assertEquals(48, latencies.percentile(50));
    assertEquals(97, latencies.percentile(95));
  }

  @Test
  void reportsDaysAsTheSumOfTheirHours() {
    Instant midnight = Instant.parse("2026-11-02T00:00:00Z");
    Statistics statistics = new Statistics(new InMemoryStatisticsStore());
    List<CountedChange> changes =
        IntStream.range(0, 5).mapToObj(i -> change(i + 1, "c" + i)).toList();

    assertEquals(Optional.empty(), statistics.count("s", changes, Assertions::fail));
    assertEquals(Optional.empty(), statistics.count("s", changes, Assertions::fail));

    assertEquals(
        List.of(
            new Statistics.Item(
                midnight,
                "p1",
                changes.stream()
                    .map(CountedChange::difference)
                    .reduce(Counters.NONE, Counters::plus))),
        statistics.report(
            Samples.AFFILIATE, midnight, midnight.plusSeconds(86_400), Statistics.Period.DAY));
  }

  /** A delivery that succeeds, each an hour after the one before it. */
  private static CountedChange change(int number, String conversionId) {
    Callback callback =
        Samples.callback(
            Samples.event(
                Samples.conversion(conversionId), Samples.NOW.plusSeconds(3600L * (number - 1))),
            "p1");
    return CountedChange.between(
            new SequenceNumber(Integer.toString(number)), null, Samples.delivered(callback))
        .orElseThrow();
  }
}
