package com.natifico.postback.delivery;

import com.natifico.postback.delivery.Attempt.Latency;
import com.natifico.postback.macro.SecretEchoes;
import com.natifico.postback.rule.Meaning;
import org.jspecify.annotations.Nullable;

/**
 * The result of one HTTP request.
 *
 * @param httpStatus null if there was no response
 * @param responseSnippet the first 1 KiB of the response body as text; null if there was no
 *     response
 * @param error for people; null if the callback was delivered
 * @param note for people: a fault of a response whose status line decided the outcome, or that the
 *     request was sent again on a new connection; null if there is none
 * @param meaning what an answer rule says about the response; null if none does
 */
public record AttemptResult(
    Outcome outcome,
    @Nullable Integer httpStatus,
    Latency latency,
    @Nullable String responseSnippet,
    @Nullable String error,
    @Nullable String note,
    @Nullable Meaning meaning) {
  /** In characters; the first KiB of a body has no more. */
  private static final int MAX_SNIPPET = 1024;

  /** In characters; for errors and notes. */
  private static final int MAX_TEXT = 300;

  public AttemptResult {
    responseSnippet = cut(responseSnippet, MAX_SNIPPET);
    error = cut(error, MAX_TEXT);
    note = cut(note, MAX_TEXT);
  }

  /** As the transport reports it, without a meaning. */
  public AttemptResult(
      Outcome outcome,
      @Nullable Integer httpStatus,
      Latency latency,
      @Nullable String responseSnippet,
      @Nullable String error,
      @Nullable String note) {
    this(outcome, httpStatus, latency, responseSnippet, error, note, null);
  }

  /** Without a note. */
  public AttemptResult(
      Outcome outcome,
      @Nullable Integer httpStatus,
      Latency latency,
      @Nullable String responseSnippet,
      @Nullable String error) {
    this(outcome, httpStatus, latency, responseSnippet, error, null, null);
  }

  /** The same response, judged by an answer rule. */
  AttemptResult judged(
      Outcome changed, @Nullable String changedError, @Nullable Meaning changedMeaning) {
    return new AttemptResult(
        changed, httpStatus, latency, responseSnippet, changedError, note, changedMeaning);
  }

  /** The same response without secrets. */
  AttemptResult masked(SecretEchoes secrets) {
    return new AttemptResult(
        outcome,
        httpStatus,
        latency,
        secrets.masked(responseSnippet),
        secrets.masked(error),
        secrets.masked(note),
        meaning);
  }

  private static @Nullable String cut(@Nullable String text, int max) {
    if (text == null || text.length() <= max) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
  }
}
