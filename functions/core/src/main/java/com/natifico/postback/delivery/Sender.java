package com.natifico.postback.delivery;

import com.natifico.postback.Unavailable;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackReader;
import com.natifico.postback.postback.SecretReader;
import com.natifico.postback.rule.AnswerRules;
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
 * <p>When a message is received again, processing continues from the stored state. The usual first
 * attempt costs one read and one write. Every other attempt acquires the delivery's lease first, so
 * that only one of several messages for the same attempt makes it. If a worker crashes between the
 * request and its record, the request is sent again; so is a first attempt whose message the queue
 * delivers twice.
 *
 * <p>A store that is unavailable only causes delay. Work that was not started is enqueued again; an
 * attempt that was made but cannot be recorded is enqueued with its result, to be recorded later.
 *
 * <p>Safe for use by several threads.
 */
public final class Sender {
  /**
   * How long the lease of an attempt is valid. No sender runs longer: it is at least the function's
   * timeout in template.yaml. The 10 s of an attempt are not enough, because the log may take 8 s
   * for the lease and 8 s for the record.
   */
  public static final Duration LEASE = Duration.ofSeconds(30);

  /**
   * The limit of the total deferral of a due attempt because its endpoint times out. After that the
   * attempt is made in any case, in the slow lane, so that every delivery reaches a final state and
   * its log contains the reason.
   */
  private static final Duration MAX_DEFERRAL = Duration.ofMinutes(15);

  /** The same limit for deferrals because almost no endpoint can be reached. */
  private static final Duration MAX_EGRESS_DEFERRAL = Duration.ofDays(7);

  /** The same limit for deferrals because the endpoint takes a limited number of requests. */
  private static final Duration MAX_PACE_DEFERRAL = Duration.ofDays(7);

  /** Spreads the attempts that were deferred until the same time. */
  private static final Duration DEFERRAL_JITTER = Duration.ofSeconds(5);

  private final DeliveryLog log;
  private final PostbackReader postbacks;
  private final NewerAttempts newer;
  private final SecretReader secrets;
  private final Transport transport;
  private final FollowUp followUp;
  private final RetryPolicy policy;
  private final InstantSource clock;
  private final DeliveryObserver observer;
  private final AttemptRecorder recorder;
  private final Breaker breaker;
  private final EgressWatch egress;
  private final Pacing pacing;

  public Sender(
      SenderStores stores,
      Transport transport,
      FollowUp followUp,
      RetryPolicy policy,
      InstantSource clock,
      DeliveryObserver observer,
      Pacing pacing) {
    this.log = stores.log();
    this.postbacks = stores.postbacks();
    this.newer = new NewerAttempts(stores.events(), log);
    this.secrets = stores.secrets();
    this.transport = transport;
    this.followUp = followUp;
    this.egress = followUp.egress();
    this.breaker = followUp.newBreaker();
    this.policy = policy;
    this.clock = clock;
    this.observer = observer;
    this.pacing = pacing;
    this.recorder = new AttemptRecorder(log, followUp, policy, observer, clock);
  }

