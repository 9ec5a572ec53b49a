package com.natifico.postback.testing;

import com.natifico.postback.limit.CallLimits;
import java.time.InstantSource;

final class InMemoryCallLimitsTest extends CallLimitsContract {
  @Override
  protected CallLimits limits(InstantSource clock) {
    return new InMemoryCallLimits(clock);
  }
}
