package com.natifico.postback.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.postback.Judging;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.SendingSettings;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All decisions about a message, as a table. */
final class SendDecisionTest {
  private static final Instant NOW = Samples.NOW.plusSeconds(3600);
  private static final Duration TOO_OLD = Duration.ofDays(7).plusMillis(1);
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final SendDecision.Later LATER_DUE =
      new SendDecision.Later(LATER, Deferral.Cause.ENDPOINT);
  private static final Callback CALLBACK = Samples.callback("c1", "p1");
  private static final Delivery UNRECORDED = Delivery.unrecorded(CALLBACK);
  private static final Delivery PENDING = UNRECORDED.pending();
  private static final Attempt ATTEMPT = Samples.attempt(1, Outcome.HTTP_ERROR);
  private static final MadeAttempt MADE =
      new MadeAttempt(
          ATTEMPT.at(),
          ATTEMPT.endedAt(),
          new Transport.Exchange(ATTEMPT.result(), null),
          null,
          false);
  private static final Delivery DUE = UNRECORDED.retrying(ATTEMPT, NOW, "1@" + Samples.NOW);
  private static final Delivery WAITING = UNRECORDED.retrying(ATTEMPT, LATER, "1@" + Samples.NOW);
  private static final Delivery FAILED = UNRECORDED.failed(ATTEMPT, "1@" + Samples.NOW);
  private static final Postback ACTIVE = Samples.postback("p1", null);
  private static final Postback KEEPS_STALE =
      new Postback(
          ACTIVE.key(),
          ACTIVE.settings().withSending(new SendingSettings(List.of(), false)),
          ACTIVE.status(),
          ACTIVE.revision());
  private static final Postback LIMITED =
      Samples.with(ACTIVE, ACTIVE.settings().withJudging(new Judging("meta", null)));
  private static final Postback PAUSED =
      new Postback(
          ACTIVE.key(),
          ACTIVE.settings(),
          new PostbackStatus.Paused(PausedReason.BY_HAND),
          ACTIVE.revision());

  /** The first message of an event that occurred this long ago. */
  private static CallbackMessage aged(Duration age) {
    return new CallbackMessage(agedCallback(age), 1, NOW, NOW);
  }

  private static Callback agedCallback(Duration age) {
    return new Callback(
        CALLBACK.deliveryId(), "p1", CALLBACK.event().at(NOW.minus(age)), CALLBACK.request());
  }

  private static Delivery agedRow(Duration age) {
    return Delivery.unrecorded(agedCallback(age));
  }

  /** The facts of a row of the table; a fact that the row omits must not be looked up. */
  record Given(
      boolean rowIsRead,
      @Nullable Delivery row,
      @Nullable Postback postback,
      boolean isReached,
      @Nullable String newer)
      implements SendDecision.Facts {
    @Override
    public @Nullable Delivery row() {
      if (!rowIsRead) {
        throw new AssertionError("the row is read");
      }
      return row;
    }

    @Override
    public @Nullable String newerAttempted() {
      return newer;
    }

    @Override
    public SendDecision.@Nullable Later deferral(CallbackMessage.Task.Send task, Postback wanted) {
      return isReached ? null : LATER_DUE;
    }
  }

  private static Given nothing() {
    return new Given(false, null, null, true, null);
  }

  private static Given row(@Nullable Delivery row) {
    return new Given(true, row, ACTIVE, true, null);
  }

  private static CallbackMessage first(Instant dueAt) {
    return new CallbackMessage(CALLBACK, 1, dueAt, Samples.NOW);
  }

  private static CallbackMessage retry(Instant sentAt) {
    return new CallbackMessage(CALLBACK, 2, NOW, sentAt);
  }

  private static CallbackMessage redrive(int attempt) {
    return CallbackMessage.redriven(CALLBACK, attempt, Samples.NOW, Samples.NOW);
  }

  private static CallbackMessage record(MadeAttempt made) {
    return new CallbackMessage(
        CALLBACK, 1, NOW, Samples.NOW, null, new CallbackMessage.Task.Store(made));
  }

