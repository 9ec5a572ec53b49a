package com.natifico.postback.delivery;

import com.natifico.postback.postback.Postback;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The decision about a callback message; {@link Sender} carries it out. */
sealed interface SendDecision {
  /**
   * How long a resend's message waits for its row. The resend writes the row right after the
   * message. If the resend crashed in between, nothing has changed and the message is dropped.
   */
  Duration RESEND_GRACE = Duration.ofSeconds(30);

  /** A first attempt that starts later than this after the claim was delayed. */
  Duration USUAL_FIRST_ATTEMPT = Duration.ofSeconds(30);

  /** The delay of a message that waits for a row to be written. */
  Duration SHORT_WAIT = Duration.ofSeconds(1);

  /** The message is enqueued again, unchanged, for that time. */
  record Wait(Instant until) implements SendDecision {}

  /** Nothing to do: the attempt was made, or the delivery no longer calls for it. */
  record Drop() implements SendDecision {}

  /** This message made the last attempt, and its worker may have crashed after that. */
  record FollowUpAgain(Delivery row) implements SendDecision {}

  /** An operator has moved a dead-letter message back: its delivery is resent. */
  record Resend(Delivery row) implements SendDecision {}

  record Fail(Delivery row, UnsentReason reason) implements SendDecision {}

  /** The postback is paused. */
  record Hold(Delivery row) implements SendDecision {}

  /**
   * A newer event has been attempted.
   *
   * @param by its id
   */
  record Supersede(Delivery row, String by) implements SendDecision {}

  /** The attempt is made later. */
  record Defer(Delivery row, CallbackMessage.Task.Send task, Later later) implements SendDecision {}

  /** The first attempt of a delivery without a row; it takes no lease. */
  record FirstAttempt(Delivery row, Postback postback) implements SendDecision {}

  record LeasedAttempt(Delivery row, Postback postback) implements SendDecision {}

  /**
   * The attempt was made and is recorded now.
   *
   * @param postback null if it has been deleted
   */
  record RecordAttempt(Delivery row, MadeAttempt made, @Nullable Postback postback)
      implements SendDecision {}

  /**
   * The facts on which a decision can depend. Each is only looked up if the decision depends on it.
   */
  interface Facts {
    /** The row as stored; null if there is none. */
    @Nullable Delivery row();

    /** The postback as stored or cached; null if it was deleted. */
    @Nullable Postback postback();

    /**
     * The id of a newer event of the same conversion and goal that has been attempted at the same
     * postback; null if there is none.
     */
    @Nullable String newerAttempted();

    /** Whether the attempt must be deferred, and until when; null if it may be made now. */
    @Nullable Later deferral(CallbackMessage.Task.Send task, Postback postback);
  }

  /** When a deferred attempt is due again, and why it is deferred. */
  record Later(Instant until, Deferral.Cause cause) {}

  /** The decision at this time. */
  static SendDecision of(CallbackMessage message, Facts facts, Instant now) {
    if (message.dueAt().isAfter(now)) {
      return new Wait(message.dueAt());
    }
    return switch (message.task()) {
      case CallbackMessage.Task.Send send -> ofAttempt(message, send, facts, now);
      case CallbackMessage.Task.Store(MadeAttempt made) -> ofRecord(message, made, facts);
    };
  }

  private static SendDecision ofRecord(CallbackMessage message, MadeAttempt made, Facts facts) {
    Delivery stored = facts.row();
    Delivery row = stored == null ? Delivery.unrecorded(message.callback()) : stored;
    return made.isIn(row.history())
        ? ofRecorded(message, row)
        : new RecordAttempt(row, made, facts.postback());
  }

  private static SendDecision ofRecorded(CallbackMessage message, Delivery row) {
    return message.name().equals(row.recordedBy()) ? new FollowUpAgain(row) : new Drop();
  }

  private static SendDecision ofAttempt(
      CallbackMessage message, CallbackMessage.Task.Send task, Facts facts, Instant now) {
    Delivery row = facts.row();
    if (row == null) {
      Delivery unrecorded = Delivery.unrecorded(message.callback());
      return message.attempt() > 1
          ? new Fail(unrecorded, UnsentReason.EXPIRED)
          : ofWanted(unrecorded, task, facts, now);
    }
    Lease lease = row.leaseAt(now);
    if (row.history().count() >= message.attempt()) {
      // Another worker may also hold this message and be making the attempt. If that worker crashes
      // after the record, this copy performs the actions that follow.
      return lease != null && !message.name().equals(row.recordedBy())
          ? new Wait(lease.until())
          : ofRecorded(message, row);
    }
    if (task.redrive() && row.state() == DeliveryState.FAILED) {
      return row.history().isExhausted() ? new Drop() : new Resend(row);
    }
    if (!isCalledFor(row, now)) {
      return now.isBefore(message.sentAt().plus(RESEND_GRACE))
          ? new Wait(now.plus(SHORT_WAIT))
          : new Drop();
    }
    if (lease != null) {
      return new Wait(lease.until());
    }
    return ofWanted(row, task, facts, now);
  }

  /** Whether the row asks for an attempt now. */
  private static boolean isCalledFor(Delivery row, Instant now) {
    return switch (row.status()) {
      case DeliveryStatus.Pending _ -> true;
      case DeliveryStatus.Retrying retrying -> !now.isBefore(retrying.nextAttemptAt());
      case DeliveryStatus.Delivered _,
          DeliveryStatus.Failed _,
          DeliveryStatus.Unsent _,
          DeliveryStatus.Held _,
          DeliveryStatus.Superseded _ ->
          false;
    };
  }

  private static SendDecision ofWanted(
      Delivery row, CallbackMessage.Task.Send task, Facts facts, Instant now) {
    Postback postback = facts.postback();
    if (postback == null) {
      return new Fail(row, UnsentReason.POSTBACK_DELETED);
    }
    if (postback.isPaused()) {
      return new Hold(row);
    }
    if (isTooOld(row, postback, now)) {
      return new Fail(row, UnsentReason.TOO_OLD);
    }
    if (mayBeStale(row, postback, now)) {
      String newer = facts.newerAttempted();
      if (newer != null) {
        return new Supersede(row, newer);
      }
    }
    Later later = facts.deferral(task, postback);
    if (later != null) {
      return new Defer(row, task, later);
    }
    return row.revision() == 0 ? new FirstAttempt(row, postback) : new LeasedAttempt(row, postback);
  }

  /** Whether the receiver refuses the event because of its age. */
  private static boolean isTooOld(Delivery row, Postback postback, Instant now) {
    Duration maxAge = postback.settings().judging().maxAge();
    return maxAge != null && row.callback().occurredAt().plus(maxAge).isBefore(now);
  }

  /**
   * Whether it must be found out if a newer event has been attempted. The usual first attempt is
   * made at once and costs no look; one that has waited longer than an attempt takes is looked at
   * like a retry.
   */
  private static boolean mayBeStale(Delivery row, Postback postback, Instant now) {
    return postback.settings().sending().dropsStale()
        && !row.callback().test()
        && !row.history().reason().isEvenIfStale()
        && (row.revision() > 0
            || now.isAfter(row.callback().createdAt().plus(USUAL_FIRST_ATTEMPT)));
  }
}
