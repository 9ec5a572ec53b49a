package com.natifico.postback.delivery;

import com.natifico.postback.postback.CallbackRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends one HTTP request and reports its result. It enforces the time limits and never throws. */
public interface Transport {
  /**
   * Sends the request once: redirects are not followed, and nothing is repeated.
   *
   * @param headers to be sent in addition to those that HTTP requires
   */
  Exchange send(CallbackRequest request, Map<String, String> headers);

  /**
   * A result, and the endpoint's Retry-After.
   *
   * @param retryAfter the header's value; null if there was none
   */
  record Exchange(AttemptResult result, @Nullable String retryAfter) {
    public Outcome outcome() {
      return result.outcome();
    }

    public @Nullable Integer httpStatus() {
      return result.httpStatus();
    }
  }
}
