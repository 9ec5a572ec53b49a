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
 * Pauses the postbacks whose endpoints are gone, or have failed for too long.
 *
 * <p>Counting is best effort: a failure that could not be counted delays the pause but never
 * returns a message to the queue. Counting costs nothing while there are no failures, and a streak
 * that only waits for its time to pass is counted once a minute. Safe for use by several threads.
 */
public final class HealthWatch {
  /**
   * The interval at which a streak with enough attempts is counted; a busy postback has thousands
   * of failures in this time.
   */
  private static final Duration COUNT_AGAIN_AFTER = Duration.ofMinutes(1);

  /**
   * The limit of postbacks in memory; the one whose last failure is the oldest is removed first.
   */
  private static final int POSTBACKS = 10_000;

  /**
   * A delivery that succeeded during a streak may have been created earlier by the duration of its
   * whole schedule.
   */
  private static final Duration OLDEST_SUCCESS = Duration.ofHours(52);

  private static final int ROWS_PER_PAGE = 500;

  /**
   * Limits the search for a success that was not reported. Such a success happened in the first
   * seconds of a streak, in a worker that had read the postback before it was marked. It is
   * therefore near the end of the search. A streak with more deliveries than this is not searched
   * further.
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

  /** The streaks that this worker knows. */
  private final Map<Key, Counting> failing =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Counting> eldest) {
          return size() > POSTBACKS;
        }
      };

  /**
   * Counts the failures of one streak together: while a thread counts some, the others leave theirs
   * to it.
   */
  private static final class Counting {
    private int left;
    private boolean isRunning;
    private Instant restsUntil = Instant.MIN;

    /** Whether this thread must count the failure, and those that others leave to it. */
    synchronized boolean startsWith(Instant failedAt) {
      if (restsUntil.isAfter(failedAt)) {
        return false;
      }
      left++;
      boolean starts = !isRunning;
      isRunning = true;
      return starts;
    }

    /** The failures to be counted next; 0 ends the count. */
    synchronized int next() {
      int next = left;
      left = 0;
      isRunning = next > 0;
      return next;
    }

    /** Until then no failure needs to be counted. */
    synchronized void restUntil(Instant time) {
      restsUntil = time;
      left = 0;
    }

    synchronized void stop() {
      isRunning = false;
    }
  }

  /**
   * @param errors is called for failures that could not be counted
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

  /** A new circuit breaker, which shares its state through the same store. */
  Breaker breaker() {
    return new Breaker(health, errors);
  }

  /**
   * Records the result of an attempt, once for each attempt. Never throws.
   *
   * @param postback as it was when the attempt was made, possibly from a cache
   */
  void ended(Postback postback, Outcome outcome, Instant now) {
    if (postback.isPaused()) {
      // A change resets the count, so a paused postback has nothing to count.
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
    return postback.status() instanceof PostbackStatus.Active active
        && active.failingSince() != null;
  }

  private void failed(Postback postback, Instant now) {
    Counting counting;
    synchronized (failing) {
      counting = failing.computeIfAbsent(Key.of(postback), _ -> new Counting());
    }
    if (!counting.startsWith(now)) {
      return;
    }
    try {
      for (int failures = counting.next(); failures > 0; failures = counting.next()) {
        count(postback, failures, now, counting);
      }
    } catch (RuntimeException e) {
      counting.stop();
      throw e;
    }
  }

  private void count(Postback postback, int failures, Instant now, Counting counting) {
    Streak streak = health.failed(postback, failures, now);
    if (streak == null || !streak.hasEnoughAttempts()) {
      return;
    }
    if (!streak.isTooLong(now)) {
      counting.restUntil(now.plus(COUNT_AGAIN_AFTER));
    } else if (hasSuccessSince(postback, streak.since())) {
      health.succeeded(postback);
    } else {
      counting.restUntil(now.plus(COUNT_AGAIN_AFTER));
      pause(postback, now);
    }
  }

  /** Pauses exactly this version; if several workers try, the store lets one of them do it. */
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
   * Pauses the postback of an endpoint that returned 410, unless the postback has been changed
   * since: repeating the pause must not undo a resumption.
   *
   * @param said when the endpoint returned 410
   * @throws RuntimeException if the postback could not be paused
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

  /** The precision with which times are stored and shown. */
  private static Instant toMillis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }
}
