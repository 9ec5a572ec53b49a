package com.natifico.postback.simulation;

import com.natifico.postback.Page;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.WakeUps;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes every call on; a subclass overrides methods. */
abstract class ForwardingWakeUps implements WakeUps {
  private final WakeUps wakeUps;

  ForwardingWakeUps(WakeUps wakeUps) {
    this.wakeUps = wakeUps;
  }

  @Override
  public Page<Delivery> find(int shard, List<Range> ranges, @Nullable String after) {
    return wakeUps.find(shard, ranges, after);
  }

  @Override
  public @Nullable Instant completedUntil() {
    return wakeUps.completedUntil();
  }

  @Override
  public void complete(Instant until) {
    wakeUps.complete(until);
  }
}
