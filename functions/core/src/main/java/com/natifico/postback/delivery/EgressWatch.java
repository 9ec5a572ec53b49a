package com.natifico.postback.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notices that almost no endpoint can be reached, so that the fault is on our side: the network,
 * the NAT or the name server of the stack. While that is so, attempts are deferred; one is made
 * from time to time to see whether it is over, and it does not count against its delivery or its
 * postback.
 *
 * <p>Each running worker has its own. A new one learns from the messages that others deferred. Safe
 * for use by several threads.
 */
final class EgressWatch {
  /** If none of this many endpoints is reached, it is not a coincidence. */
  private static final int ENDPOINTS = 10;

  /** Older attempts do not count. */
  private static final Duration WINDOW = Duration.ofHours(1);

  /** For this long a worker that has reached no endpoint cannot tell whose fault that is. */
  private static final Duration UNTIL_SETTLED = Duration.ofMinutes(10);

  private static final Duration BETWEEN_PROBES = Duration.ofMinutes(2);

  private static final GrowingWait WAIT =
      new GrowingWait(Duration.ofMinutes(1), Duration.ofMinutes(15));

  /** The endpoints that were not reached, with the time of the last attempt. */
  private final Map<String, Instant> unreached = new HashMap<>();

  private @Nullable Instant firstEnded;
  private @Nullable Instant lastReached;
  private @Nullable Instant nextProbe;

  /** Takes into account how an attempt ended. */
  synchronized void ended(String endpoint, Outcome outcome, Instant now) {
    firstEnded = firstEnded == null ? now : firstEnded;
    if (outcome.isUnreached()) {
      unreached.values().removeIf(at -> at.isBefore(now.minus(WINDOW)));
      unreached.put(endpoint, now);
      if (nextProbe == null && unreached.size() >= ENDPOINTS) {
        nextProbe = now.plus(BETWEEN_PROBES);
      }
    } else if (outcome != Outcome.BLOCKED) {
      unreached.clear();
      lastReached = now;
      nextProbe = null;
    }
  }

  /** Another worker has deferred a message because it reaches almost no endpoint. */
  synchronized void reported(Instant now) {
    boolean knowsBetter = lastReached != null && lastReached.isAfter(now.minus(WINDOW));
    if (nextProbe == null && !knowsBetter) {
      nextProbe = now;
    }
  }

  synchronized boolean isDown() {
    return nextProbe != null;
  }

  /** Whether it can be told whose fault a failure to reach an endpoint is. */
  synchronized boolean isSettled(Instant now) {
    return nextProbe != null
        || lastReached != null
        || (firstEnded != null && !now.isBefore(firstEnded.plus(UNTIL_SETTLED)));
  }

  /**
   * Until when an attempt is to be deferred.
   *
   * @param since since when it has been deferred; null if it has not been
   * @return null if it may be made now
   */
  synchronized @Nullable Instant deferredUntil(@Nullable Instant since, Instant now) {
    if (nextProbe == null) {
      return null;
    }
    if (!nextProbe.isAfter(now)) {
      nextProbe = now.plus(BETWEEN_PROBES);
      return null;
    }
    return now.plus(WAIT.next(since, now));
  }
}
