package com.natifico.postback.delivery;

import com.natifico.postback.postback.Postback;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The actions that follow a recorded attempt: the next attempt, the dead-letter queue, a pause. All
 * of them can be repeated without harm after a worker crashed between them.
 */
public final class FollowUp {
  private static final int GONE = 410;

  private final CallbackQueue retries;
  private final DeadLetterQueue deadLetters;
  private final HealthWatch health;
  private final EgressWatch egress = new EgressWatch();
  private final UnsettledFailures failures;

  public FollowUp(CallbackQueue retries, DeadLetterQueue deadLetters, HealthWatch health) {
    this.retries = retries;
    this.deadLetters = deadLetters;
    this.health = health;
    this.failures = new UnsettledFailures(health, egress);
  }

  /** What this worker knows about the stack's network. */
  EgressWatch egress() {
    return egress;
  }

  /**
   * Performs the actions right after an attempt: those of {@link #after}, and those that are
   * performed at most once.
   *
   * @param postback null if it was deleted; if it was changed after the attempt, the attempt is not
   *     counted for it
   */
  void attempted(Delivery row, @Nullable Postback postback, MadeAttempt made, Instant now) {
    after(row, now);
    if (postback != null
        && !postback.revision().updatedAt().isAfter(made.endedAt())
        && !made.isUncounted()
        && !row.callback().test()) {
      failures.ended(postback, made.exchange().outcome(), now);
    }
  }

  /**
   * Performs the actions that the state of this row requires.
   *
   * @throws RuntimeException if an action failed; the message must then be received again
   */
  void after(Delivery row, Instant now) {
    switch (row.status()) {
      case DeliveryStatus.Retrying retrying ->
          enqueue(
              new CallbackMessage(
                  row.callback(), row.history().count() + 1, retrying.nextAttemptAt(), now));
      case DeliveryStatus.Failed _ -> {
        if (!row.callback().test()) {
          deadLetters.send(row);
          pauseIfGone(row, now);
        }
      }
      case DeliveryStatus.Pending _,
          DeliveryStatus.Delivered _,
          DeliveryStatus.Unsent _,
          DeliveryStatus.Held _ -> {
        // No action follows.
      }
    }
  }

  /**
   * Enqueues the message on the queue of retries.
   *
   * @throws RuntimeException if it was not enqueued
   */
  void enqueue(CallbackMessage message) {
    if (!retries.send(List.of(message)).isEmpty()) {
      throw new IllegalStateException(
          "the queue did not accept " + message.callback().deliveryId());
    }
  }

  private void pauseIfGone(Delivery row, Instant now) {
    Attempt last = row.history().last();
    if (last != null && Objects.equals(last.httpStatus(), GONE)) {
      health.gone(row.callback().affiliateId(), row.callback().postbackId(), last.endedAt(), now);
    }
  }
}
