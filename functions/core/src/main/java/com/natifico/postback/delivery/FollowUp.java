package com.natifico.postback.delivery;

import com.natifico.postback.postback.Postback;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The actions that follow a recorded attempt: the next attempt, the dead-letter queue, a pause. All
 * of them can be repeated without harm after a worker crashed between them.
 */
public final class FollowUp {
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

  /** A new circuit breaker, which shares its state with the other workers. */
  Breaker newBreaker() {
    return health.breaker();
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
        && !isRefusedConversion(made.exchange().result())
        && !row.callback().test()) {
      failures.ended(postback, made.exchange().outcome(), now);
    }
  }

  /**
   * Whether the tracker refused this conversion alone, which neither counts towards pausing the
   * postback nor ends a streak of failures.
   */
  private static boolean isRefusedConversion(AttemptResult result) {
    return result.outcome() != Outcome.DELIVERED
        && result.meaning() != null
        && result.meaning().concernsOneConversion();
  }

  /**
   * Performs the actions that the state of this row requires. A retry is only enqueued if it is
   * short; the {@link Timer} enqueues the others, and those that the queue does not accept here.
   *
   * @throws RuntimeException if an action failed; it must then be performed again
   */
  void after(Delivery row, Instant now) {
    switch (row.status()) {
      case DeliveryStatus.Retrying retrying -> {
        if (!row.isTimed()) {
          CallbackMessage retry =
              new CallbackMessage(
                  row.callback(), row.history().count() + 1, retrying.nextAttemptAt(), now);
          if (!isEnqueued(retry) && row.wakeAt() == null) {
            throw new QueueRefuses(retry);
          }
        }
      }
      case DeliveryStatus.Failed _ -> {
        if (!row.callback().test()) {
          deadLetters.send(row);
          pauseIfGone(row, now);
        }
      }
      case DeliveryStatus.Pending _,
          DeliveryStatus.Delivered _,
          DeliveryStatus.Unsent _,
          DeliveryStatus.Held _,
          DeliveryStatus.Superseded _ -> {
        // No action follows.
      }
    }
  }

  /**
   * Enqueues the message on the queue of retries.
   *
   * @throws QueueRefuses if it was not enqueued
   */
  void enqueue(CallbackMessage message) {
    if (!isEnqueued(message)) {
      throw new QueueRefuses(message);
    }
  }

  /** Enqueues the message on the queue of retries, if the queue accepts it. */
  boolean isEnqueued(CallbackMessage message) {
    return retries.send(List.of(message)).isEmpty();
  }

  /** The queue did not accept a message. */
  static final class QueueRefuses extends RuntimeException {
    private static final long serialVersionUID = 1;

    QueueRefuses(CallbackMessage message) {
      super("the queue did not accept " + message.callback().deliveryId());
    }
  }

  /**
   * Pauses the postback if its endpoint returned 410. The last attempt need not be the one with
   * this answer: if two messages made the first attempt at the same time, the other attempt may
   * have been recorded after it.
   */
  private void pauseIfGone(Delivery row, Instant now) {
    row.attempts().stream()
        .filter(attempt -> FailedReason.after(attempt) == FailedReason.GONE)
        .reduce((_, later) -> later)
        .ifPresent(
            gone ->
                health.gone(
                    row.callback().affiliateId(),
                    row.callback().postbackId(),
                    gone.endedAt(),
                    now));
  }
}
