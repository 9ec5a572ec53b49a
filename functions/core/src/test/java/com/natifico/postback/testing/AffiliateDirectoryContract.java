package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.natifico.postback.Page;
import com.natifico.postback.directory.AffiliateDirectory;
import com.natifico.postback.directory.AffiliateDirectory.Known;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of every {@link AffiliateDirectory}. */
public abstract class AffiliateDirectoryContract {
  private static final LocalDate DAY = LocalDate.parse("2026-11-02");

  private final String prefix = UUID.randomUUID() + "-";
  private final AffiliateDirectory directory = directory();

  /** It may have other affiliates. */
  protected abstract AffiliateDirectory directory();

  private List<Known> all(String prefix, int limit) {
    List<Known> all = new ArrayList<>();
    String after = null;
    do {
      Page<Known> page = directory.list(prefix, after, limit);
      all.addAll(page.items());
      after = page.next();
    } while (after != null);
    return all;
  }

  @Test
  void listsInTheOrderOfIdsOnPagesOfAnySize() {
    List<Known> expected = new ArrayList<>();
    for (String id : List.of("10", "2", "A", "a", "a.1")) {
      expected.add(new Known(prefix + id, DAY));
    }
    expected.reversed().forEach(known -> directory.seen(known.affiliateId(), DAY));

    for (int limit = 1; limit <= 6; limit++) {
      assertEquals(expected, all(prefix, limit), "limit " + limit);
    }
  }

  @Test
  void keepsTheLastDay() {
    directory.seen(prefix + "1", DAY);
    directory.seen(prefix + "1", DAY.plusDays(1));

    assertEquals(List.of(new Known(prefix + "1", DAY.plusDays(1))), all(prefix, 10));
  }

  @Test
  void findsByWhatIdsBeginWith() {
    directory.seen(prefix + "77", DAY);
    directory.seen(prefix + "770", DAY);
    directory.seen(prefix + "8", DAY);

    assertEquals(
        List.of(prefix + "77", prefix + "770"),
        all(prefix + "77", 10).stream().map(Known::affiliateId).toList());
    assertEquals(List.of(), all(prefix + "9", 10));
  }

  @Test
  void listsAllWithoutAPrefix() {
    directory.seen(prefix + "1", DAY);

    assertEquals(
        1, all("", 100).stream().filter(each -> each.affiliateId().startsWith(prefix)).count());
  }

  @Test
  void theLastPageHasNoNext() {
    directory.seen(prefix + "1", DAY);

    assertNull(directory.list(prefix, null, 5).next());
  }
}
