package com.natifico.postback.directory;

import com.natifico.postback.Page;
import com.natifico.postback.Words;
import com.natifico.postback.acceptance.Concurrently;
import com.natifico.postback.directory.Trouble.Severity;
import com.natifico.postback.statistics.Counter;
import com.natifico.postback.statistics.Counters;
import com.natifico.postback.statistics.Statistics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The postbacks of all affiliates that need attention, the worst first: those that were paused
 * automatically, those that are failing, those that were paused by hand; in each group by the
 * failed deliveries of the last day.
 *
 * <p>The order is that of at most {@value #SORTED} postbacks at a time. If there are more, those
 * whose ids come later follow, again the worst first.
 */
public final class Attention {
  /** Each affiliate among them costs one query, so this bounds the time of an answer. */
  static final int SORTED = 500;

  private static final Duration RECENT = Duration.ofDays(1);

  private final TroubleIndex index;
  private final Statistics statistics;
  private final Concurrently concurrently;
  private final InstantSource clock;

  public Attention(
      TroubleIndex index, Statistics statistics, Concurrently concurrently, InstantSource clock) {
    this.index = index;
    this.statistics = statistics;
    this.concurrently = concurrently;
    this.clock = clock;
  }

  /**
   * One postback.
   *
   * @param held its callbacks that are held
   * @param failedRecently its deliveries of the last day that failed or were rejected
   */
  public record Entry(Trouble trouble, long held, long failedRecently) {
    private Entry withHeld(long counted) {
      return new Entry(trouble, counted, failedRecently);
    }
  }

  /**
   * A place in the order.
   *
   * @param window the id after which the sorted postbacks begin; empty for the start
   * @param rank of the last postback before this place; null if none of the sorted ones is
   */
  private record Position(String window, @Nullable Rank rank) {
    static Position of(@Nullable String text) {
      if (text == null) {
        return new Position("", null);
      }
      String[] parts = text.split(" ", 2);
      return new Position(parts[0], parts.length == 1 ? null : Rank.of(parts[1]));
    }

    @Nullable String windowOrNull() {
      return window.isEmpty() ? null : window;
    }

    boolean isBefore(Entry entry) {
      return rank == null || rank.compareTo(Rank.of(entry)) < 0;
    }

    @Override
    public String toString() {
      return rank == null ? window : window + " " + rank;
    }
  }

  /** What the order is by. */
  private record Rank(Severity severity, long failed, String postbackId)
      implements Comparable<Rank> {
    private static final Comparator<Rank> ORDER =
        Comparator.comparing(Rank::severity)
            .thenComparing(Comparator.comparingLong(Rank::failed).reversed())
            .thenComparing(Rank::postbackId);

    static Rank of(Entry entry) {
      return new Rank(
          entry.trouble().severity(),
          entry.failedRecently(),
          entry.trouble().postback().postbackId());
    }

    /**
     * @throws IllegalArgumentException if the text is not a rank
     */
    static Rank of(String text) {
      String[] parts = text.split(" ", 3);
      if (parts.length < 3) {
        throw new IllegalArgumentException("not a rank: " + text);
      }
      return new Rank(Words.of(Severity.class, parts[0]), Long.parseLong(parts[1]), parts[2]);
    }

    @Override
    public int compareTo(Rank other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return Words.word(severity) + " " + failed + " " + postbackId;
    }
  }

  /**
   * A page. A postback whose number of failures changes between two pages may be on both or on
   * neither.
   *
   * @param after the position of the page before; null for the start
   * @throws IllegalArgumentException if the text is not a position of this list
   */
  public Page<Entry> page(@Nullable String after, int limit) {
    Position position = Position.of(after);
    TroubleIndex.Found window = index.next(position.windowOrNull(), SORTED);
    List<Entry> rest =
        recent(window.troubles()).stream()
            .filter(position::isBefore)
            .sorted(Comparator.comparing(Rank::of))
            .toList();
    List<Entry> some = rest.subList(0, Math.min(rest.size(), limit));
    Position next =
        some.size() < rest.size()
            ? new Position(position.window(), Rank.of(some.getLast()))
            : window.next() == null ? null : new Position(window.next(), null);
    return new Page<>(withHeld(some), next == null ? null : next.toString());
  }

  private List<Entry> recent(List<Trouble> troubles) {
    Instant now = clock.instant();
    Map<String, Map<String, Counters>> counted =
        byAffiliate(troubles, id -> statistics.totals(id, now.minus(RECENT), now));
    return troubles.stream()
        .map(
            trouble -> {
              Counters counters = of(counted, trouble);
              return new Entry(
                  trouble, 0, counters.count(Counter.FAILED) + counters.count(Counter.REJECTED));
            })
        .toList();
  }

  /** Held callbacks may be as old as the oldest delivery. */
  private List<Entry> withHeld(List<Entry> entries) {
    Instant now = clock.instant();
    Map<String, Map<String, Counters>> counted =
        byAffiliate(
            entries.stream().map(Entry::trouble).toList(),
            id -> statistics.totals(id, Instant.EPOCH, now));
    return entries.stream()
        .map(entry -> entry.withHeld(of(counted, entry.trouble()).count(Counter.HELD)))
        .toList();
  }

  private Map<String, Map<String, Counters>> byAffiliate(
      List<Trouble> troubles, Function<String, Map<String, Counters>> count) {
    List<String> affiliates =
        troubles.stream().map(trouble -> trouble.postback().affiliateId()).distinct().toList();
    return CountedAffiliates.count(affiliates, concurrently, count);
  }

  private static Counters of(Map<String, Map<String, Counters>> counted, Trouble trouble) {
    return counted
        .getOrDefault(trouble.postback().affiliateId(), Map.of())
        .getOrDefault(trouble.postback().postbackId(), Counters.NONE);
  }
}