  /**
   * There is not enough time for an attempt. Nothing was done, and the message must be received
   * again.
   */
  public static final class OutOfTime extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutOfTime() {
      super("no time is left for an attempt");
    }
  }

  /**
   * The message could not be processed, and the queue accepted no copy of it. It must be received
   * again, and after a longer time with each receive, because receives are limited.
   */
  public static final class NothingAccepted extends RuntimeException {
    private static final long serialVersionUID = 1;

    NothingAccepted(FollowUp.QueueRefuses cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** The progress after a decision was carried out. */
  private enum Progress {
    /** The message is processed. */
    FINISHED,
    /** Another worker has written the row in the meantime; the decision must be made again. */
    ROW_CHANGED;

    static Progress ofSave(boolean saved) {
      return saved ? FINISHED : ROW_CHANGED;
    }
  }

  /** Processes the message, without a time limit. */
  public void handle(CallbackMessage message) {
    handle(message, () -> true);
  }

  /**
   * Processes the message. If this throws, the message must be received again.
   *
   * @param hasTime whether there is time for an attempt, up to 10 s, and its record; called before
   *     an attempt is made
   * @throws OutOfTime if there is not
   * @throws NothingAccepted if the message should be hidden, see {@link #hiddenAfterRefusal}
   */
  public void handle(CallbackMessage message, BooleanSupplier hasTime) {
    try {
      handleOrBackOff(message, hasTime);
    } catch (FollowUp.QueueRefuses e) {
      throw new NothingAccepted(e);
    }
  }

  private void handleOrBackOff(CallbackMessage message, BooleanSupplier hasTime) {
    try {
      decideAndCarryOut(message, hasTime);
    } catch (Unavailable e) {
      backOff(message, e);
    }
  }

  /**
   * How long to hide a message for which nothing was accepted.
   *
   * @param receives how often it was received, from 1
   */
  public Duration hiddenAfterRefusal(int receives) {
    return policy.hiddenAfterRefusal(receives);
  }

  /**
   * Whether an attempt is in progress that is slow and not yet reported. To be called about once a
   * second while messages are processed; it does not wait.
   */
  public boolean hasSlowAttempts() {
    return breaker.hasSlowAttempts(now());
  }

  /**
   * Stores that the endpoints of slow attempts in progress are slow, so that other workers learn of
   * it before these attempts end. It may take as long as a call of the store takes, and never
   * throws because of it.
   */
  public void reportSlowAttempts() {
    breaker.reportSlowAttempts(now());
  }

  /**
   * Enqueues the message again with a delay. If it were returned to the queue instead, it would end
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
      public @Nullable String newerAttempted() {
        return newer.find(callback);
      }

      @Override
      public SendDecision.@Nullable Later deferral(
          CallbackMessage.Task.Send task, Postback postback) {
        return callback.test() ? null : Sender.this.deferral(postback, task, now);
      }
    };
  }

  private Progress carryOut(
      SendDecision decision, CallbackMessage message, BooleanSupplier hasTime) {
    return switch (decision) {
      case SendDecision.Drop _ -> Progress.FINISHED;
      case SendDecision.Wait(Instant until) -> {
        enqueueAgain(message.dueAt(until));
        yield Progress.FINISHED;
      }
      case SendDecision.FollowUpAgain(Delivery row) -> {
        recorder.followUpAgain(row);
        yield Progress.FINISHED;
      }
      case SendDecision.Resend(Delivery row) -> {
        // From now on the message is treated like that of any resend, even if this worker crashes.
        log.save(row.resent(now()));
        yield Progress.ROW_CHANGED;
      }
      case SendDecision.Fail(Delivery row, UnsentReason reason) ->
          Progress.ofSave(log.save(row.unsent(reason)));
      case SendDecision.Hold(Delivery row) -> hold(row);
      case SendDecision.Supersede(Delivery row, String by) -> supersede(row.superseded(by));
      case SendDecision.Defer(
              Delivery row,
              CallbackMessage.Task.Send task,
              SendDecision.Later later) ->
          defer(row, message.with(task.deferred(later.cause(), now()), later.until()), later);
      case SendDecision.FirstAttempt(Delivery row, Postback postback) -> {
        requireTime(hasTime);
        yield switch (outgoing(row, postback)) {
          case OutgoingRequest.Unsendable(UnsentReason reason) ->
              Progress.ofSave(log.save(row.unsent(reason)));
          case OutgoingRequest.Ready ready -> attempt(message, row, postback, ready);
        };
      }
      case SendDecision.LeasedAttempt(Delivery row, Postback postback) -> {
        requireTime(hasTime);
        yield switch (outgoing(row, postback)) {
          case OutgoingRequest.Unsendable(UnsentReason reason) ->
              Progress.ofSave(log.save(row.unsent(reason)));
          case OutgoingRequest.Ready ready -> {
            Delivery leased = row.leased(now().plus(LEASE));
            yield log.save(leased)
                ? attempt(message, leased, postback, ready)
                : Progress.ROW_CHANGED;
          }
        };
      }
      case SendDecision.RecordAttempt(Delivery row, MadeAttempt made, Postback postback) -> {
        Delivery recorded = recorder.storeCarried(row, made, message.name());
        if (recorded == null) {
          yield Progress.ROW_CHANGED;
        }
        recorder.followUp(recorded, postback, made, false);
        yield Progress.FINISHED;
      }
    };
  }

  /**
   * Enqueues a message that was received early. If the queue does not accept it, and the timer will
   * enqueue a message for its row, it is not needed. It is needed while the row is leased: the
   * worker that makes the attempt may hold the same message, and if that worker crashes after the
   * record, this copy performs the actions that follow.
   */
  private void enqueueAgain(CallbackMessage message) {
    if (followUp.isEnqueued(message)) {
      return;
    }
    Callback callback = message.callback();
    Delivery row = log.find(callback.affiliateId(), callback.deliveryId());
    boolean isLeftToTimer =
        row != null
            && row.state() == DeliveryState.RETRYING
            && row.wakeAt() != null
            && row.leaseAt(now()) == null
            && message.task() instanceof CallbackMessage.Task.Send;
    if (!isLeftToTimer) {
      throw new FollowUp.QueueRefuses(message);
    }
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

  private Progress supersede(Delivery superseded) {
    boolean saved = log.save(superseded);
    if (saved) {
      observer.superseded(superseded);
    }
    return Progress.ofSave(saved);
  }

  /**
   * Enqueues the message again without an attempt. There may be two messages afterwards, so the row
   * of a first attempt is written before that, and the worker that makes the attempt acquires the
   * lease. The row of a retry, which shows when it is made, is written after that. If the queue
   * does not accept the message, the timer enqueues it.
   */
  private Progress defer(Delivery row, CallbackMessage deferred, SendDecision.Later later) {
    Delivery stored = row.revision() == 0 ? row.pending() : row;
    if (row.revision() == 0 && !log.save(stored)) {
      return Progress.ROW_CHANGED;
    }
    boolean enqueued = followUp.isEnqueued(deferred);
    boolean saved = true;
    if (row.state() == DeliveryState.RETRYING) {
      saved = log.save(row.deferred(later.until(), now()));
    } else if (!enqueued) {
      saved = log.save(stored.awaiting(now().plus(Timer.OVERDUE_AFTER)));
    }
    if (!enqueued && !saved) {
      return Progress.ROW_CHANGED;
    }
    observer.deferred(row, later.cause());
    return Progress.FINISHED;
  }

  private OutgoingRequest outgoing(Delivery row, Postback postback) {
    return OutgoingRequest.of(row.callback().request(), postback, secrets, now());
  }

  private Progress attempt(
      CallbackMessage message, Delivery row, Postback postback, OutgoingRequest.Ready outgoing) {
    Callback callback = row.callback();
    Instant at = now();
    boolean hadSlot = message.isInSlowLane() && pacing.isPaced(postback, at);
    AnswerRules rules = postback.settings().judging().effectiveRules();
    Breaker.Running running = breaker.started(postback, at);
    Transport.Exchange exchange;
    Instant endedAt;
    try {
      exchange =
          transport
              .send(
                  outgoing.request(),
                  CallbackHeaders.of(outgoing, row.webhookId(), at),
                  rules.readBody() ? Transport.BodyUse.RULES : Transport.BodyUse.LOG)
              .judgedBy(rules)
              .masked(outgoing.echoes());
      endedAt = clock.instant();
      breaker.ended(running, exchange, endedAt.truncatedTo(ChronoUnit.MILLIS));
    } finally {
      breaker.abandoned(running);
    }
    egress.ended(callback.request().endpoint(), exchange.outcome(), endedAt);
    pacing.ended(postback, exchange, hadSlot ? at : null, endedAt);
    String webhookId = row.webhookId();
    MadeAttempt made =
        new MadeAttempt(
            at,
            endedAt,
            exchange,
            webhookId.equals(callback.deliveryId()) ? null : webhookId,
            row.lease(),
            egress.isDown());
    Delivery recorded;
    try {
      recorded = recorder.store(row, made, message.name());
    } catch (RuntimeException e) {
      // The request was sent and must not be sent again, so the message now asks for the record.
      backOff(message.with(new CallbackMessage.Task.Store(made), endedAt), e);
      return Progress.FINISHED;
    }
    Deferral deferral = deferral(message);
    if (row.revision() == 0 && deferral != null) {
      // It was sent to the slow lane when it was accepted.
      observer.deferred(row, deferral.cause());
    }
    recorder.followUp(recorded, postback, made, deferral != null);
    return Progress.FINISHED;
  }

  private static @Nullable Deferral deferral(CallbackMessage message) {
    return message.task() instanceof CallbackMessage.Task.Send send ? send.deferral() : null;
  }

  private SendDecision.@Nullable Later deferral(
      Postback postback, CallbackMessage.Task.Send task, Instant now) {
    Instant since = task.deferral() == null ? null : task.deferral().since();
    if (task.isDeferredBy(Deferral.Cause.EGRESS)) {
      egress.reported(now);
    }
    if (isWithin(MAX_EGRESS_DEFERRAL, since, now)) {
      Instant until = egress.deferredUntil(since, now);
      if (until != null) {
        return later(until, Deferral.Cause.EGRESS);
      }
    }
    boolean inSlowLane = task.isInSlowLane();
    // Before the breaker, because the attempt that tests a half-open circuit must not be deferred.
    if (isWithin(MAX_PACE_DEFERRAL, since, now)) {
      Instant until = pacing.deferredUntil(postback, inSlowLane, clock);
      if (until != null) {
        return new SendDecision.Later(until.truncatedTo(ChronoUnit.MILLIS), Deferral.Cause.PACE);
      }
    }
    if (!task.isDeferredBy(Deferral.Cause.ENDPOINT) || isWithin(MAX_DEFERRAL, since, now)) {
      Instant time = now();
      Instant until = breaker.deferredUntil(postback, inSlowLane, time);
      if (until != null) {
        return until.isAfter(time)
            ? later(until, Deferral.Cause.ENDPOINT)
            : new SendDecision.Later(time, Deferral.Cause.ENDPOINT);
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
