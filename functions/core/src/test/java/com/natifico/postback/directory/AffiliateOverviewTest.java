package com.natifico.postback.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.Page;
import com.natifico.postback.acceptance.Concurrently;
import com.natifico.postback.statistics.Statistics;
import com.natifico.postback.testing.InMemoryAffiliateDirectory;
import com.natifico.postback.testing.InMemoryPostbackStore;
import com.natifico.postback.testing.InMemoryStatisticsStore;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AffiliateOverviewTest {
  private static final LocalDate TODAY = LocalDate.ofInstant(Samples.NOW, ZoneOffset.UTC);

  private final InMemoryAffiliateDirectory directory = new InMemoryAffiliateDirectory();
  private final InMemoryPostbackStore postbacks = new InMemoryPostbackStore();
  private final AffiliateOverview overview =
      new AffiliateOverview(
          directory,
          postbacks,
          new Statistics(new InMemoryStatisticsStore()),
          Concurrently.onVirtualThreads(),
          () -> Samples.NOW,
          Duration.ofDays(90));

  private List<AffiliateOverview.Entry> all(int limit) {
    List<AffiliateOverview.Entry> all = new ArrayList<>();
    String after = null;
    do {
      Page<AffiliateOverview.Entry> page = overview.page("", after, limit);
      all.addAll(page.items());
      after = page.next();
    } while (after != null);
    return all;
  }

  @Test
  void hasAnAffiliateAsLongAsItHasAPostbackOrARecentConversion() {
    directory.seen("1", TODAY.minusDays(91));
    directory.seen("2", TODAY.minusDays(90));
    directory.seen("3", TODAY.minusDays(1_000));
    postbacks.create(Samples.postback("3", "p1", "9"));
    postbacks.create(Samples.postback("3", "p2", null));

    List<AffiliateOverview.Entry> expected =
        List.of(
            new AffiliateOverview.Entry("2", 0, 0, 0), new AffiliateOverview.Entry("3", 2, 0, 0));
    for (int limit : List.of(1, 2, 10)) {
      assertEquals(expected, all(limit), "limit " + limit);
    }
  }
}
