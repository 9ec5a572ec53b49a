package com.natifico.postback.postback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When requests may be sent to a postback's endpoint, as all workers share it. A worker reserves
 * slots, the times of its next requests, at most a second ahead, so that a decrease of the rate
 * takes effect at once. A callback that gets no slot is given a time at which to ask again.
 *
 * @param revision how often it was stored; 0 if it is not stored
 * @param rate what the endpoint is believed to take; null if it has refused nothing lately
 * @param used the slots that were reserved since the rate was decreased
 * @param next the first time that is not reserved
 * @param asksAgain the time given to the last callback that got no slot
 */
public record EndpointPace(
    long revision, @Nullable AdaptiveRate rate, long used, Instant next, Instant asksAgain) {
  /** The pace of an endpoint of which nothing is stored. */
  public static final EndpointPace UNKNOWN =
      new EndpointPace(0, null, 0, Instant.EPOCH, Instant.EPOCH);

  /** How far ahead slots are reserved; a worker waits for its slot. */
  static final Duration AHEAD = Duration.ofSeconds(1);

  /**
   * How long ago a slot of the past may be that is still used, so that a rate is used up although
   * callbacks arrive unevenly. It allows a burst of one second's worth. With half of it, a limit of
   * 20 a second was used up to 85 % instead of 99 %.
   */
  private static final Duration BURST = Duration.ofSeconds(1);

  /** How long a callback waits at most until it asks again; as long as a queue delays a message. */
  private static final Duration MAX_WAIT = Duration.ofMinutes(15);

  /** The same while the rate doubles, when no estimate is worth anything. */
  private static final Duration MAX_WAIT_WHILE_DOUBLING = Duration.ofSeconds(10);

  /** More callbacks ask again than there are slots expected, so that no slot is left unused. */
  private static final double OVERBOOKED = 1.25;

  /** Two refusals at the same time ask for times that differ by less than this. */
  private static final Duration SAME_PAUSE = Duration.ofMillis(500);

  /**
   * The result of reserving slots.
   *
   * @param pace with the slots reserved; the slots count only once it is stored
   * @param slots when the first callbacks may be sent; as many as were available
   * @param later when the other callbacks ask again
   */
  public record Reservation(EndpointPace pace, List<Instant> slots, List<Instant> later) {}

  /**
   * Until when the endpoint is believed to take a limited number of requests; null if it is not.
   */
  public @Nullable Instant limitedUntil(Instant now) {
    AdaptiveRate current = current(now);
    return current == null ? null : current.endsAt();
  }

  private @Nullable AdaptiveRate current(Instant now) {
    return rate == null || rate.isOver(now) ? null : rate;
  }

  /**
   * Reserves slots for this number of callbacks.
   *
   * @param max what the affiliate allows; null if there is no such limit
   */
  public Reservation reserve(int callbacks, @Nullable MaxRate max, Instant now) {
    AdaptiveRate current = current(now);
    double allowed = max == null ? Double.MAX_VALUE : max.perSecond().doubleValue();
    double perSecond = current == null ? allowed : Math.min(allowed, current.at(now));
    if (perSecond == Double.MAX_VALUE) {
      return new Reservation(this, same(now, callbacks), List.of());
    }
    Duration interval = interval(perSecond);
    Duration burst = BURST.minus(interval);
    Instant from = later(next, burst.isNegative() ? now : now.minus(burst));
    Instant end = now.plus(AHEAD);
    List<Instant> slots = new ArrayList<>();
    while (slots.size() < callbacks && !from.isAfter(end)) {
      slots.add(from);
      from = from.plus(interval);
    }
    double expected = current == null ? allowed : Math.min(allowed, current.expected(now));
    List<Instant> waiting =
        waits(
            callbacks - slots.size(),
            later(from, end),
            interval(expected * OVERBOOKED),
            now.plus(current != null && current.isDoubling() ? MAX_WAIT_WHILE_DOUBLING : MAX_WAIT));
    return new Reservation(
        new EndpointPace(
            revision + 1,
            rate,
            used + slots.size(),
            slots.isEmpty() ? next : from,
            waiting.isEmpty() ? asksAgain : waiting.getLast()),
        slots,
        waiting);
  }

  private List<Instant> waits(int callbacks, Instant earliest, Duration interval, Instant latest) {
    List<Instant> waits = new ArrayList<>();
    Instant first = earliest.isAfter(latest) ? latest : earliest;
    Instant last = later(asksAgain, first);
    for (int i = 0; i < callbacks; i++) {
      last = last.plus(interval);
      // Those that do not fit into the longest wait share the times of those that do.
      last = last.isAfter(latest) ? first : last;
      waits.add(last);
    }
    return waits;
  }

  /**
   * The pace after the endpoint has refused a request because there were too many; the same one if
   * this is known already.
   *
   * @param request when it was sent, if it had a slot; null if it was sent without one
   * @param until when the endpoint asked to be called again; null if it did not
   */
  public EndpointPace refused(@Nullable Instant request, @Nullable Instant until, Instant now) {
    return slowed(request, until, AdaptiveRate.MIN, now);
  }

  /**
   * The same after an answer 503 or a slow one. Neither says that there were too many requests: an
   * endpoint that is down answers 503 to each request, however few there are. The rate is therefore
   * not decreased below that of an endpoint of which nothing is known.
   */
  public EndpointPace overloaded(@Nullable Instant request, @Nullable Instant until, Instant now) {
    return slowed(request, until, AdaptiveRate.START, now);
  }

  private EndpointPace slowed(
      @Nullable Instant request, @Nullable Instant until, long floor, Instant now) {
    AdaptiveRate current = current(now);
    AdaptiveRate changed;
    if (current == null) {
      changed = AdaptiveRate.startedAt(now);
    } else if (request != null && current.isRefused(request)) {
      changed = current.decreased(used, floor, now);
    } else {
      changed = current;
    }
    Instant latest = now.plus(MAX_WAIT);
    Instant asked = until == null ? next : until.isAfter(latest) ? latest : until;
    boolean isPaused = asked.isAfter(next.plus(SAME_PAUSE));
    if (changed.equals(rate) && !isPaused) {
      return this;
    }
    return new EndpointPace(
        revision + 1, changed, changed.equals(rate) ? used : 0, isPaused ? asked : next, asksAgain);
  }

  private static List<Instant> same(Instant time, int times) {
    return Collections.nCopies(times, time);
  }

  private static Duration interval(double perSecond) {
    return Duration.ofNanos((long) (1e9 / perSecond));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
