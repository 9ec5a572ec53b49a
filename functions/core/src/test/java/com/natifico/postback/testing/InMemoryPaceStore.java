package com.natifico.postback.testing;

import com.natifico.postback.Unavailable;
import com.natifico.postback.delivery.Pacing;
import com.natifico.postback.postback.EndpointPace;
import com.natifico.postback.postback.PaceStore;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Marks the postbacks of a store. Thread-safe. */
public final class InMemoryPaceStore implements PaceStore {
  private final InMemoryPostbackStore postbacks;
  private final Map<PostbackKey, EndpointPace> paces = new HashMap<>();
  private int calls;
  private boolean broken;

  public InMemoryPaceStore(InMemoryPostbackStore postbacks) {
    this.postbacks = postbacks;
  }

  /** The pacing of a worker whose store is used by no other worker. */
  public static Pacing pacing(InMemoryPostbackStore postbacks, Consumer<Duration> waiting) {
    return new Pacing(new InMemoryPaceStore(postbacks), waiting, (_, _) -> {});
  }

  @Override
  public synchronized EndpointPace find(PostbackKey key) {
    called();
    return paces.getOrDefault(key, EndpointPace.UNKNOWN);
  }

  @Override
  public synchronized Replaced replace(PostbackKey key, EndpointPace expected, EndpointPace next) {
    called();
    EndpointPace stored = paces.getOrDefault(key, EndpointPace.UNKNOWN);
    if (stored.revision() != expected.revision()) {
      return new Replaced(false, stored);
    }
    paces.put(key, next);
    return new Replaced(true, next);
  }

  @Override
  public synchronized void mark(Postback postback, Instant until) {
    called();
    Postback stored = postbacks.find(postback.affiliateId(), postback.postbackId());
    if (stored != null
        && stored.version() == postback.version()
        && stored.status() instanceof PostbackStatus.Active active) {
      postbacks.mark(stored.withHealth(active.withPacedUntil(until)));
    }
  }

  private void called() {
    calls++;
    if (broken) {
      throw new Unavailable("the table is throttled", null);
    }
  }

  /** The number of calls. */
  public synchronized int calls() {
    return calls;
  }

  /** From now on every call fails, or none. */
  public synchronized void setBroken(boolean isBroken) {
    broken = isBroken;
  }
}
