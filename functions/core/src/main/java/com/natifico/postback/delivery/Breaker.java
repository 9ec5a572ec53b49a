package com.natifico.postback.delivery;

import com.natifico.postback.delivery.Transport.Exchange;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker for each endpoint, so that one that only times out does not use up a worker's
 * time. After repeated timeouts the circuit is open: callbacks to the endpoint are deferred without
 * an attempt. When the pause is over, one callback is let through; if it is answered, the circuit
 * is closed, otherwise it is open again for twice as long.
 *
 * <p>Each running worker has its own breaker. It delays callbacks and never decides what becomes of
 * them. Safe for use by several threads.
 */
public final class Breaker {
  /**
   * Timeouts in a row after which the circuit is open. With three, a worker whose batches of ten
   * held one of the endpoint's callbacks each spent 30 s until then.
   */
  private static final int TIMEOUTS_TO_OPEN = 2;

  /** The first pause is as long as an attempt takes at most; each further one is twice as long. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

  private static final Duration MAX_PAUSE = Duration.ofMinutes(8);

  /** A connection that is refused at once says "down" but costs no time. */
  private static final int COSTLY_MS = 1_000;

  /** How many endpoints are remembered; the one that was used longest ago is forgotten first. */
  private static final int ENDPOINTS = 10_000;

  /**
   * What is known of an endpoint that has timed out.
   *
   * @param openUntil null as long as its circuit was never open
   */
  private record Memory(int timeouts, Duration nextPause, @Nullable Instant openUntil) {
    static final Memory NONE = new Memory(0, FIRST_PAUSE, null);

    Memory open(Instant now) {
      Duration longer = nextPause.multipliedBy(2);
      return new Memory(
          timeouts, longer.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : longer, now.plus(nextPause));
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
   * Whether an attempt at this endpoint may be made now. When a pause is over, the first caller may
   * make one, and the circuit is open again for the others until that attempt has ended.
   *
   * @return null if it may; otherwise when to ask again
   */
  synchronized @Nullable Instant openUntil(String endpoint, Instant now) {
    Memory memory = endpoints.get(endpoint);
    if (memory == null || memory.openUntil() == null) {
      return null;
    }
    if (memory.openUntil().isAfter(now)) {
      return memory.openUntil();
    }
    endpoints.put(endpoint, memory.open(now));
    return null;
  }

  /** Takes into account how an attempt ended. */
  synchronized void ended(String endpoint, Exchange exchange, Instant now) {
    if (!isCostly(exchange)) {
      endpoints.remove(endpoint);
      return;
    }
    Memory before = endpoints.getOrDefault(endpoint, Memory.NONE);
    Memory memory = new Memory(before.timeouts() + 1, before.nextPause(), before.openUntil());
    // Attempts that were under way together end together; they open the circuit once.
    boolean isOpen = memory.openUntil() != null && memory.openUntil().isAfter(now);
    endpoints.put(
        endpoint, memory.timeouts() >= TIMEOUTS_TO_OPEN && !isOpen ? memory.open(now) : memory);
  }

  private static boolean isCostly(Exchange exchange) {
    return switch (exchange.outcome()) {
      case TIMEOUT -> true;
      case CONNECT -> exchange.result().latency().totalMs() >= COSTLY_MS;
      case DELIVERED, HTTP_ERROR, REDIRECT, INVALID_RESPONSE, TLS, DNS, BLOCKED -> false;
    };
  }
}