  static Stream<Arguments> decisions() {
    Delivery leased = DUE.leased(LATER);
    Delivery expired = DUE.leased(NOW);
    Delivery tooLarge = UNRECORDED.unsent(UnsentReason.REQUEST_TOO_LARGE);
    CallbackMessage old = retry(Samples.NOW);
    CallbackMessage fresh = retry(NOW);
    SendDecision drop = new SendDecision.Drop();
    SendDecision soon = new SendDecision.Wait(NOW.plus(SendDecision.SHORT_WAIT));
    return Stream.of(
        Arguments.of("not due", first(LATER), nothing(), new SendDecision.Wait(LATER)),
        Arguments.of(
            "no row yet", first(NOW), row(null), new SendDecision.FirstAttempt(UNRECORDED, ACTIVE)),
        Arguments.of(
            "a pending row",
            first(NOW),
            row(PENDING),
            new SendDecision.LeasedAttempt(PENDING, ACTIVE)),
        Arguments.of(
            "its own attempt is recorded",
            first(NOW),
            row(DUE),
            new SendDecision.FollowUpAgain(DUE)),
        Arguments.of(
            "another message made its attempt",
            new CallbackMessage(CALLBACK, 1, NOW, NOW),
            row(DUE),
            drop),
        Arguments.of(
            "another message made its attempt, and one is under way",
            new CallbackMessage(CALLBACK, 1, NOW, NOW),
            row(leased),
            new SendDecision.Wait(LATER)),
        Arguments.of("a due retry", old, row(DUE), new SendDecision.LeasedAttempt(DUE, ACTIVE)),
        Arguments.of(
            "a retry whose row has expired",
            old,
            row(null),
            new SendDecision.Fail(UNRECORDED, UnsentReason.EXPIRED)),
        Arguments.of("a retry too early", old, row(WAITING), drop),
        Arguments.of("a resend before its row", fresh, row(WAITING), soon),
        Arguments.of("a failed delivery is not retried", old, row(FAILED), drop),
        Arguments.of("a resend of a failed delivery before its row", fresh, row(FAILED), soon),
        Arguments.of(
            "a redrive of a failed delivery",
            redrive(2),
            row(FAILED),
            new SendDecision.Resend(FAILED)),
        Arguments.of("a redrive of a delivery that was resent", redrive(2), row(WAITING), drop),
        Arguments.of("a delivery that is never sent", first(NOW), row(tooLarge), drop),
        Arguments.of("leased", old, row(leased), new SendDecision.Wait(LATER)),
        Arguments.of(
            "an expired lease", old, row(expired), new SendDecision.LeasedAttempt(expired, ACTIVE)),
        Arguments.of(
            "a deleted postback",
            old,
            new Given(true, DUE, null, true, null),
            new SendDecision.Fail(DUE, UnsentReason.POSTBACK_DELETED)),
        Arguments.of(
            "a paused postback",
            old,
            new Given(true, DUE, PAUSED, true, null),
            new SendDecision.Hold(DUE)),
        Arguments.of(
            "an event that its receiver still takes",
            aged(Duration.ofDays(7)),
            new Given(true, null, LIMITED, true, null),
            new SendDecision.FirstAttempt(agedRow(Duration.ofDays(7)), LIMITED)),
        Arguments.of(
            "an event that is too old for its receiver",
            aged(TOO_OLD),
            new Given(true, null, LIMITED, false, "e2"),
            new SendDecision.Fail(agedRow(TOO_OLD), UnsentReason.TOO_OLD)),
        Arguments.of(
            "an event of any age for a receiver without a limit",
            aged(TOO_OLD),
            new Given(true, null, KEEPS_STALE, true, null),
            new SendDecision.FirstAttempt(agedRow(TOO_OLD), KEEPS_STALE)),
        Arguments.of(
            "a retry that has become too old",
            new CallbackMessage(agedCallback(TOO_OLD), 2, NOW, Samples.NOW),
            new Given(true, agedRow(TOO_OLD).retrying(ATTEMPT, NOW, "1@x"), LIMITED, true, null),
            new SendDecision.Fail(
                agedRow(TOO_OLD).retrying(ATTEMPT, NOW, "1@x"), UnsentReason.TOO_OLD)),
        Arguments.of(
            "an event without a time of its own, by the time of its claim",
            old,
            new Given(true, DUE, LIMITED, true, null),
            new SendDecision.LeasedAttempt(DUE, LIMITED)),
        Arguments.of(
            "an old event of a paused postback",
            aged(TOO_OLD),
            new Given(true, null, LIMITED.paused(PausedReason.BY_HAND, Samples.NOW), true, null),
            new SendDecision.Hold(agedRow(TOO_OLD))),
        Arguments.of(
            "a paused postback at an endpoint that times out",
            old,
            new Given(true, DUE, PAUSED, false, null),
            new SendDecision.Hold(DUE)),
        Arguments.of(
            "a retry after a newer event",
            old,
            new Given(true, DUE, ACTIVE, false, "e2"),
            new SendDecision.Supersede(DUE, "e2")),
        Arguments.of(
            "a retry after a newer event, at a postback that wants it",
            old,
            new Given(true, DUE, KEEPS_STALE, true, "e2"),
            new SendDecision.LeasedAttempt(DUE, KEEPS_STALE)),
        Arguments.of(
            "a retry after a newer event, resent by a person",
            old,
            new Given(true, DUE.resent(NOW, Resend.Mode.REPEATED), ACTIVE, true, "e2"),
            new SendDecision.LeasedAttempt(DUE.resent(NOW, Resend.Mode.REPEATED), ACTIVE)),
        Arguments.of(
            "a first attempt that was delayed, after a newer event",
            first(NOW),
            new Given(true, null, ACTIVE, true, "e2"),
            new SendDecision.Supersede(UNRECORDED, "e2")),
        Arguments.of(
            "a paused postback after a newer event",
            old,
            new Given(true, DUE, PAUSED, true, "e2"),
            new SendDecision.Hold(DUE)),
        Arguments.of("a superseded delivery", old, row(DUE.superseded("e2")), drop),
        Arguments.of(
            "an attempt to record",
            record(MADE),
            row(PENDING),
            new SendDecision.RecordAttempt(PENDING, MADE, ACTIVE)),
        Arguments.of(
            "an attempt to record without a row",
            record(MADE),
            row(null),
            new SendDecision.RecordAttempt(UNRECORDED, MADE, ACTIVE)),
        Arguments.of(
            "an attempt to record of a deleted postback",
            record(MADE),
            new Given(true, PENDING, null, true, null),
            new SendDecision.RecordAttempt(PENDING, MADE, null)),
        Arguments.of(
            "an attempt to record while another attempt is in the log",
            record(MADE),
            row(UNRECORDED.retrying(Samples.attempt(3, Outcome.TIMEOUT), NOW, "1@x")),
            new SendDecision.RecordAttempt(
                UNRECORDED.retrying(Samples.attempt(3, Outcome.TIMEOUT), NOW, "1@x"),
                MADE,
                ACTIVE)),
        Arguments.of(
            "an attempt that was recorded, although the response was lost",
            record(MADE),
            row(DUE),
            new SendDecision.FollowUpAgain(DUE)),
        Arguments.of(
            "an attempt that was recorded, and followed by another",
            record(MADE),
            row(DUE.retrying(Samples.attempt(2, Outcome.TIMEOUT), LATER, "2@x")),
            drop),
        Arguments.of(
            "an endpoint that times out",
            old,
            new Given(true, DUE, ACTIVE, false, null),
            new SendDecision.Defer(DUE, CallbackMessage.Task.Send.USUAL, LATER_DUE)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("decisions")
  void decides(String name, CallbackMessage message, Given facts, SendDecision decision) {
    assertEquals(decision, SendDecision.of(message, facts, NOW), Objects.requireNonNull(name));
  }
}
