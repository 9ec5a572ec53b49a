package com.natifico.postback.testing;

import com.natifico.postback.Page;
import com.natifico.postback.directory.AffiliateDirectory;
import java.time.LocalDate;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Thread-safe. */
public final class InMemoryAffiliateDirectory implements AffiliateDirectory {
  private final TreeMap<String, LocalDate> lastSeen = new TreeMap<>();

  @Override
  public synchronized void seen(String affiliateId, LocalDate day) {
    lastSeen.put(affiliateId, day);
  }

  @Override
  public synchronized Page<Known> list(String prefix, @Nullable String after, int limit) {
    return Pages.firstOf(
        lastSeen.entrySet().stream()
            .map(entry -> new Known(entry.getKey(), entry.getValue()))
            .filter(known -> known.affiliateId().startsWith(prefix))
            .filter(known -> after == null || known.affiliateId().compareTo(after) > 0),
        limit,
        Known::affiliateId);
  }
}
