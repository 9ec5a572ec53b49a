package com.natifico.postback.contract;

import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.limit.Allowance;
import com.natifico.postback.limit.CallLimits;
import com.natifico.postback.limit.LimitedCall;
import java.time.Duration;

/** Counts the expensive requests of an affiliate and answers those beyond the limit. */
public final class AffiliateLimits {
  private final CallLimits limits;

  public AffiliateLimits(CallLimits limits) {
    this.limits = limits;
  }

  /**
   * Counts a request that is valid, before anything is done for it.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 429 if it is beyond the limit
   */
  public void count(String affiliateId, LimitedCall call) {
    if (limits.take(affiliateId, call) instanceof Allowance.Refused(Duration wait)) {
      throw Problem.rateLimited(call.description(), wait);
    }
  }
}
