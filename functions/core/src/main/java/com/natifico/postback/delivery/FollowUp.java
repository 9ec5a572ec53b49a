package com.natifico.postback.delivery;

import com.natifico.postback.postback.Postback;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a recorded attempt: the next one, the dead-letter queue, a pause. All of it may
 * be done again when a worker died half-way, without doing harm.
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

  /** What this worker knows of the network of the stack. */
  EgressWatch egress() {
    return egress;
  }

  /**
   * Does what follows from an attempt right after it: what {@link #after} does, and the part that
   * is done once or not at all.
   *
   * @param postback null if it was deleted; not counted for it if it was changed since the attempt
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
   * Does what the state of this row asks for.
   *
   * @throws RuntimeException if it could not be done; the message must come back then
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
        // Nothing follows.
      }
    }
  }

  /**
   * Puts it on the queue of retries.
   *
   * @throws RuntimeException if the queue did not take it
   */
  void enqueue(CallbackMessage message) {
    if (!retries.send(List.of(message)).isEmpty()) {
      throw new IllegalStateException("the queue did not take " + message.callback().deliveryId());
    }
  }

  private void pauseIfGone(Delivery row, Instant now) {
    Attempt last = row.history().last();
    if (last != null && Objects.equals(last.httpStatus(), GONE)) {
      health.gone(row.callback().affiliateId(), row.callback().postbackId(), last.endedAt(), now);
    }
  }
}
