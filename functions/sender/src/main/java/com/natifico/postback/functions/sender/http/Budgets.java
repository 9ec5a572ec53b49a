package com.natifico.postback.functions.sender.http;

import java.time.Duration;

/**
 * What one attempt may cost.
 *
 * @param connect for the TCP connection, however many addresses are tried
 * @param total for everything: the look-up, TLS, and the body of the response too
 * @param body for the body of the response, within the total; the status line has decided by then
 * @param readBytes how much of a response's body is read
 * @param keptBytes how much of it is kept, in UTF-8, the mark of a cut included
 */
public record Budgets(
    Duration connect, Duration total, Duration body, int readBytes, int keptBytes) {
  /** The deployed budgets. */
  public static final Budgets DEPLOYED =
      new Budgets(
          Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(1), 16 * 1024, 1024);
}
