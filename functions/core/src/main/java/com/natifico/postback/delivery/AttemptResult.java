package com.natifico.postback.delivery;

import com.natifico.postback.delivery.Attempt.Latency;
import org.jspecify.annotations.Nullable;

/**
 * What came of one HTTP request.
 *
 * @param httpStatus null if there was no response
 * @param responseSnippet the first 1 KiB of the response's body as text; null if there was no
 *     response
 * @param error in words, for people; null if it was delivered
 * @param note in words, for people: a fault of a response whose status line decided, or that the
 *     request was made again on a new connection; null if there is nothing to say
 */
public record AttemptResult(
    Outcome outcome,
    @Nullable Integer httpStatus,
    Latency latency,
    @Nullable String responseSnippet,
    @Nullable String error,
    @Nullable String note) {
  /** In characters; the first KiB of a body has at most as many. */
  private static final int MAX_SNIPPET = 1024;

  /** In characters, of an error and of a note. */
  private static final int MAX_TEXT = 300;

  public AttemptResult {
    responseSnippet = cut(responseSnippet, MAX_SNIPPET);
    error = cut(error, MAX_TEXT);
    note = cut(note, MAX_TEXT);
  }

  /** Without a note. */
  public AttemptResult(
      Outcome outcome,
      @Nullable Integer httpStatus,
      Latency latency,
      @Nullable String responseSnippet,
      @Nullable String error) {
    this(outcome, httpStatus, latency, responseSnippet, error, null);
  }

  private static @Nullable String cut(@Nullable String text, int max) {
    if (text == null || text.length() <= max) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
  }
}
