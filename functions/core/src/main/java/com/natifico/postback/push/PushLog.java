package com.natifico.postback.push;

import com.natifico.postback.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The refused pushes of all keys, and for each key and minute the count of those that were not
 * kept.
 */
public interface PushLog {
  /** The limit of refused pushes that are kept of a key and a minute. */
  int KEPT_PER_MINUTE = 30;

  /** How long refused pushes and counts are kept. */
  Duration KEPT = Duration.ofDays(7);

  /**
   * Reserves places among those of a minute, and adds to its count of what was not kept. What is
   * wanted beyond {@link #KEPT_PER_MINUTE} counts as not kept. All callers of all functions
   * together get no more places.
   *
   * @param minute its start
   * @param wanted the number of places, 0 or more
   * @param notKept what was not kept of this minute and is not counted yet
   * @return the number of reserved places
   * @throws com.natifico.postback.Unavailable if the store did not answer in a second or two; both
   *     numbers may have been added
   */
  int reserve(String keyId, Instant minute, int wanted, int notKept);

  /**
   * Stores refused pushes, for which places were reserved.
   *
   * @return how many were stored; the store may refuse some of them
   * @throws com.natifico.postback.Unavailable if the store did not answer in a second or two; any
   *     of them may have been stored
   */
  int save(List<RefusedPush> pushes);

  /**
   * A page of the refused pushes, the newest first.
   *
   * @param keyId of this key only; null for those of all keys
   * @param since inclusive; what is older than {@link #KEPT} may or may not be there
   * @param after the id after which the page starts; null for the start of the list
   */
  Listed list(@Nullable String keyId, Instant since, @Nullable String after, int limit);

  /**
   * @param page with a next page only if there are further refused pushes
   * @param notKept the count of what was not kept in the minutes of this page. Each minute is
   *     counted on one page, so that the counts of all pages add up; the minute of {@code since} is
   *     counted as a whole.
   */
  record Listed(Page<RefusedPush> page, long notKept) {}
}
