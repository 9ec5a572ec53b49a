package com.natifico.postback.directory;

import com.natifico.postback.Page;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The affiliates that have had a postback or a conversion. */
public interface AffiliateDirectory {
  /**
   * An affiliate.
   *
   * @param lastSeen the last day in UTC on which a postback was created or a conversion was pushed;
   *     a day earlier than the true one if that could not be stored
   */
  record Known(String affiliateId, LocalDate lastSeen) {}

  /**
   * Stores that the affiliate had a postback or a conversion on this day.
   *
   * @throws com.natifico.postback.Unavailable if the store did not answer
   */
  void seen(String affiliateId, LocalDate day);

  /**
   * The affiliates in the order of their ids. The result may be slightly outdated.
   *
   * @param prefix what their ids begin with; empty for all
   * @param after the id to continue after; null for the start
   */
  Page<Known> list(String prefix, @Nullable String after, int limit);
}
