package com.natifico.postback.testing;

import com.natifico.postback.postback.Circuit;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackHealth;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Marks the postbacks of a store. Thread-safe. */
public final class InMemoryPostbackHealth implements PostbackHealth {
  private record Counter(long version, Streak streak) {}

  private final InMemoryPostbackStore postbacks;
  private final Map<PostbackKey, Counter> counters = new HashMap<>();
  private int calls;
  private boolean broken;

  public InMemoryPostbackHealth(InMemoryPostbackStore postbacks) {
    this.postbacks = postbacks;
  }

  @Override
  public synchronized @Nullable Streak failed(Postback postback, int attempts, Instant at) {
    called();
    Postback stored = postbacks.find(postback.affiliateId(), postback.postbackId());
    if (stored == null || stored.version() != postback.version()) {
      return null;
    }
    PostbackKey key = postback.key();
    Counter counter = counters.get(key);
    boolean noted = !stored.isWithoutFailure();
    boolean goesOn = noted && counter != null && counter.version() == postback.version();
    if (!noted) {
      mark(stored, active -> active.withFailingSince(at));
    }
    Streak streak =
        counter != null && goesOn
            ? new Streak(counter.streak().attempts() + attempts, counter.streak().since())
            : new Streak(attempts, at);
    counters.put(key, new Counter(postback.version(), streak));
    return streak;
  }

  @Override
  public synchronized void succeeded(Postback postback) {
    called();
    Postback stored = postbacks.find(postback.affiliateId(), postback.postbackId());
    if (stored != null && stored.version() == postback.version()) {
      counters.remove(postback.key());
      mark(stored, active -> active.withFailingSince(null));
    }
  }

  @Override
  public synchronized @Nullable Circuit replaceCircuit(
      Postback postback, Circuit expected, Circuit next) {
    called();
    Postback stored = postbacks.find(postback.affiliateId(), postback.postbackId());
    if (stored == null
        || stored.version() != postback.version()
        || !(stored.status() instanceof PostbackStatus.Active active)) {
      return null;
    }
    if (!active.circuit().equals(expected)) {
      return active.circuit();
    }
    postbacks.mark(stored.withHealth(active.withCircuit(next)));
    return next;
  }

  private void mark(Postback stored, UnaryOperator<PostbackStatus.Active> change) {
    if (stored.status() instanceof PostbackStatus.Active active) {
      postbacks.mark(stored.withHealth(change.apply(active)));
    }
  }

  private void called() {
    calls++;
    if (broken) {
      throw new IllegalStateException("the table is throttled");
    }
  }

  /** The current streak of a postback; null if there is none. */
  synchronized @Nullable Streak streak(Postback postback) {
    Counter counter = counters.get(postback.key());
    return counter != null && counter.version() == postback.version() ? counter.streak() : null;
  }

  /** The number of calls. */
  public synchronized int calls() {
    return calls;
  }

  /** From now on every call fails. */
  public synchronized void breakDown() {
    broken = true;
  }
}
