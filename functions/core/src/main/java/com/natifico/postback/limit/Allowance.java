package com.natifico.postback.limit;

import java.time.Duration;

/** Whether a request may be made now. */
public sealed interface Allowance {
  record Granted() implements Allowance {}

  /**
   * @param retryAfter the time until the next request is granted if no other is made; positive
   */
  record Refused(Duration retryAfter) implements Allowance {}
}
