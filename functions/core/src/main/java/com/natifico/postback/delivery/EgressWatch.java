package com.natifico.postback.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Detects that almost no endpoint can be reached, which means that the fault is on our side: the
 * network, the NAT or the name server of the stack. Meanwhile attempts are deferred. One attempt is
 * made from time to time to detect the end of the outage; it counts neither against its delivery
 * nor against its postback. The outage is also considered over after an hour in which only one or
 * two endpoints were attempted, because an endpoint that is down for good must not keep the brake
 * on by itself.
 *
 * <p>Each running worker has its own instance. A new worker learns from the messages that others
 * deferred. Safe for use by several threads.
 */
final class EgressWatch {
  /** If none of this many endpoints is reached, it is not a coincidence. */
  private static final int ENDPOINTS = 10;

  /** Older attempts do not count. */
  private static final Duration WINDOW = Duration.ofHours(1);

  /**
   * If only this many endpoints were attempted within the window, none of them reached, the fault
   * may be theirs: while the network of the stack is down, callbacks for all endpoints wait.
   */
  private static final int OTHERS_FAULT = 2;

  /** A worker that has reached no endpoint cannot decide on the cause for this long. */
  private static final Duration UNTIL_SETTLED = Duration.ofMinutes(10);

  private static final Duration BETWEEN_PROBES = Duration.ofMinutes(2);

  private static final GrowingWait WAIT =
      new GrowingWait(Duration.ofMinutes(1), Duration.ofMinutes(15));

  /** The endpoints that were not reached, with the time of the last attempt. */
  private final Map<String, Instant> unreached = new HashMap<>();

  private @Nullable Instant firstEnded;
  private @Nullable Instant lastReached;
  private @Nullable Instant nextProbe;

  /** Since when almost no endpoint can be reached; null if it is not so. */
  private @Nullable Instant downSince;

  /** When this worker last decided that the fault is that of the endpoints. */
  private @Nullable Instant cleared;

  /** Records the result of an attempt. */
  synchronized void ended(String endpoint, Outcome outcome, Instant now) {
    firstEnded = firstEnded == null ? now : firstEnded;
    if (outcome.isUnreached()) {
      unreached.values().removeIf(at -> at.isBefore(now.minus(WINDOW)));
      unreached.put(endpoint, now);
      if (nextProbe == null && unreached.size() >= ENDPOINTS) {
        down(now, now.plus(BETWEEN_PROBES));
      } else if (downSince != null
          && !now.isBefore(downSince.plus(WINDOW))
          && unreached.size() <= OTHERS_FAULT) {
        cleared = now;
        up();
      }
    } else if (outcome != Outcome.BLOCKED) {
      unreached.clear();
      lastReached = now;
      up();
    }
  }

  private void down(Instant now, Instant probe) {
    downSince = now;
    nextProbe = probe;
  }

  private void up() {
    downSince = null;
    nextProbe = null;
  }

  /** Records that another worker has deferred a message because it reaches almost no endpoint. */
  synchronized void reported(Instant now) {
    boolean knowsBetter = isRecent(lastReached, now) || isRecent(cleared, now);
    if (nextProbe == null && !knowsBetter) {
      down(now, now);
    }
  }

  private static boolean isRecent(@Nullable Instant time, Instant now) {
    return time != null && time.isAfter(now.minus(WINDOW));
  }

  synchronized boolean isDown() {
    return nextProbe != null;
  }

  /** Whether the cause of a failure to reach an endpoint can be decided. */
  synchronized boolean isSettled(Instant now) {
    return nextProbe != null
        || lastReached != null
        || (firstEnded != null && !now.isBefore(firstEnded.plus(UNTIL_SETTLED)));
  }

  /**
   * Until when an attempt must be deferred.
   *
   * @param since since when it has been deferred; null if it has not been
   * @return null if the attempt may be made now
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
