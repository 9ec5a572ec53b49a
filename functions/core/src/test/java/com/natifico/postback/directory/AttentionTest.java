package com.natifico.postback.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.natifico.postback.Page;
import com.natifico.postback.Unavailable;
import com.natifico.postback.acceptance.Concurrently;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.statistics.Counter;
import com.natifico.postback.statistics.Counters;
import com.natifico.postback.statistics.LatencyHistogram;
import com.natifico.postback.statistics.ShardChanges;
import com.natifico.postback.statistics.Statistics;
import com.natifico.postback.statistics.StatisticsKey;
import com.natifico.postback.statistics.StatisticsStore;
import com.natifico.postback.statistics.Tally;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttentionTest {
  private final List<Trouble> troubles = new ArrayList<>();
  private final List<StatisticsStore.Hour> hours = new ArrayList<>();
  private boolean refusing;
  private final Attention attention =
      new Attention(
          this::next,
          new Statistics(new Rows()),
          Concurrently.onVirtualThreads(),
          () -> Samples.NOW);

  private TroubleIndex.Found next(@Nullable String after, int limit) {
    List<Trouble> later =
        troubles.stream()
            .filter(each -> after == null || each.postback().postbackId().compareTo(after) > 0)
            .sorted(Comparator.comparing(each -> each.postback().postbackId()))
            .toList();
    List<Trouble> some = later.subList(0, Math.min(limit, later.size()));
    return new TroubleIndex.Found(
        some, some.size() < later.size() ? some.getLast().postback().postbackId() : null);
  }

  /** Rows of counters. */
  private final class Rows implements StatisticsStore {
    @Override
    public void add(ShardChanges changes) {
      throw new AssertionError("nothing is counted here");
    }

    @Override
    public List<Hour> read(String affiliateId, Instant since, Instant until) {
      if (refusing) {
        throw new Unavailable("throttled", null);
      }
      return hours.stream()
          .filter(hour -> hour.key().postback().affiliateId().equals(affiliateId))
          .filter(hour -> !hour.key().hour().isBefore(since))
          .filter(hour -> hour.key().hour().isBefore(until))
          .toList();
    }
  }

  private void given(String affiliateId, String postbackId, @Nullable PausedReason paused) {
    troubles.add(
        new Trouble(new PostbackKey(affiliateId, postbackId), null, null, paused, Samples.NOW));
  }

  private void counted(
      String affiliateId, String postbackId, Duration ago, Counter counter, long count) {
    hours.add(
        new StatisticsStore.Hour(
            new StatisticsKey(new PostbackKey(affiliateId, postbackId), Samples.NOW.minus(ago)),
            new Counters(new Tally<>(Map.of(counter, count)), LatencyHistogram.NONE)));
  }

  private List<String> ids(int limit) {
    List<String> ids = new ArrayList<>();
    String after = null;
    do {
      Page<Attention.Entry> page = attention.page(after, limit);
      page.items().forEach(entry -> ids.add(entry.trouble().postback().postbackId()));
      after = page.next();
    } while (after != null);
    return ids;
  }

  @Test
  void theWorstComesFirst() {
    given("1", "by-hand", PausedReason.BY_HAND);
    given("2", "failing-a-little", null);
    given("1", "failing-a-lot", null);
    given("3", "gone", PausedReason.GONE);
    given("3", "paused-for-failing", PausedReason.FAILING);
    counted("1", "by-hand", Duration.ofHours(1), Counter.FAILED, 1_000);
    counted("1", "failing-a-lot", Duration.ofHours(1), Counter.FAILED, 30);
    counted("1", "failing-a-lot", Duration.ofHours(2), Counter.REJECTED, 20);
    counted("2", "failing-a-little", Duration.ofHours(1), Counter.FAILED, 49);
    counted("2", "failing-a-little", Duration.ofDays(2), Counter.FAILED, 999);
    counted("3", "paused-for-failing", Duration.ofHours(5), Counter.FAILED, 1);

    for (int limit : List.of(1, 2, 3, 100)) {
      assertEquals(
          List.of("paused-for-failing", "gone", "failing-a-lot", "failing-a-little", "by-hand"),
          ids(limit),
          "limit " + limit);
    }
  }

  @Test
  void countsWhatIsHeldHoweverOldItIs() {
    given("1", "p1", PausedReason.GONE);
    given("1", "p2", PausedReason.GONE);
    counted("1", "p1", Duration.ofDays(60), Counter.HELD, 7);
    counted("1", "p1", Duration.ofHours(1), Counter.HELD, 4);
    counted("1", "p1", Duration.ofHours(1), Counter.REJECTED, 2);

    assertEquals(
        List.of(
            new Attention.Entry(troubles.get(0), 11, 2),
            new Attention.Entry(troubles.get(1), 0, 0)),
        attention.page(null, 10).items());
  }

  @Test
  void sortsOnlySoManyAtATimeAndLeavesNoneOut() {
    for (int i = 0; i < Attention.SORTED + 3; i++) {
      given("a" + i % 50, "p%04d".formatted(i), i % 2 == 0 ? null : PausedReason.GONE);
    }

    List<String> ids = ids(200);

    assertEquals(Attention.SORTED + 3, ids.size());
    assertEquals(Attention.SORTED + 3, ids.stream().distinct().count());
    assertEquals("p0001", ids.getFirst());
    assertEquals(List.of("p0501", "p0500", "p0502"), ids.subList(Attention.SORTED, ids.size()));
  }

  @Test
  void continuesAfterAPostbackThatIsNoLongerInTrouble() {
    given("1", "p1", PausedReason.GONE);
    given("1", "p2", PausedReason.GONE);
    given("1", "p3", PausedReason.GONE);
    Page<Attention.Entry> first = attention.page(null, 1);
    troubles.removeFirst();

    assertEquals(
        "p2", attention.page(first.next(), 1).items().getFirst().trouble().postback().postbackId());
  }

  @Test
  void refusesAPositionOfAnotherList() {
    for (String position : List.of("p1 x", "p1 gone 1 p2", "p1 failing many p2")) {
      assertThrows(IllegalArgumentException.class, () -> attention.page(position, 1), position);
    }
  }

  @Test
  void reportsThatTheCountersCannotBeRead() {
    given("1", "p1", PausedReason.GONE);
    given("2", "p2", PausedReason.GONE);
    refusing = true;

    assertThrows(Unavailable.class, () -> attention.page(null, 1));
  }
}
