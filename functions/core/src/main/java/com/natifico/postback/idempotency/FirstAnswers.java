package com.natifico.postback.idempotency;

import java.time.Duration;

/**
 * The named requests of the last day with their answers. Each method may throw {@link
 * com.natifico.postback.Unavailable}; the change may have been made.
 */
public interface FirstAnswers {
  /** How long the answer to a request is kept. */
  Duration KEPT = Duration.ofHours(24);

  /**
   * How long an execution may take; longer than any function runs. After it another execution may
   * begin.
   */
  Duration LONGEST_EXECUTION = Duration.ofSeconds(60);

  /**
   * Claims a request. Of several callers at the same time only one gets {@link Claim.Execute}.
   *
   * @param seed of this execution if the request is new; no two callers pass the same one
   */
  Claim claim(NamedRequest request, String seed);

  /** Keeps the answer, even if another caller has claimed the request in the meantime. */
  void keep(NamedRequest request, KeptAnswer answer);

  /**
   * Gives a claim back.
   *
   * @param harmless whether the execution has stored nothing. The name can then be used for another
   *     request; otherwise the next request with this name and content repeats the execution.
   */
  void giveBack(NamedRequest request, boolean harmless);
}
