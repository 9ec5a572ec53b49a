package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static com.natifico.postback.testing.ScriptedTransport.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.postback.Judging;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SenderTest {
  private final World world = new World();
  private final Postback postback = world.given(Samples.postback("p1", Samples.OFFER));
  private final ConversionEvent event = world.push(Samples.conversion("c-1"));

  private Delivery row() {
    return world.delivery(event, "p1");
  }

  @Test
  void deliversAtTheThirdAttemptAfterTwoFailures() {
    world.tracker.answers(answer(500), failure(Outcome.TIMEOUT), answer(200));

    world.deliverEverything();

    assertEquals(DeliveryState.DELIVERED, row().state());
    assertEquals(
        List.of(Outcome.HTTP_ERROR, Outcome.TIMEOUT, Outcome.DELIVERED),
        row().attempts().stream().map(Attempt::outcome).toList());
    assertEquals(List.of(1, 2, 3), row().attempts().stream().map(Attempt::number).toList());
  }

  @Test
  void sendsADeadLetterMessageWhenTheScheduleIsExhausted() {
    for (int i = 0; i < 8; i++) {
      world.tracker.answers(answer(500));
    }

    world.deliverEverything();

    assertEquals(DeliveryState.FAILED, row().state());
    assertEquals(8, row().attempts().size(), "seven waits make eight attempts");
    assertEquals(List.of(row()), world.deadLetters.messages());
  }

  @Test
  void neverSendsEarlierThanTheSchedule() {
    for (int i = 0; i < 8; i++) {
      world.tracker.answers(answer(500));
    }

    world.deliverEverything();

    List<Duration> waits = RetrySchedule.parse("1m,5m,15m,1h,4h,12h,24h").waits();
    for (int i = 0; i < waits.size(); i++) {
      Duration waited =
          Duration.between(row().attempts().get(i).at(), row().attempts().get(i + 1).at());
      assertTrue(waited.compareTo(waits.get(i)) >= 0, waited + " before attempt " + (i + 2));
      assertTrue(
          waited.toMillis() <= waits.get(i).toMillis() * 1.2 + 1_000,
          waited + " before attempt " + (i + 2));
    }
  }

  @Test
  void showsWhenTheNextAttemptIsWhileARetryWaits() {
    world.tracker.answers(answer(503));
    world.deliver();

    assertEquals(DeliveryState.RETRYING, row().state());
    assertFalse(
        Objects.requireNonNull(row().nextAttemptAt()).isBefore(Samples.NOW.plusSeconds(60)));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 422, 451})
  void makesThreeAttemptsInTotalOnAClientError(int status) {
    for (int i = 0; i < 8; i++) {
      world.tracker.answers(answer(status));
    }

    world.deliverEverything();

    assertEquals(DeliveryState.FAILED, row().state());
    assertEquals(3, row().attempts().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308})
  void failsAtOnceOnARedirect(int status) {
    world.tracker.answers(answer(status));

    world.deliverEverything();

    assertEquals(DeliveryState.FAILED, row().state());
    assertEquals(1, row().attempts().size());
  }

  @Test
  void failsAtOnceAndPausesThePostbackOn410() {
    world.tracker.answers(answer(410));

    world.deliverEverything();

    assertEquals(1, row().attempts().size());
    Postback paused = Objects.requireNonNull(world.postbacks.find("77", "p1"));
    assertEquals(new PostbackStatus.Paused(PausedReason.GONE), paused.status());
    assertEquals(2, paused.version());
  }

  @Test
  void failsAtOnceIfTheGuardBlocks() {
    world.tracker.answers(failure(Outcome.BLOCKED));

    world.deliverEverything();

    assertEquals(DeliveryState.FAILED, row().state());
    assertEquals(1, row().attempts().size());
  }

  @Test
  void waitsAsLongAsRetryAfterAsks() {
    world.tracker.answers(answer(429, "3600"));

    world.deliver();

    assertEquals(Samples.NOW.plusSeconds(3600), row().nextAttemptAt(), "and without jitter");
  }

  @Test
  void holdsARetryWhosePostbackWasPaused() {
    world.tracker.answers(answer(500));
    world.deliver();
    world.postbacks.replace(postback.paused(PausedReason.BY_HAND, world.clock.instant()), 1);

    world.deliverEverything();

    assertEquals(DeliveryState.HELD, row().state());
    assertEquals(1, world.tracker.received().size());
  }

  @Test
  void failsARetryWhosePostbackWasDeleted() {
    world.tracker.answers(answer(500));
    world.deliver();
    world.postbacks.delete("77", "p1", null);

    world.deliverEverything();

    assertEquals(DeliveryState.FAILED, row().state());
    assertEquals(UnsentReason.POSTBACK_DELETED, row().reason());
    assertEquals(1, world.tracker.received().size());
  }

  /**
   * The platform takes events up to seven days; the failures pass this before the schedule ends.
   */
  @Test
  void endsARetryThatHasBecomeTooOldForItsPlatform() {
    world.deliverEverything();
    Postback platform =
        world.given(
            Samples.with(
                Samples.postback("p2", "7"),
                Samples.postback("p2", "7").settings().withJudging(new Judging("meta", null))));
    Conversion usual = Samples.conversion("c-2");
    ConversionEvent old =
        world.push(
            new Conversion(
                usual.identity(),
                "7",
                world.clock.instant().minus(Duration.ofDays(6)),
                null,
                usual.fields()));
    int before = world.tracker.received().size();
    for (int i = 0; i < 8; i++) {
      world.tracker.answers(answer(503));
    }

    world.deliverEverything();

    Delivery row = world.delivery(old, platform.postbackId());
    assertEquals(FailedReason.TOO_OLD, row.failedReason());
    assertEquals(7, row.attempts().size(), "the last one would be a day later");
    assertEquals(7, world.tracker.received().size() - before);
    assertEquals(List.of(), world.deadLetters.messages());
    assertTrue(
        row.attempts().getLast().at().isBefore(world.clock.instant().minus(Duration.ofMinutes(1))),
        "it ended when the next attempt was due");
  }

  @Test
  void doesNotSendAgainIfAMessageIsReceivedAgainAfterTheRecord() {
    CallbackMessage message = world.callbacks.receive().getFirst();
    world.sender.handle(message);
    world.sender.handle(message);

    assertEquals(1, world.tracker.received().size());
  }

  @Test
  void enqueuesTheRetryAfterACrashBetweenRecordAndRetry() {
    world.tracker.answers(answer(500));
    CallbackMessage message = world.callbacks.receive().getFirst();
    world.retries.crash();
    assertThrows(RuntimeException.class, () -> world.sender.handle(message));
    world.retries.refuse(_ -> false);

    world.sender.handle(message);
    world.deliverEverything();

    assertEquals(2, world.tracker.received().size());
    assertEquals(DeliveryState.DELIVERED, row().state());
  }

  @Test
  void makesARetryOnceForSeveralMessages() {
    world.tracker.answers(answer(500));
    CallbackMessage message = world.callbacks.receive().getFirst();
    world.sender.handle(message);
    world.sender.handle(message);
    world.sender.handle(message);
    assertEquals(3, world.retries.size());
    world.pass(Duration.ofMinutes(2));
    List<CallbackMessage> asking = world.retries.receive();
    world.tracker.during(() -> world.sender.handle(asking.get(1)));

    world.sender.handle(asking.get(0));
    world.deliverEverything();

    assertEquals(2, world.tracker.received().size());
    assertEquals(2, row().attempts().size());
  }

  @Test
  void enqueuesAMessageThatIsNotDueWithoutAnAttempt() {
    Instant due = world.clock.instant().plus(Duration.ofHours(2));
    CallbackMessage early =
        new CallbackMessage(
            world.callbacks.receive().getFirst().callback(), 1, due, world.clock.instant());

    world.sender.handle(early);

    assertEquals(0, world.tracker.received().size());
    assertEquals(List.of(early), world.retries.sent());
    assertNull(world.log.find("77", event.id().deliveryId("p1")));
  }

  @Test
  void sendsAResendThatArrivesBeforeItsRow() {
    world.deliver();
    Delivery delivered = row();
    CallbackMessage resend =
        new CallbackMessage(delivered.callback(), 2, world.clock.instant(), world.clock.instant());

    world.sender.handle(resend);
    assertEquals(1, world.tracker.received().size());
    world.log.save(delivered.resent(world.clock.instant()));
    world.deliverEverything();

    assertEquals(2, world.tracker.received().size());
    assertEquals(2, row().attempts().size());
  }

  @Test
  void dropsAResendWhoseRowIsNeverWritten() {
    world.deliver();
    CallbackMessage resend =
        new CallbackMessage(row().callback(), 2, world.clock.instant(), world.clock.instant());

    world.sender.handle(resend);
    world.deliverEverything();

    assertEquals(1, world.tracker.received().size());
    assertEquals(DeliveryState.DELIVERED, row().state());
  }

  @Test
  void replacesAWaitingRetryByAResend() {
    world.tracker.answers(answer(500));
    world.deliver();
    Instant now = world.clock.instant();
    world.callbacks.send(List.of(new CallbackMessage(row().callback(), 2, now, now)));
    world.log.save(row().resent(now));

    world.deliver();
    assertEquals(DeliveryState.DELIVERED, row().state());

    world.deliverEverything();
    assertEquals(2, world.tracker.received().size());
  }

  @Test
  void givesAResendTheWholeSchedule() {
    for (int i = 0; i < 16; i++) {
      world.tracker.answers(answer(500));
    }
    world.deliverEverything();
    Instant now = world.clock.instant();
    world.callbacks.send(List.of(new CallbackMessage(row().callback(), 9, now, now)));
    world.log.save(row().resent(now));

    world.deliverEverything();

    assertEquals(16, row().attempts().size());
    assertEquals(DeliveryState.FAILED, row().state());
  }

  @Test
  void recordsAnAttemptEvenIfTheRowHasChanged() {
    world.tracker.during(
        () -> world.log.save(Delivery.unrecorded(Samples.callback(event, "p1")).pending()));

    world.deliver();

    assertEquals(DeliveryState.DELIVERED, row().state());
    assertEquals(2, row().revision());
  }

  @Test
  void sendsTheDeliveryIdAndTheTime() {
    world.deliver();

    var headers = world.tracker.received().getFirst().headers();
    assertEquals("Natifico-Postback/1", headers.get("User-Agent"));
    assertEquals(event.id().deliveryId("p1"), headers.get("webhook-id"));
    assertEquals("1793628189", headers.get("webhook-timestamp"));
    assertNull(headers.get("webhook-signature"));
    assertNull(headers.get("webhook-url-signature"));
  }
}
