package com.natifico.postback.delivery;

import com.natifico.postback.postback.CallbackRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes one HTTP request and tells how it went. It keeps the budgets and never throws. */
public interface Transport {
  /**
   * Sends the request once: no redirect is followed, nothing is repeated.
   *
   * @param headers to be sent beside those that HTTP needs
   */
  Exchange send(CallbackRequest request, Map<String, String> headers);

  /**
   * How it went.
   *
   * @param httpStatus null if there was no response
   * @param responseSnippet the first 1 KiB of the body as text; null if there was no response
   * @param error in words, for people; null if it was delivered
   * @param retryAfter the header as it came; null if there was none
   */
  record Exchange(
      Outcome outcome,
      @Nullable Integer httpStatus,
      Attempt.Latency latency,
      @Nullable String responseSnippet,
      @Nullable String error,
      @Nullable String retryAfter) {}
}
