package com.natifico.postback.delivery;

import com.natifico.postback.delivery.Transport.Exchange;
import com.natifico.postback.postback.EndpointPace;
import com.natifico.postback.postback.PaceStore;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sends as many requests to an endpoint as it takes, or as its owner allows, from all workers
 * together. Callbacks of such a postback are sent in the slow lane, each at the time of a slot that
 * its worker has reserved; a callback that gets no slot is deferred, which does not count as an
 * attempt.
 *
 * <p>All other postbacks cost nothing: an endpoint becomes limited when it answers 429, or 503 with
 * a time at which to call again. While it is limited, a plain 503 and a latency that has risen
 * count as well. Pacing delays callbacks but never changes their outcome. Safe for use by several
 * threads.
 */
public final class Pacing {
  /** The limit of postbacks in memory; the least recently used one is removed first. */
  private static final int POSTBACKS = 10_000;

  /** How often a thread looks for the slot that another thread reserves for it. */
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(5);

  /** A call of the store ends within this time; after that its thread is taken for dead. */
  private static final Duration RESERVED_WITHIN = Duration.ofSeconds(20);

  /** A slot that was not used in time is not used any more. */
  private static final Duration USED_WITHIN = Duration.ofSeconds(1);

  /** The mark of the postback is renewed when less than this is left of its time. */
  private static final Duration MARK_LEFT = Duration.ofMinutes(5);

  /** How often a refusal is stored again after another worker was faster. */
  private static final int WRITES = 3;

  /** A latency beyond this multiple of the usual one, and by this much, has risen. */
  private static final int RISEN_FACTOR = 3;

  private static final int RISEN_BY_MS = 500;

  /** The weight of the latest latency in the usual one. */
  private static final double LATEST = 0.05;

