package com.natifico.postback.testing;

import com.natifico.postback.limit.Allowance;
import com.natifico.postback.limit.CallLimits;
import com.natifico.postback.limit.LimitedCall;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Thread-safe. */
public final class InMemoryCallLimits implements CallLimits {
  private record Bucket(String affiliateId, LimitedCall call) {}

  private final InstantSource clock;
  private final Map<Bucket, Instant> fullAt = new HashMap<>();

  public InMemoryCallLimits(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Allowance take(String affiliateId, LimitedCall call) {
    Bucket bucket = new Bucket(affiliateId, call);
    Instant now = clock.instant();
    Instant full = fullAt.getOrDefault(bucket, now);
    Duration wait = call.rate().waitAt(now, full);
    if (wait.isPositive()) {
      return new Allowance.Refused(wait);
    }
    fullAt.put(bucket, call.rate().fullAfter(now, full));
    return new Allowance.Granted();
  }
}
