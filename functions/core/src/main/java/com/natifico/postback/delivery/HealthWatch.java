package com.natifico.postback.delivery;

import com.natifico.postback.Page;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackHealth;
import com.natifico.postback.postback.PostbackHealth.Streak;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.PostbackStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Pauses the postbacks whose endpoints are gone, or fail for too long.
 *
 * <p>Counting is best effort: a failure that could not be counted makes the pause come later, and
 * never a message come back. While all is well it costs nothing, and a streak that only waits for
 * its time to be over is counted once a minute. Safe for use by several threads.
 */
public final class HealthWatch {
  /** How long a streak with enough attempts is left uncounted; a busy one has thousands more. */
  private static final Duration COUNT_AGAIN_AFTER = Duration.ofMinutes(1);

  /** How many postbacks are remembered; the one that failed longest ago is forgotten first. */
  private static final int POSTBACKS = 10_000;

  /**
   * A delivery that succeeded in a streak may have been created before it by its whole schedule.
   */
  private static final Duration OLDEST_SUCCESS = Duration.ofHours(52);

  private static final int ROWS_PER_PAGE = 500;

  /**
   * Limits the search for a success that was not reported. It would have been made in the first
   * seconds of a streak, by a worker that had read the postback before it was marked; so it is near
   * the end of the search, and a streak with more deliveries than this counts as it is.
   */
  private static final int PAGES = 20;

  /** One version of a postback. */
  private record Key(String affiliateId, String postbackId, long version) {
    static Key of(Postback postback) {
      return new Key(postback.affiliateId(), postback.postbackId(), postback.version());
    }
  }

  private final PostbackHealth health;
  private final PostbackStore postbacks;
  private final DeliveryLog log;
  private final BiConsumer<String, Throwable> errors;

  /** The streaks that this worker knows of, with the time until which they need no counting. */
  private final Map<Key, Instant> failing =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Instant> eldest) {
          return size() > POSTBACKS;
        }
      };

  /**
   * @param errors is called with what could not be counted
   */
  public HealthWatch(
      PostbackHealth health,
      PostbackStore postbacks,
      DeliveryLog log,
      BiConsumer<String, Throwable> errors) {
    this.health = health;
    this.postbacks = postbacks;
    this.log = log;
    this.errors = errors;
  }

  /**
   * Learns how an attempt ended, once for each. Never throws.
   *
   * @param postback as it was when the attempt was made, maybe out of a cache
   */
  void ended(Postback postback, Outcome outcome, Instant now) {
    if (postback.isPaused()) {
      // A change forgets the count, so there is nothing to count until it is active again.
      return;
    }
    try {
      if (outcome == Outcome.DELIVERED) {
        succeeded(postback);
      } else {
        failed(postback, now);
      }
    } catch (RuntimeException e) {
      errors.accept("an attempt is not counted for postback " + postback.postbackId(), e);
    }
  }

  private void succeeded(Postback postback) {
    boolean known;
    synchronized (failing) {
      known = failing.remove(Key.of(postback)) != null;
    }
    if (known || isNotedAsFailing(postback)) {
      health.succeeded(postback);
    }
  }

  private static boolean isNotedAsFailing(Postback postback) {
    return postback.status() instanceof PostbackStatus.Active(Instant since) && since != null;
  }

  private void failed(Postback postback, Instant now) {
    Key key = Key.of(postback);
    synchronized (failing) {
      Instant again = failing.get(key);
      if (again != null && again.isAfter(now)) {
        return;
      }
      failing.put(key, now);
    }
    Streak streak = health.failed(postback, now);
    if (streak == null || !streak.hasEnoughAttempts()) {
      return;
    }
    if (!streak.isTooLong(now)) {
      remember(key, now.plus(COUNT_AGAIN_AFTER));
    } else if (hasSuccessSince(postback, streak.since())) {
      health.succeeded(postback);
    } else {
      remember(key, now.plus(COUNT_AGAIN_AFTER));
      pause(postback, now);
    }
  }

  private void remember(Key key, Instant countAgainAt) {
    synchronized (failing) {
      failing.put(key, countAgainAt);
    }
  }

  /** Pauses this version and no other; of several workers the store lets one do it. */
  private void pause(Postback seen, Instant now) {
    Postback stored = postbacks.find(seen.affiliateId(), seen.postbackId());
    if (stored != null && !stored.isPaused() && stored.version() == seen.version()) {
      postbacks.replace(stored.paused(PausedReason.FAILING, toMillis(now)), stored.version());
    }
  }

  private boolean hasSuccessSince(Postback postback, Instant since) {
    DeliveryFilter delivered =
        new DeliveryFilter(
            null,
            postback.postbackId(),
            Set.of(DeliveryState.DELIVERED),
            since.minus(OLDEST_SUCCESS),
            null);
    String after = null;
    for (int page = 0; page < PAGES; page++) {
      Page<Delivery> rows =
          log.list(
              postback.affiliateId(),
              delivered,
              DeliveryLog.Order.NEWEST_FIRST,
              after,
              ROWS_PER_PAGE);
      if (rows.items().stream().anyMatch(row -> succeededSince(row, since))) {
        return true;
      }
      after = rows.next();
      if (after == null) {
        return false;
      }
    }
    return false;
  }

  private static boolean succeededSince(Delivery row, Instant since) {
    return !row.callback().test()
        && row.attempts().stream()
            .anyMatch(
                attempt ->
                    attempt.outcome() == Outcome.DELIVERED && !attempt.endedAt().isBefore(since));
  }

  /**
   * Pauses the postback of an endpoint that said 410, unless it has been changed since: what was
   * done once already must not undo a resumption.
   *
   * @param said when the endpoint did
   * @throws RuntimeException if that could not be done
   */
  void gone(String affiliateId, String postbackId, Instant said, Instant now) {
    while (true) {
      @Nullable Postback stored = postbacks.find(affiliateId, postbackId);
      if (stored == null || stored.isPaused() || stored.revision().updatedAt().isAfter(said)) {
        return;
      }
      Postback paused = stored.paused(PausedReason.GONE, toMillis(now));
      if (postbacks.replace(paused, stored.version()) != PostbackStore.Written.STALE) {
        return;
      }
    }
  }

  /** As precisely as times are kept and shown. */
  private static Instant toMillis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }
}
