package com.natifico.postback.delivery;

import com.natifico.postback.delivery.Transport.Exchange;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker for each endpoint, so that an endpoint that times out does not use up a
 * worker's time. After repeated timeouts the circuit is open: callbacks to the endpoint are
 * deferred without an attempt. After the pause, one callback is attempted; if the endpoint
 * responds, the circuit is closed, otherwise it is open again for twice as long.
 *
 * <p>Each running worker has its own breaker. A breaker delays callbacks but never changes their
 * outcome. Safe for use by several threads.
 */
public final class Breaker {
  /**
   * The number of consecutive timeouts that opens the circuit. With three, a worker whose batches
   * of ten each held one callback of the endpoint would spend 30 s until then.
   */
  private static final int TIMEOUTS_TO_OPEN = 2;

  /**
   * The first pause is as long as the maximum duration of an attempt; each further pause is twice
   * as long.
   */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

  private static final Duration MAX_PAUSE = Duration.ofMinutes(8);

  /**
   * A connection that is refused immediately also means that the endpoint is down, but costs no
   * time.
   */
  private static final int COSTLY_MS = 1_000;

  /** The limit of endpoints in memory; the least recently used one is removed first. */
  private static final int ENDPOINTS = 10_000;

  /**
   * What is known of an endpoint that has timed out.
   *
   * @param openUntil null if its circuit has never been open
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
   * Whether an attempt at this endpoint may be made now. After a pause the first caller may make an
   * attempt, and the circuit stays open for others until that attempt has ended.
   *
   * @return null if an attempt may be made; otherwise when to ask again
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

  /** Records the result of an attempt. */
  synchronized void ended(String endpoint, Exchange exchange, Instant now) {
    if (!isCostly(exchange)) {
      endpoints.remove(endpoint);
      return;
    }
    Memory before = endpoints.getOrDefault(endpoint, Memory.NONE);
    Memory memory = new Memory(before.timeouts() + 1, before.nextPause(), before.openUntil());
    // Attempts that were in progress together end together; they open the circuit only once.
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
