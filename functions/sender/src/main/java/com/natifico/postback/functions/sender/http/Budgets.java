package com.natifico.postback.functions.sender.http;

import java.time.Duration;

/**
 * The limits of one attempt.
 *
 * @param connect for the TCP connection, over all tried addresses
 * @param total for everything, including the look-up, TLS and the response body
 * @param body for the response body, within the total, if the status line has decided the outcome
 * @param judgedBody the same if answer rules judge the body
 * @param readBytes how much of a response body is read
 * @param keptBytes how much of it is kept, in UTF-8, including the truncation mark
 */
public record Budgets(
    Duration connect,
    Duration total,
    Duration body,
    Duration judgedBody,
    int readBytes,
    int keptBytes) {
  /** The deployed budgets. */
  public static final Budgets DEPLOYED =
      new Budgets(
          Duration.ofSeconds(3),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          16 * 1024,
          1024);
}
