package com.natifico.postback.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request of a delivery, as the log keeps it.
 *
 * @param number from 1
 * @param at when it began
 * @param httpStatus null if there was no response
 * @param latency where its time went
 * @param responseSnippet the first 1 KiB of the response's body as text; null if there was no
 *     response
 * @param error in words, for people; null if it was delivered
 */
public record Attempt(
    int number,
    Instant at,
    Outcome outcome,
    @Nullable Integer httpStatus,
    Latency latency,
    @Nullable String responseSnippet,
    @Nullable String error) {

  Instant endedAt() {
    return at.plusMillis(latency.totalMs());
  }

  /**
   * Where the time of an attempt went, in milliseconds; null for a stage that was not reached, or
   * that a kept-alive connection made unnecessary.
   */
  public record Latency(
      @Nullable Integer dnsMs,
      @Nullable Integer connectMs,
      @Nullable Integer tlsMs,
      @Nullable Integer firstByteMs,
      int totalMs) {
    public static Latency ofTotal(int totalMs) {
      return new Latency(null, null, null, null, totalMs);
    }
  }
}
