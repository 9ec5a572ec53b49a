package com.natifico.postback.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
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
  /** So many endpoints, none of them reached, are no longer a coincidence. */
  private static final int ENDPOINTS = 10;

  /** What was seen before is forgotten. */
  private static final Duration WINDOW = Duration.ofHours(1);

  /** A worker that has reached no endpoint cannot yet tell whose fault that is for so long. */
  private static final Duration UNTIL_SETTLED = Duration.ofMinutes(10);

  private static final Duration BETWEEN_PROBES = Duration.ofMinutes(2);

  /** How long a message waits: as long as it has been deferred, within these bounds. */
  private static final Duration MIN_WAIT = Duration.ofMinutes(1);

  private static final Duration MAX_WAIT = Duration.ofMinutes(15);

  /** The endpoints that were not reached, with the time of the last attempt. */
  private final Map<String, Instant> unreached = new LinkedHashMap<>();

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

  /** Another worker has deferred a message for this reason. */
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
   * @param since since when it is; null if it is not yet
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
    Duration waited = since == null ? Duration.ZERO : Duration.between(since, now);
    Duration wait =
        waited.compareTo(MIN_WAIT) < 0
            ? MIN_WAIT
            : waited.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : waited;
    return now.plus(wait);
  }
}
