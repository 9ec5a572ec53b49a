package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.postback.EventFilter;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.postback.SendingSettings;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A callback is not sent after a newer event has been attempted at the same postback. */
final class StaleTest {
  private final World world = new World("1m,5m,1h");

  private Postback given(String id, boolean dropsStale) {
    Postback usual = Samples.postback(id, Samples.OFFER);
    return world.given(
        new Postback(
            usual.key(),
            usual
                .settings()
                .withRequest(
                    RequestTemplate.get(
                        "https://t.example.com/" + id + "?s={status_text}&r={revision}"))
                .withFilter(EventFilter.ANY)
                .withSending(new SendingSettings(List.of(), dropsStale)),
            usual.status(),
            usual.revision()));
  }

  private ConversionEvent push(ConversionStatus status, int revision) {
    Conversion usual = Samples.conversion("c-1");
    return world.push(
        new Conversion(
            new EventIdentity("77", "c-1", usual.goal(), status, revision),
            usual.offerId(),
            usual.occurredAt(),
            usual.clickAt(),
            usual.fields()));
  }

  private List<String> received() {
    return world.tracker.received().stream()
        .map(each -> each.request().url())
        .map(url -> url.substring(url.indexOf("?s=") + 3).replace("&r=", " "))
        .toList();
  }

  private ConversionEvent pendingRefusedOnce() {
    world.tracker.answers(answer(503));
    ConversionEvent pending = push(ConversionStatus.PENDING, 1);
    world.deliver();
    world.pass(Duration.ofSeconds(10));
    return pending;
  }

  /** Pending answered 503, approved delivered: the retry of pending must not arrive after it. */
  @Test
  void doesNotRetryAnOlderStatusAfterANewerOne() {
    given("p1", true);
    ConversionEvent pending = pendingRefusedOnce();
    ConversionEvent approved = push(ConversionStatus.APPROVED, 1);
    world.deliverEverything();

    assertEquals(List.of("pending 1", "approved 1"), received());
    Delivery row = world.delivery(pending, "p1");
    assertEquals(DeliveryState.SUPERSEDED, row.state());
    assertEquals(approved.id().value(), row.supersededBy());
    assertEquals(1, row.attempts().size());
    assertNull(world.nextVisibleAt(), "nothing is queued");
  }

  @Test
  void retriesItIfThePostbackWantsThat() {
    given("p1", false);
    pendingRefusedOnce();
    push(ConversionStatus.APPROVED, 1);
    world.deliverEverything();

    assertEquals(List.of("pending 1", "approved 1", "pending 1"), received());
  }

  /** The other postback has not been told the newer status. */
  @Test
  void looksAtEachPostbackByItself() {
    Postback first = given("p1", true);
    pendingRefusedOnce();
    world.postbacks.delete(first.affiliateId(), first.postbackId(), first.version());
    given("p2", true);
    push(ConversionStatus.APPROVED, 1);
    world.deliverEverything();

    assertEquals(List.of("pending 1", "approved 1"), received());
  }

  @Test
  void retriesTheNewerStatus() {
    given("p1", true);
    push(ConversionStatus.PENDING, 1);
    world.deliverEverything();
    world.tracker.answers(answer(503));
    push(ConversionStatus.APPROVED, 1);
    world.deliverEverything();

    assertEquals(List.of("pending 1", "approved 1", "approved 1"), received());
  }

  /** The correction was accepted first, and the first revision came late. */
  @Test
  void comparesRevisionsBeforeTimes() {
    given("p1", true);
    push(ConversionStatus.APPROVED, 2);
    world.deliverEverything();
    world.tracker.answers(answer(503));
    ConversionEvent late = push(ConversionStatus.DECLINED, 1);
    world.deliverEverything();

    assertEquals(
        List.of("approved 2", "declined 1"), received(), "a first attempt is not looked at");
    assertEquals(DeliveryState.SUPERSEDED, world.delivery(late, "p1").state());
  }

  /** Otherwise every callback that waited on a queue would arrive in any order. */
  @Test
  void looksBeforeAFirstAttemptThatWasDelayed() {
    given("p1", true);
    ConversionEvent pending = push(ConversionStatus.PENDING, 1);
    List<CallbackMessage> delayed = world.callbacks.receive();
    world.pass(Duration.ofMinutes(2));
    push(ConversionStatus.APPROVED, 1);
    world.deliverEverything();
    world.callbacks.send(delayed);
    world.deliverEverything();

    assertEquals(List.of("approved 1"), received());
    assertEquals(DeliveryState.SUPERSEDED, world.delivery(pending, "p1").state());
  }

  @Test
  void alwaysSendsASingleResend() {
    given("p1", true);
    ConversionEvent pending = pendingRefusedOnce();
    push(ConversionStatus.APPROVED, 1);
    world.deliverEverything();
    Resend resend =
        new Resend(world.postbacks, world.events, world.log, world.callbacks, world.clock);

    world.tracker.answers(answer(503));
    assertInstanceOf(
        Resend.Result.Resent.class,
        resend.resend("77", pending.id().deliveryId("p1"), Resend.Mode.REPEATED));
    world.deliverEverything();

    assertEquals(
        List.of("pending 1", "approved 1", "pending 1", "pending 1"),
        received(),
        "and retries it, because a person wants it sent");
    assertEquals(DeliveryState.DELIVERED, world.delivery(pending, "p1").state());
  }

  @Test
  void skipsItInABulkResendAndDoesNotCountIt() {
    given("p1", true);
    world.tracker.answers(answer(404), answer(404), answer(404));
    ConversionEvent pending = push(ConversionStatus.PENDING, 1);
    world.deliverEverything();
    assertEquals(DeliveryState.FAILED, world.delivery(pending, "p1").state());
    push(ConversionStatus.APPROVED, 1);
    world.deliverEverything();
    Resend resend =
        new Resend(world.postbacks, world.events, world.log, world.callbacks, world.clock);

    BulkResend.Result result =
        new BulkResend(world.postbacks, world.log, world.callbacks, resend, world.clock)
            .resend(
                "77",
                new DeliveryFilter(
                    null, null, Set.of(DeliveryState.FAILED), Samples.NOW.minusSeconds(1), null),
                null);
    world.deliverEverything();

    assertEquals(0, result.count());
    assertEquals(DeliveryState.FAILED, world.delivery(pending, "p1").state());
  }

  @Test
  void supersedesARedrivenDeadLetter() {
    given("p1", true);
    world.tracker.answers(answer(404), answer(404), answer(404));
    ConversionEvent pending = push(ConversionStatus.PENDING, 1);
    world.deliverEverything();
    push(ConversionStatus.APPROVED, 1);
    world.deliverEverything();
    Delivery row = Objects.requireNonNull(world.delivery(pending, "p1"));

    world.callbacks.send(
        List.of(
            CallbackMessage.redriven(
                row.callback(),
                row.attempts().size() + 1,
                world.clock.instant(),
                world.clock.instant())));
    world.deliverEverything();

    assertEquals(4, world.tracker.received().size(), "three refusals and the newer status");
    assertEquals(DeliveryState.SUPERSEDED, world.delivery(pending, "p1").state());
  }
}
