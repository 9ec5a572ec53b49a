package com.natifico.postback.limit;

import java.time.Duration;

/**
 * The buckets of the affiliates' expensive requests, shared by all functions. A bucket that was not
 * used for {@link #KEPT} may be forgotten: it is full.
 */
public interface CallLimits {
  /** Longer than any bucket takes to be full again, and than clocks differ. */
  Duration KEPT = Duration.ofDays(1);

  /**
   * Takes a token of the affiliate's bucket for such requests. Under concurrency the limit is not
   * exceeded, except by what the clocks of functions differ: at most one token for each interval of
   * the difference.
   *
   * @throws com.natifico.postback.Unavailable if the store did not answer; a token may have been
   *     taken
   */
  Allowance take(String affiliateId, LimitedCall call);
}
