package com.natifico.postback.simulation;

import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.simulation.SimulatedTrackers.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The rules for retrying, stated independently of the sender's code. */
record RetryRule(SimulationSettings settings, boolean test) {
  /** The wait after an attempt that does not count. */
  private static final Duration UNCOUNTED = Duration.ofMinutes(5);

  /** Whether the last attempt of this row must be followed by another. */
  boolean isRetried(Delivery made, Call last) {
    int attempts = made.history().count();
    Integer status = last.observed().httpStatus();
    boolean again =
        switch (last.observed().outcome()) {
          case DELIVERED, REJECTED, REDIRECT, BLOCKED -> false;
          case DEFERRED_BY_RULE, TIMEOUT, DNS, CONNECT, TLS, INVALID_RESPONSE -> true;
          case HTTP_ERROR ->
              status != null
                  && (status >= 500
                      || List.of(408, 425, 429).contains(status)
                      || (status != 410 && attempts < 3));
        };
    return again
        && !test
        && attempts - made.history().scheduleStart() <= settings.schedule().waits().size();
  }

  /**
   * Whether the attempt may count neither for the schedule nor for the postback, because the
   * stack's own network failed. A worker believes that until it reaches an endpoint.
   */
  boolean mayBeUncounted(Call call) {
    Window unreachable = settings.conditions().window(Outage.UNREACHABLE);
    return unreachable.length().isPositive()
        && EgressCheck.isUnreached(call)
        && !call.at().isBefore(unreachable.from());
  }

  /**
   * The least wait between the last attempt and the next.
   *
   * @param counted the attempts of this row that count for its schedule
   */
  Duration leastWait(int counted, Call last) {
    Duration wait = counted == 0 ? UNCOUNTED : settings.schedule().waits().get(counted - 1);
    return mayBeUncounted(last) && wait.compareTo(UNCOUNTED) > 0 ? UNCOUNTED : wait;
  }

  static Instant retryAfter(Call call) {
    Integer status = call.observed().httpStatus();
    String header = call.observed().retryAfter();
    if (header == null || status == null || (status != 429 && status != 503)) {
      return call.endsAt();
    }
    return call.endsAt().plusSeconds((long) Math.ceil(Double.parseDouble(header)));
  }
}
