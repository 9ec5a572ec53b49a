package com.natifico.postback.postback;

import java.time.Duration;
import java.time.Instant;

/**
 * The circuit breaker of a postback's endpoint, as all workers share it. It belongs to the postback
 * and not to the host, because a host may serve many affiliates.
 */
public sealed interface Circuit {
  /** Callbacks are sent by the workers that serve all endpoints. */
  Circuit CLOSED = new Closed();

  /** See {@link #CLOSED}. */
  record Closed() implements Circuit {}

  /**
   * The endpoint responds so slowly that it would hold up other callbacks, so its callbacks are
   * sent in the slow lane, without a pause.
   *
   * @param since when that was noticed
   */
  record Slow(Instant since) implements Circuit {
    /** An endpoint that is slow only now and then does not change its lane more often. */
    private static final Duration STAYS_FOR = Duration.ofMinutes(1);

    /** Whether the next attempt that is not slow closes the circuit. */
    public boolean mayClose(Instant now) {
      return !now.isBefore(since.plus(STAYS_FOR));
    }
  }

  /**
   * The endpoint takes up a worker's time without a result, so callbacks are deferred until then.
   * After that the circuit is half-open: one attempt is made, which closes it or opens it again.
   *
   * @param since when it was opened
   */
  record Open(Instant since, Instant until) implements Circuit {
    /** The first pause is as long as the maximum duration of an attempt. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

    private static final Duration MAX_PAUSE = Duration.ofMinutes(8);

    /** Opened at this time, after it was closed. */
    public static Open at(Instant now) {
      return new Open(now, now.plus(FIRST_PAUSE));
    }

    /**
     * Open again while the attempt of a half-open circuit is made and, if it fails, after that.
     * Each pause is longer than all earlier ones together, so about twice as long as the last.
     */
    public Open again(Instant now) {
      Duration longer = Duration.between(since, until).plus(FIRST_PAUSE);
      return new Open(since, now.plus(longer.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : longer));
    }

    public boolean isHalfOpen(Instant now) {
      return !until.isAfter(now);
    }
  }
}
