package com.natifico.postback.delivery;

import com.natifico.postback.postback.Postback;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

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
   * Records the attempt; then enqueues the retry or the dead-letter message, counts it for the
   * postback's health and reports it.
   *
   * @param row as it was when the attempt was made
   * @param postback as it was when the attempt was made
   * @param deferred whether the first attempt was deferred, so that its latency is not ours
   */
  void record(Delivery row, Postback postback, MadeAttempt made, boolean deferred) {
    Delivery recorded = store(row, made);
    followUp.attempted(recorded, postback, made.exchange().outcome(), clock.instant());
    boolean first = recorded.history().count() == 1 && !deferred;
    Instant accepted = recorded.callback().createdAt();
    observer.attempted(
        recorded,
        first ? Duration.between(accepted, made.at()) : null,
        Duration.between(accepted, made.endedAt()));
  }

  /**
   * Writes the attempt to the log. It has been made, so it is recorded whatever else has happened
   * to the row meanwhile.
   *
   * <p>If another worker that holds the same message has recorded an attempt meanwhile, that worker
   * may delete the message. What follows from this attempt is then done before it is recorded,
   * because nobody would do it if this worker died after the record.
   */
  private Delivery store(Delivery row, MadeAttempt made) {
    Callback callback = row.callback();
    Delivery base = row;
    while (true) {
      Delivery recorded = with(base, made);
      if (!Objects.equals(base.lease(), row.lease())) {
        recorded = recorded.withLease(base.lease());
      }
      if (base.revision() != row.revision() && made.messageName().equals(base.recordedBy())) {
        followUp.after(recorded, clock.instant());
      }
      if (log.save(recorded)) {
        return recorded;
      }
      Delivery stored = log.find(callback.affiliateId(), callback.deliveryId());
      base = stored == null ? Delivery.unrecorded(callback) : stored;
    }
  }

  private Delivery with(Delivery row, MadeAttempt made) {
    Attempt attempt = new Attempt(row.history().count() + 1, made.at(), made.exchange().result());
    if (made.exchange().outcome() == Outcome.DELIVERED || row.state() == DeliveryState.DELIVERED) {
      return row.delivered(attempt);
    }
    Instant next = policy.next(row, made);
    return next == null
        ? row.failed(attempt, made.messageName())
        : row.retrying(attempt, next, made.messageName());
  }
}
