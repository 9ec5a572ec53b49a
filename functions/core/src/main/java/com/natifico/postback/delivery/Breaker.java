package com.natifico.postback.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an endpoint that only costs time from taking a worker's: after repeated timeouts its
 * callbacks are put off without an attempt, until one of them, sent to try, is answered.
 *
 * <p>It is the memory of one running worker and no more; it delays callbacks, and never decides
 * what becomes of them. Safe for use by several threads.
 */
public final class Breaker {
  /** Timeouts in a row, with nothing in between, after which an endpoint is left alone. */
  private static final int TIMEOUTS = 3;

  /** How long it is left alone: three times what an attempt can cost. */
  private static final Duration REST = Duration.ofSeconds(30);

  /** How many endpoints are remembered; the one that was used longest ago is forgotten first. */
  private static final int ENDPOINTS = 10_000;

  private record Memory(int timeouts, @Nullable Instant restsUntil) {}

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
    endpoints.put(endpoint, new Memory(memory.timeouts(), now.plus(REST)));
    return null;
  }

  /** Learns how an attempt ended. */
  synchronized void ended(String endpoint, Outcome outcome, Instant now) {
    switch (outcome) {
      case TIMEOUT, CONNECT -> {
        Memory memory = endpoints.get(endpoint);
        int timeouts = (memory == null ? 0 : memory.timeouts()) + 1;
        endpoints.put(endpoint, new Memory(timeouts, timeouts >= TIMEOUTS ? now.plus(REST) : null));
      }
      case DELIVERED, HTTP_ERROR, REDIRECT, INVALID_RESPONSE, TLS -> endpoints.remove(endpoint);
      case DNS, BLOCKED -> {
        // Says nothing about the endpoint's patience, and costs no time.
      }
    }
  }
}
