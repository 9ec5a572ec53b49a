package com.natifico.postback.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The postbacks that are paused or {@linkplain
 * com.natifico.postback.notification.StoredStreak#FAILING_ATTEMPTS failing}, of all affiliates.
 * Notifications are not among them.
 */
public interface TroubleIndex {
  /**
   * The next postbacks in the order of their ids. The result may be slightly outdated.
   *
   * @param after the postback's id to continue after; null for the start
   */
  Found next(@Nullable String after, int limit);

  /**
   * @param next the position to continue after; null if there are no more
   */
  record Found(List<Trouble> troubles, @Nullable String next) {}
}
