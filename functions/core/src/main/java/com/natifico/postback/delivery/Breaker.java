package com.natifico.postback.delivery;

import com.natifico.postback.delivery.Transport.Exchange;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an endpoint that only costs time from taking a worker's: after repeated timeouts its
 * callbacks are put off without an attempt, until one of them, sent to try, is answered. As long as
 * none is, the rests grow.
 *
 * <p>It is the memory of one running worker and no more; it delays callbacks, and never decides
 * what becomes of them. Safe for use by several threads.
 */
public final class Breaker {
  /**
   * Timeouts in a row, with nothing in between, after which an endpoint is left alone. With three,
   * a worker whose batches of ten held one of its callbacks each spent 30 s on learning it.
   */
  private static final int TIMEOUTS = 2;

  /** The first rest is as long as an attempt takes at most; each further one is twice as long. */
  private static final Duration FIRST_REST = Duration.ofSeconds(10);

  private static final Duration LONGEST_REST = Duration.ofMinutes(8);

  /** A connection that is refused at once says "down" but costs no time. */
  private static final int COSTLY_MS = 1_000;

  /** How many endpoints are remembered; the one that was used longest ago is forgotten first. */
  private static final int ENDPOINTS = 10_000;

  /**
   * What is known of an endpoint that has timed out.
   *
   * @param restsUntil null before its first rest
   */
  private record Memory(int timeouts, Duration nextRest, @Nullable Instant restsUntil) {
    static final Memory NONE = new Memory(0, FIRST_REST, null);

    Memory resting(Instant now) {
      Duration longer = nextRest.multipliedBy(2);
      return new Memory(
          timeouts, longer.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : longer, now.plus(nextRest));
    }
  }

  private final Map<String, Memory> endpoints =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Memory> eldest) {
          return size() > ENDPOINTS;
        }
      };

  /**
   * Whether a callback may go to this endpoint now. When a rest is over, the first to ask is let
   * through to try, and the endpoint rests again until that is decided.
   *
   * @return null if it may, otherwise when to ask again
   */
  synchronized @Nullable Instant restsUntil(String endpoint, Instant now) {
    Memory memory = endpoints.get(endpoint);
    if (memory == null || memory.restsUntil() == null) {
      return null;
    }
    if (memory.restsUntil().isAfter(now)) {
      return memory.restsUntil();
    }
    endpoints.put(endpoint, memory.resting(now));
    return null;
  }

  /** Learns how an attempt ended. */
  synchronized void ended(String endpoint, Exchange exchange, Instant now) {
    if (!isCostly(exchange)) {
      endpoints.remove(endpoint);
      return;
    }
    Memory before = endpoints.getOrDefault(endpoint, Memory.NONE);
    Memory memory = new Memory(before.timeouts() + 1, before.nextRest(), before.restsUntil());
    // Those that were under way together end together; they are one reason to rest, not several.
    boolean rests = memory.restsUntil() != null && memory.restsUntil().isAfter(now);
    endpoints.put(endpoint, memory.timeouts() >= TIMEOUTS && !rests ? memory.resting(now) : memory);
  }

  private static boolean isCostly(Exchange exchange) {
    return switch (exchange.outcome()) {
      case TIMEOUT -> true;
      case CONNECT -> exchange.result().latency().totalMs() >= COSTLY_MS;
      case DELIVERED, HTTP_ERROR, REDIRECT, INVALID_RESPONSE, TLS, DNS, BLOCKED -> false;
    };
  }
}
