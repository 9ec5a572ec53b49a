package com.natifico.postback.directory;

import com.natifico.postback.Page;
import com.natifico.postback.acceptance.Concurrently;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.statistics.Counter;
import com.natifico.postback.statistics.Counters;
import com.natifico.postback.statistics.Statistics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The affiliates with their numbers of the last day. */
public final class AffiliateOverview {
  private static final Duration RECENT = Duration.ofDays(1);

  /** How many pages of the directory are read for one page of affiliates. */
  private static final int READS = 5;

  private final AffiliateDirectory directory;
  private final PostbackStore postbacks;
  private final Statistics statistics;
  private final Concurrently concurrently;
  private final InstantSource clock;
  private final Duration retention;

  /**
   * @param retention how long deliveries are kept. An affiliate without a postback whose last
   *     conversion is older is left out.
   */
  public AffiliateOverview(
      AffiliateDirectory directory,
      PostbackStore postbacks,
      Statistics statistics,
      Concurrently concurrently,
      InstantSource clock,
      Duration retention) {
    this.directory = directory;
    this.postbacks = postbacks;
    this.statistics = statistics;
    this.concurrently = concurrently;
    this.clock = clock;
    this.retention = retention;
  }

  /**
   * One affiliate.
   *
   * @param postbacks how many it has, without notifications
   * @param deliveredRecently its deliveries of the last day that were delivered
   * @param failedRecently those that failed or were rejected
   */
  public record Entry(
      String affiliateId, int postbacks, long deliveredRecently, long failedRecently) {}

  /**
   * The affiliates in the order of their ids. A page may have fewer than {@code limit} of them.
   *
   * @param prefix what their ids begin with; empty for all
   * @param after the id to continue after; null for the start
   */
  public Page<Entry> page(String prefix, @Nullable String after, int limit) {
    LocalDate forgotten = LocalDate.ofInstant(clock.instant().minus(retention), ZoneOffset.UTC);
    List<Entry> found = new ArrayList<>();
    String position = after;
    for (int reads = 0; reads < READS; reads++) {
      Page<AffiliateDirectory.Known> page = directory.list(prefix, position, limit - found.size());
      found.addAll(entries(page.items(), forgotten));
      position = page.next();
      if (position == null || found.size() == limit) {
        break;
      }
    }
    return new Page<>(found, position);
  }

  private List<Entry> entries(List<AffiliateDirectory.Known> known, LocalDate forgotten) {
    List<String> ids = known.stream().map(AffiliateDirectory.Known::affiliateId).toList();
    Map<String, Entry> entries = CountedAffiliates.count(ids, concurrently, this::entry);
    return known.stream()
        .map(
            each -> shown(each, Objects.requireNonNull(entries.get(each.affiliateId())), forgotten))
        .filter(Objects::nonNull)
        .toList();
  }

  private static @Nullable Entry shown(
      AffiliateDirectory.Known known, Entry entry, LocalDate forgotten) {
    return entry.postbacks() == 0 && known.lastSeen().isBefore(forgotten) ? null : entry;
  }

  private Entry entry(String affiliateId) {
    Instant now = clock.instant();
    Counters sum =
        statistics.totals(affiliateId, now.minus(RECENT), now).values().stream()
            .reduce(Counters.NONE, Counters::plus);
    return new Entry(
        affiliateId,
        postbacks.count(affiliateId),
        sum.count(Counter.DELIVERED),
        sum.count(Counter.FAILED) + sum.count(Counter.REJECTED));
  }
}
