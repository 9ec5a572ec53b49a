package com.natifico.postback.delivery;

import com.natifico.postback.Unavailable;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Processes one callback message: decides what it asks for ({@link SendDecision}), and does it. The
 * caller deletes the message only after this returns.
 *
 * <p>A message that comes back finds what was done and continues from there. The usual first
 * attempt costs one read and one write; every other one takes the delivery's lease first, so that
 * of several messages for the same attempt one makes it. If a worker dies between the request and
 * its record, the request is made again, and so is a first attempt whose message the queue delivers
 * twice.
 *
 * <p>A store that refuses costs time and nothing else. What was not begun is enqueued again; an
 * attempt that was made and cannot be recorded is enqueued with its result, to be recorded later.
 *
 * <p>Safe for use by several threads.
 */
public final class Sender {
  /**
   * How long the lease of an attempt is valid. No sender lives longer: it is at least the
   * function's timeout in template.yaml. The 10 s of an attempt alone would not do, because the log
   * may take 8 s for the lease and 8 s for the record.
   */
  public static final Duration LEASE = Duration.ofSeconds(30);

  /**
   * How long an attempt that is due may be deferred in all because its endpoint times out. Then it
   * is made in any case: every delivery comes to an end, and its log says why it has not arrived.
   */
  private static final Duration MAX_DEFERRAL = Duration.ofMinutes(15);

  /** The same, because almost no endpoint can be reached. */
  private static final Duration MAX_EGRESS_DEFERRAL = Duration.ofDays(7);

  /** Spreads the attempts that were deferred until the same time. */
  private static final Duration DEFERRAL_JITTER = Duration.ofSeconds(5);

  private final DeliveryLog log;
  private final PostbackReader postbacks;
  private final Transport transport;
  private final FollowUp followUp;
  private final RetryPolicy policy;
  private final InstantSource clock;
  private final DeliveryObserver observer;
  private final AttemptRecorder recorder;
  private final Breaker breaker = new Breaker();
  private final EgressWatch egress;

  public Sender(
      DeliveryLog log,
      PostbackReader postbacks,
      Transport transport,
      FollowUp followUp,
      RetryPolicy policy,
      InstantSource clock,
      DeliveryObserver observer) {
    this.log = log;
    this.postbacks = postbacks;
    this.transport = transport;
    this.followUp = followUp;
    this.egress = followUp.egress();
    this.policy = policy;
    this.clock = clock;
    this.observer = observer;
    this.recorder = new AttemptRecorder(log, followUp, policy, observer, clock);
  }

