package com.natifico.postback.delivery;

import com.natifico.postback.postback.Postback;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records an attempt in the delivery log and performs the actions that follow. */
final class AttemptRecorder {
  private final DeliveryLog log;
  private final FollowUp followUp;
  private final RetryPolicy policy;
  private final DeliveryObserver observer;
  private final InstantSource clock;

  AttemptRecorder(
      DeliveryLog log,
      FollowUp followUp,
      RetryPolicy policy,
      DeliveryObserver observer,
      InstantSource clock) {
    this.log = log;
    this.followUp = followUp;
    this.policy = policy;
    this.observer = observer;
    this.clock = clock;
  }

  /**
   * Performs the actions that follow a stored attempt: enqueues the retry or the dead-letter
   * message, counts the attempt for the postback's health and reports it.
   *
   * @param postback null if it was deleted
   * @param deferred whether the first attempt was deferred, in which case its latency is not
   *     reported as ours
   */
  void followUp(
      Delivery recorded, @Nullable Postback postback, MadeAttempt made, boolean deferred) {
    try {
      followUp.attempted(recorded, postback, made, clock.instant());
    } catch (RuntimeException e) {
      leaveToTimer(recorded, e);
    }
    boolean first = recorded.history().count() == 1 && !deferred;
    Instant accepted = recorded.callback().createdAt();
    observer.attempted(
        recorded,
        first ? Duration.between(accepted, made.at()) : null,
        Duration.between(accepted, made.endedAt()));
  }

  /** Performs the actions that follow once more, after the worker may have crashed. */
  void followUpAgain(Delivery row) {
    try {
      followUp.after(row, clock.instant());
    } catch (RuntimeException e) {
      leaveToTimer(row, e);
      return;
    }
    if (row.status() instanceof DeliveryStatus.Failed && row.wakeAt() != null) {
      log.save(row.awaiting(null));
    }
  }

  /**
   * Lets the timer enqueue a message that performs the actions after a failed delivery.
   *
   * @throws RuntimeException the cause, if this is not possible
   */
  private void leaveToTimer(Delivery row, RuntimeException cause) {
    boolean isLeft =
        row.status() instanceof DeliveryStatus.Failed(String recordedBy)
            && recordedBy != null
            && log.save(row.awaiting(clock.instant().plus(Timer.OVERDUE_AFTER)));
    if (!isLeft) {
      throw cause;
    }
  }

  /**
   * Stores the attempt in the log. The request was sent, so the attempt is stored regardless of
   * other changes to the row.
   *
   * <p>If another worker that holds the same message has recorded an attempt in the meantime, that
   * worker may delete the message. In this case the actions that follow this attempt are performed
   * before it is recorded, because no other worker would perform them if this one crashed after the
   * record.
   *
   * @param row as last read
   * @param messageName the name of the message that made the attempt
   * @throws RuntimeException if the log could not be written; the attempt must not be made again
   */
  Delivery store(Delivery row, MadeAttempt made, String messageName) {
    return Objects.requireNonNull(store(row, made, messageName, false));
  }

  /**
   * The same for an attempt that a message carries: another worker may be storing it at the same
   * time.
   *
   * @return null if another worker has stored it, and counts it
   */
  @Nullable Delivery storeCarried(Delivery row, MadeAttempt made, String messageName) {
    return store(row, made, messageName, true);
  }

  private @Nullable Delivery store(
      Delivery row, MadeAttempt made, String messageName, boolean isCarried) {
    Callback callback = row.callback();
    Delivery base = row;
    while (true) {
      Delivery recorded = with(base, made, messageName);
      if (isCarried) {
        recorded = recorded.delayed(clock.instant());
      }
      if (!Objects.equals(base.lease(), made.lease())) {
        recorded = recorded.withLease(base.lease());
      }
      if (messageName.equals(base.recordedBy())) {
        followUp.after(recorded, clock.instant());
      }
      if (log.save(recorded)) {
        return recorded;
      }
      Delivery stored = log.find(callback.affiliateId(), callback.deliveryId());
      base = stored == null ? Delivery.unrecorded(callback) : stored;
      if (isCarried && made.isIn(base.history())) {
        return null;
      }
    }
  }

  private Delivery with(Delivery row, MadeAttempt made, String messageName) {
    Attempt attempt =
        new Attempt(
            row.history().count() + 1, made.at(), made.exchange().result(), made.forcedWebhookId());
    if (made.exchange().outcome() == Outcome.DELIVERED || row.state() == DeliveryState.DELIVERED) {
      return row.delivered(attempt);
    }
    if (made.isUncounted()
        && !row.callback().test()
        && row.history().count() + 1 < AttemptHistory.MAX_ATTEMPTS) {
      return row.retryingUncounted(attempt, policy.repeated(made), messageName);
    }
    Instant next = policy.next(row, made);
    return next == null
        ? row.failed(attempt, messageName)
        : row.retrying(attempt, next, messageName);
  }
}
