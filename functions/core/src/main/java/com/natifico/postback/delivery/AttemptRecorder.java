package com.natifico.postback.delivery;

import com.natifico.postback.postback.Postback;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records an attempt in the delivery log and does all that follows from it. */
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
   * Does all that follows from an attempt that was stored: enqueues the retry or the dead-letter
   * message, counts the attempt for the postback's health and reports it.
   *
   * @param postback null if it was deleted
   * @param deferred whether the first attempt was deferred, so that its latency is not ours
   */
  void followUp(
      Delivery recorded, @Nullable Postback postback, MadeAttempt made, boolean deferred) {
    followUp.attempted(recorded, postback, made, clock.instant());
    boolean first = recorded.history().count() == 1 && !deferred;
    Instant accepted = recorded.callback().createdAt();
    observer.attempted(
        recorded,
        first ? Duration.between(accepted, made.at()) : null,
        Duration.between(accepted, made.endedAt()));
  }

  /**
   * Stores the attempt in the log. It has been made, so it is stored whatever else has happened to
   * the row meanwhile.
   *
   * <p>If another worker that holds the same message has recorded an attempt meanwhile, that worker
   * may delete the message. What follows from this attempt is then done before it is recorded,
   * because no other worker would do it if this one died after the record.
   *
   * @param row as last read
   * @param messageName of the message that made it
   * @throws RuntimeException if the log could not be written; the attempt must not be made again
   */
  Delivery store(Delivery row, MadeAttempt made, String messageName) {
    return store(row, made, messageName, false);
  }

  /** The same for an attempt that a message carries: another worker may be storing it as well. */
  Delivery storeCarried(Delivery row, MadeAttempt made, String messageName) {
    return store(row, made, messageName, true);
  }

  private Delivery store(Delivery row, MadeAttempt made, String messageName, boolean isCarried) {
    Callback callback = row.callback();
    Delivery base = row;
    while (true) {
      Delivery recorded = with(base, made, messageName);
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
        return base;
      }
    }
  }

  private Delivery with(Delivery row, MadeAttempt made, String messageName) {
    Attempt attempt = new Attempt(row.history().count() + 1, made.at(), made.exchange().result());
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
