package com.natifico.postback.delivery;

import com.natifico.postback.postback.Postback;
import java.time.Instant;
import java.util.List;

/**
 * What follows from a recorded attempt: the next one, the dead-letter queue, a pause. All of it may
 * be done again when a worker died half-way, without doing harm.
 */
public final class FollowUp {
  private static final int GONE = 410;

  private final CallbackQueue retries;
  private final DeadLetterQueue deadLetters;
  private final HealthWatch health;

  public FollowUp(CallbackQueue retries, DeadLetterQueue deadLetters, HealthWatch health) {
    this.retries = retries;
    this.deadLetters = deadLetters;
    this.health = health;
  }

  /**
   * Does what follows from an attempt right after it: what {@link #after} does, and the part that
   * is done once or not at all.
   *
   * @param postback as it was when the attempt was made
   */
  void attempted(Delivery row, Postback postback, Outcome outcome, Instant now) {
    after(row, now);
    if (!row.callback().test()) {
      health.ended(postback, outcome, now);
    }
  }

  /**
   * Does what the state of this row asks for.
   *
   * @throws RuntimeException if it could not be done; the message must come back then
   */
  void after(Delivery row, Instant now) {
    switch (row.state()) {
      case RETRYING -> {
        Instant next = row.nextAttemptAt();
        enqueue(
            retries,
            new CallbackMessage(
                row.callback(), row.attempts().size() + 1, next == null ? now : next, now));
      }
      case FAILED -> {
        if (!row.callback().test()) {
          deadLetters.send(row);
          pauseIfGone(row, now);
        }
      }
      case DELIVERED, HELD, PENDING -> {
        // Nothing follows.
      }
    }
  }

  /** Puts it on the queue, or throws. */
  void enqueue(CallbackQueue queue, CallbackMessage message) {
    if (!queue.send(List.of(message)).isEmpty()) {
      throw new IllegalStateException("the queue did not take " + message.callback().deliveryId());
    }
  }

  private void pauseIfGone(Delivery row, Instant now) {
    Attempt last = row.attempts().isEmpty() ? null : row.attempts().getLast();
    Integer status = last == null ? null : last.httpStatus();
    if (last != null && status != null && status == GONE) {
      health.gone(row.callback().affiliateId(), row.callback().postbackId(), last.endedAt(), now);
    }
  }
}
