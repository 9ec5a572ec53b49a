package com.natifico.postback.simulation;

import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.simulation.SimulatedTrackers.Call;
import java.time.Instant;
import java.util.List;

/** The rules for retrying, stated independently of the sender's code. */
record RetryRule(SimulationSettings settings, boolean test) {
  /** Whether the last attempt of this row must be followed by another. */
  boolean isRetried(Delivery made, Call last) {
    int attempts = made.attempts().size();
    Integer status = last.observed().httpStatus();
    boolean again =
        switch (last.observed().outcome()) {
          case DELIVERED, REDIRECT, BLOCKED -> false;
          case TIMEOUT, DNS, CONNECT, TLS, INVALID_RESPONSE -> true;
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

  static Instant retryAfter(Call call) {
    Integer status = call.observed().httpStatus();
    String header = call.observed().retryAfter();
    if (header == null || status == null || (status != 429 && status != 503)) {
      return call.endsAt();
    }
    return call.endsAt().plusSeconds((long) Math.ceil(Double.parseDouble(header)));
  }
}
