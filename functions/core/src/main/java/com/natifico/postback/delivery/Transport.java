package com.natifico.postback.delivery;

import com.natifico.postback.postback.CallbackRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes one HTTP request and reports what came of it. It keeps the budgets and never throws. */
public interface Transport {
  /**
   * Sends the request once: no redirect is followed, nothing is repeated.
   *
   * @param headers to be sent beside those that HTTP needs
   */
  Exchange send(CallbackRequest request, Map<String, String> headers);

  /**
   * A result, and what the endpoint asked for.
   *
   * @param retryAfter the header as it came; null if there was none
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
