package com.natifico.postback.idempotency;

import java.time.Duration;

/** What a function that receives a named request has to do. */
public sealed interface Claim {
  /**
   * Carry it out.
   *
   * @param seed the same for every execution of this request, so that an execution can recognise
   *     what one before it has stored
   * @param repeated whether an execution before this one may have stored something: it did not end,
   *     or its answer was an error of ours
   */
  record Execute(String seed, boolean repeated) implements Claim {}

  /** Answer as before. */
  record Answered(KeptAnswer answer) implements Claim {}

  /** Refuse it, because its name belongs to a request with other content. */
  record Reused() implements Claim {}

  /**
   * Refuse it for now, because the first request is still being carried out.
   *
   * @param retryAfter positive
   */
  record Running(Duration retryAfter) implements Claim {}
}