  private final PaceStore store;
  private final Consumer<Duration> waiting;
  private final BiConsumer<String, Throwable> errors;
  private final Map<PostbackKey, Lane> lanes =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<PostbackKey, Lane> eldest) {
          return size() > POSTBACKS;
        }
      };

  /** The turn of one callback. */
  private sealed interface Turn {
    /** It is sent at this time. */
    record Slot(Instant at) implements Turn {}

    /** It asks again at this time. */
    record Later(Instant until) implements Turn {}
  }

  /** What this worker knows of a limited postback; its monitor guards it. */
  private static final class Lane {
    @Nullable EndpointPace known;
    @Nullable Instant limitedUntil;
    @Nullable Instant markedUntil;
    int askers;
    @Nullable Instant reservedBy;
    final Queue<Turn> turns = new ArrayDeque<>();
    boolean isBeingSlowed;
    double usualMs;

    synchronized void learn(EndpointPace stored, Instant now) {
      known = stored;
      limitedUntil = stored.limitedUntil(now);
    }

    synchronized boolean isLimited(Instant now) {
      return limitedUntil != null && now.isBefore(limitedUntil);
    }
  }

  /**
   * @param waiting waits for a time within a thread
   * @param errors receives why a pace could not be stored
   */
  public Pacing(PaceStore store, Consumer<Duration> waiting, BiConsumer<String, Throwable> errors) {
    this.store = store;
    this.waiting = waiting;
    this.errors = errors;
  }

  /** Whether requests need a slot. */
  boolean isPaced(Postback postback, Instant now) {
    if (postback.isPaced(now)) {
      return true;
    }
    Lane lane = find(postback);
    return lane != null && lane.isLimited(now);
  }

  private @Nullable Lane find(Postback postback) {
    synchronized (lanes) {
      return lanes.get(postback.key());
    }
  }

  private Lane lane(Postback postback) {
    synchronized (lanes) {
      return lanes.computeIfAbsent(postback.key(), _ -> new Lane());
    }
  }

  /**
   * Waits for the slot of a callback.
   *
   * @param postback as stored, possibly from a cache
   * @param inSlowLane whether the callback is in the slow lane already; only there are slots
   *     reserved
   * @return null if the attempt must be made now; otherwise when to ask again, in the slow lane
   * @throws com.natifico.postback.Unavailable if the store is
   */
  @Nullable Instant deferredUntil(Postback postback, boolean inSlowLane, InstantSource clock) {
    Instant now = clock.instant();
    if (!isPaced(postback, now)) {
      return null;
    }
    if (!inSlowLane) {
      return now;
    }
    return switch (turn(postback, lane(postback), clock)) {
      case Turn.Slot(Instant at) -> {
        Duration wait = Duration.between(clock.instant(), at);
        if (wait.isPositive()) {
          waiting.accept(wait);
        }
        yield null;
      }
      case Turn.Later(Instant until) -> until;
    };
  }

  /**
   * One thread reserves slots for all that ask at the same time, so that a batch costs a few writes
   * and not one for each callback.
   */
  private Turn turn(Postback postback, Lane lane, InstantSource clock) {
    synchronized (lane) {
      lane.askers++;
    }
    boolean hasTurn = false;
    try {
      while (true) {
        Instant now = clock.instant();
        int askers = 0;
        synchronized (lane) {
          Turn turn = next(lane, now);
          if (turn != null) {
            hasTurn = true;
            lane.askers--;
            return turn;
          }
          if (lane.reservedBy == null || now.isAfter(lane.reservedBy)) {
            lane.reservedBy = now.plus(RESERVED_WITHIN);
            askers = Math.max(1, lane.askers);
          }
        }
        if (askers == 0) {
          waiting.accept(LOOK_AGAIN_AFTER);
        } else {
          reserve(postback, lane, askers, clock);
        }
      }
    } finally {
      if (!hasTurn) {
        synchronized (lane) {
          lane.askers--;
        }
      }
    }
  }

  /** The next turn that can still be used; those before it belonged to threads that ended early. */
  private static @Nullable Turn next(Lane lane, Instant now) {
    while (true) {
      Turn turn = lane.turns.poll();
      boolean isUsable =
          switch (turn) {
            case null -> true;
            case Turn.Slot(Instant at) -> at.plus(USED_WITHIN).isAfter(now);
            case Turn.Later(Instant until) -> until.isAfter(now);
          };
      if (isUsable) {
        return turn;
      }
    }
  }

  private void reserve(Postback postback, Lane lane, int askers, InstantSource clock) {
    EndpointPace.@Nullable Reservation reserved = null;
    try {
      reserved = reserved(postback, lane, askers, clock);
    } finally {
      synchronized (lane) {
        lane.reservedBy = null;
        if (reserved != null) {
          reserved.slots().forEach(at -> lane.turns.add(new Turn.Slot(at)));
          reserved.later().forEach(until -> lane.turns.add(new Turn.Later(until)));
        }
      }
    }
  }

  private EndpointPace.Reservation reserved(
      Postback postback, Lane lane, int askers, InstantSource clock) {
    EndpointPace known = known(lane);
    boolean isFresh = false;
    while (true) {
      Instant now = clock.instant();
      boolean isLimited =
          known != null && (postback.maxRate() != null || known.limitedUntil(now) != null);
      if (known == null || (!isLimited && !isFresh)) {
        // It may have been limited by another worker.
        known = store.find(postback.key());
        isFresh = true;
        lane.learn(known, now);
        continue;
      }
      EndpointPace.Reservation reservation = known.reserve(askers, postback.maxRate(), now);
      if (reservation.pace().equals(known)) {
        return reservation;
      }
      PaceStore.Replaced replaced = store.replace(postback.key(), known, reservation.pace());
      known = replaced.stored();
      isFresh = true;
      lane.learn(known, now);
      if (replaced.isDone()) {
        return reservation;
      }
    }
  }

  private static @Nullable EndpointPace known(Lane lane) {
    synchronized (lane) {
      return lane.known;
    }
  }

  /**
   * Records the result of an attempt.
   *
   * @param postback as it was before the attempt
   * @param sentAt when the request was sent, if it had a slot; null if it had none
   */
  void ended(Postback postback, Exchange exchange, @Nullable Instant sentAt, Instant now) {
    Integer status = exchange.httpStatus();
    Instant asked = RetrySchedule.retryAfter(exchange, now);
    boolean isTooMany = Integer.valueOf(429).equals(status);
    boolean isLimiting = isTooMany || asked != null;
    Lane lane = isLimiting ? lane(postback) : find(postback);
    if (lane == null) {
      return;
    }
    boolean isRisen = hasRisen(lane, exchange);
    if (!isLimiting && !(sentAt != null && (isRisen || Integer.valueOf(503).equals(status)))) {
      return;
    }
    synchronized (lane) {
      if (lane.isBeingSlowed) {
        return;
      }
      lane.isBeingSlowed = true;
    }
    try {
      slow(
          postback,
          lane,
          known ->
              isTooMany ? known.refused(sentAt, asked, now) : known.overloaded(sentAt, asked, now),
          now);
    } catch (RuntimeException e) {
      errors.accept("the pace is not stored for postback " + postback.postbackId(), e);
    } finally {
      synchronized (lane) {
        lane.isBeingSlowed = false;
      }
    }
  }

  private static boolean hasRisen(Lane lane, Exchange exchange) {
    if (exchange.outcome() != Outcome.DELIVERED) {
      return false;
    }
    int took = exchange.result().latency().totalMs();
    synchronized (lane) {
      boolean risen = lane.usualMs > 0 && took > RISEN_FACTOR * lane.usualMs + RISEN_BY_MS;
      lane.usualMs = lane.usualMs == 0 ? took : lane.usualMs + LATEST * (took - lane.usualMs);
      return risen;
    }
  }

  private void slow(Postback postback, Lane lane, UnaryOperator<EndpointPace> change, Instant now) {
    EndpointPace before = known(lane);
    EndpointPace known = before == null ? EndpointPace.UNKNOWN : before;
    boolean isStored = false;
    for (int i = 0; i < WRITES && !isStored; i++) {
      EndpointPace next = change.apply(known);
      if (next.equals(known)) {
        isStored = true;
      } else {
        PaceStore.Replaced replaced = store.replace(postback.key(), known, next);
        known = replaced.stored();
        lane.learn(known, now);
        isStored = replaced.isDone();
      }
    }
    mark(postback, lane, known, now);
  }

  /** Lets the other workers know. A postback with a limit of its owner is always paced. */
  private void mark(Postback postback, Lane lane, EndpointPace stored, Instant now) {
    Instant until = stored.limitedUntil(now);
    if (until == null || postback.maxRate() != null) {
      return;
    }
    Instant enough = until.minus(MARK_LEFT);
    Instant markedUntil;
    synchronized (lane) {
      markedUntil = lane.markedUntil;
    }
    if (isAfter(postback.pacedUntil(), enough) || isAfter(markedUntil, enough)) {
      return;
    }
    store.mark(postback, until);
    synchronized (lane) {
      lane.markedUntil = until;
    }
  }

  private static boolean isAfter(@Nullable Instant one, Instant other) {
    return one != null && one.isAfter(other);
  }
}