  /** Too little time is left for an attempt. Nothing was done, and the message must come back. */
  public static final class OutOfTime extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutOfTime() {
      super("no time is left for an attempt");
    }
  }

  /** How carrying out a decision ended. */
  private enum Progress {
    /** The message is processed. */
    FINISHED,
    /** Another worker has written the row meanwhile; the message must be decided again. */
    ROW_CHANGED;

    static Progress ofSave(boolean saved) {
      return saved ? FINISHED : ROW_CHANGED;
    }
  }

  /** Processes the message, without a limit of time. */
  public void handle(CallbackMessage message) {
    handle(message, () -> true);
  }

  /**
   * Processes the message. If this throws, the message has to come back.
   *
   * @param hasTime whether there is time for an attempt, up to 10 s, and its record; asked before
   *     an attempt is made
   * @throws OutOfTime if there is none
   */
  public void handle(CallbackMessage message, BooleanSupplier hasTime) {
    try {
      decideAndCarryOut(message, hasTime);
    } catch (Unavailable e) {
      backOff(message, e);
    }
  }

  /**
   * Enqueues the message again for later: a message that came back to the queue instead would end
   * in UnprocessedQueue after a few receives.
   */
  private void backOff(CallbackMessage message, RuntimeException cause) {
    Instant now = now();
    try {
      followUp.enqueue(message.refused(now, policy.againAfterRefusal(message.refusedSince(), now)));
    } catch (RuntimeException e) {
      e.addSuppressed(cause);
      throw e;
    }
    observer.backedOff(message, cause);
  }

  private void decideAndCarryOut(CallbackMessage message, BooleanSupplier hasTime) {
    Progress progress;
    do {
      Instant now = now();
      progress = carryOut(SendDecision.of(message, facts(message, now), now), message, hasTime);
    } while (progress == Progress.ROW_CHANGED);
  }

  private SendDecision.Facts facts(CallbackMessage message, Instant now) {
    Callback callback = message.callback();
    return new SendDecision.Facts() {
      @Override
      public @Nullable Delivery row() {
        return log.find(callback.affiliateId(), callback.deliveryId());
      }

      @Override
      public @Nullable Postback postback() {
        return postbacks.find(callback.affiliateId(), callback.postbackId());
      }

      @Override
      public SendDecision.@Nullable Later deferral(CallbackMessage.Task.Send task) {
        return callback.test() ? null : Sender.this.deferral(callback, task.deferral(), now);
      }
    };
  }

  private Progress carryOut(
      SendDecision decision, CallbackMessage message, BooleanSupplier hasTime) {
    return switch (decision) {
      case SendDecision.Drop _ -> Progress.FINISHED;
      case SendDecision.Wait(Instant until) -> {
        followUp.enqueue(message.dueAt(until));
        yield Progress.FINISHED;
      }
      case SendDecision.FollowUpAgain(Delivery row) -> {
        followUp.after(row, now());
        yield Progress.FINISHED;
      }
      case SendDecision.Resend(Delivery row) -> {
        // From now on it is a resend like any other, also if this worker dies.
        log.save(row.resent(now()));
        yield Progress.ROW_CHANGED;
      }
      case SendDecision.Fail(Delivery row, UnsentReason reason) ->
          Progress.ofSave(log.save(row.unsent(reason)));
      case SendDecision.Hold(Delivery row) -> hold(row);
      case SendDecision.Defer(
              Delivery row,
              CallbackMessage.Task.Send task,
              SendDecision.Later later) ->
          defer(row, message.with(task.deferred(later.cause(), now()), later.until()), later);
      case SendDecision.FirstAttempt(Delivery row, Postback postback) -> {
        requireTime(hasTime);
        yield attempt(message, row, postback);
      }
      case SendDecision.LeasedAttempt(Delivery row, Postback postback) -> {
        requireTime(hasTime);
        Delivery leased = row.leased(now().plus(LEASE));
        yield log.save(leased) ? attempt(message, leased, postback) : Progress.ROW_CHANGED;
      }
      case SendDecision.RecordAttempt(Delivery row, MadeAttempt made, Postback postback) -> {
        Delivery recorded = recorder.storeCarried(row, made, message.name());
        recorder.followUp(recorded, postback, made, false);
        yield Progress.FINISHED;
      }
    };
  }

  private static void requireTime(BooleanSupplier hasTime) {
    if (!hasTime.getAsBoolean()) {
      throw new OutOfTime();
    }
  }

  private Progress hold(Delivery row) {
    Delivery held = row.held();
    boolean saved = log.save(held);
    if (saved) {
      observer.held(held);
    }
    return Progress.ofSave(saved);
  }

  /**
   * Enqueues the message again without an attempt. There may be two messages afterwards, so a first
   * attempt gets its row before that, and the worker that makes it takes the lease. A retry's row,
   * which says when it is made, is written after it: it must not wait for a message that was never
   * sent.
   */
  private Progress defer(Delivery row, CallbackMessage deferred, SendDecision.Later later) {
    if (row.revision() == 0 && !log.save(row.pending())) {
      return Progress.ROW_CHANGED;
    }
    followUp.enqueue(deferred);
    if (row.state() == DeliveryState.RETRYING) {
      log.save(row.deferred(later.until()));
    }
    observer.deferred(deferred, later.cause());
    return Progress.FINISHED;
  }

  private Progress attempt(CallbackMessage message, Delivery row, Postback postback) {
    Callback callback = row.callback();
    Instant at = now();
    Transport.Exchange exchange =
        transport.send(callback.request(), CallbackHeaders.of(callback, postback, at));
    Instant endedAt = clock.instant();
    breaker.ended(callback.request().endpoint(), exchange, endedAt);
    egress.ended(callback.request().endpoint(), exchange.outcome(), endedAt);
    MadeAttempt made = new MadeAttempt(at, endedAt, exchange, row.lease(), egress.isDown());
    Delivery recorded;
    try {
      recorded = recorder.store(row, made, message.name());
    } catch (RuntimeException e) {
      // The request was made, so it must not be made again: the message now asks for the record.
      backOff(message.with(new CallbackMessage.Task.Store(made), endedAt), e);
      return Progress.FINISHED;
    }
    recorder.followUp(recorded, postback, made, isDeferred(message));
    return Progress.FINISHED;
  }

  private static boolean isDeferred(CallbackMessage message) {
    return message.task() instanceof CallbackMessage.Task.Send send && send.deferral() != null;
  }

  private SendDecision.@Nullable Later deferral(
      Callback callback, @Nullable Deferral deferral, Instant now) {
    Instant since = deferral == null ? null : deferral.since();
    if (deferral != null && deferral.cause() == Deferral.Cause.EGRESS) {
      egress.reported(now);
    }
    if (isWithin(MAX_EGRESS_DEFERRAL, since, now)) {
      Instant until = egress.deferredUntil(since, now);
      if (until != null) {
        return later(until, Deferral.Cause.EGRESS);
      }
    }
    if (isWithin(MAX_DEFERRAL, since, now)) {
      Instant until = breaker.openUntil(callback.request().endpoint(), now);
      if (until != null) {
        return later(until, Deferral.Cause.ENDPOINT);
      }
    }
    return null;
  }

  private static boolean isWithin(Duration max, @Nullable Instant since, Instant now) {
    return since == null || now.isBefore(since.plus(max));
  }

  private SendDecision.Later later(Instant until, Deferral.Cause cause) {
    return new SendDecision.Later(
        until.truncatedTo(ChronoUnit.MILLIS).plus(policy.jitter(DEFERRAL_JITTER)), cause);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
