package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResendTest {
  private final World world = new World("1m,5m");
  private final Postback postback = world.given(Samples.postback("p1", Samples.OFFER));
  private final ConversionEvent event = world.push(Samples.conversion("c-1"));
  private final String id = event.id().deliveryId("p1");
  private final Resend resend =
      new Resend(world.postbacks, world.events, world.log, world.callbacks, world.clock);

  private Delivery row() {
    return world.delivery(event, "p1");
  }

  private Resend.Result resent() {
    return resend.resend(Samples.AFFILIATE, id, Resend.Mode.REPEATED);
  }

  /** Forces a resend, and returns the new webhook-id. */
  private String forced() {
    assertInstanceOf(
        Resend.Result.Resent.class, resend.resend(Samples.AFFILIATE, id, Resend.Mode.FORCED));
    return row().webhookId();
  }

  private List<@Nullable String> webhookIds() {
    return world.tracker.received().stream()
        .<@Nullable String>map(each -> each.headers().get("webhook-id"))
        .toList();
  }

  private void answers(int... statuses) {
    for (int status : statuses) {
      world.tracker.answers(answer(status));
    }
  }

  private int requests() {
    return world.tracker.received().size();
  }

  @Test
  void addsAnAttemptWithTheStoredRequest() {
    answers(500, 500, 500);
    world.deliverEverything();
    assertEquals(DeliveryState.FAILED, row().state());

    Resend.Result.Resent result = assertInstanceOf(Resend.Result.Resent.class, resent());
    assertEquals(DeliveryState.RETRYING, result.delivery().state());
    assertEquals(world.clock.instant(), result.delivery().nextAttemptAt());

    world.deliverEverything();
    assertEquals(DeliveryState.DELIVERED, row().state());
    assertEquals(List.of(1, 2, 3, 4), row().attempts().stream().map(Attempt::number).toList());
    assertEquals(1, world.tracker.received().stream().map(r -> r.request()).distinct().count());
  }

  @Test
  void resendsADeliveredDelivery() {
    world.deliverEverything();
    assertEquals(1, requests());

    assertInstanceOf(Resend.Result.Resent.class, resent());
    world.deliverEverything();
    assertEquals(2, requests());
    assertEquals(DeliveryState.DELIVERED, row().state());
  }

  /** A receiver that drops repeats takes it, and then drops the repeats of it. */
  @Test
  void givesAForcedResendAndAllLaterRequestsANewWebhookId() {
    answers(500, 200, 200, 503);
    world.deliverEverything();
    resent();
    world.deliverEverything();
    String first = forced();
    world.deliverEverything();
    String second = forced();
    world.deliverEverything();
    resent();
    world.deliverEverything();

    assertEquals(3, Set.of(id, first, second).size());
    assertEquals(List.of(id, id, id, first, first, second, second), webhookIds());
    assertEquals(
        Arrays.asList(null, null, null, first, first, second, second),
        row().attempts().stream().map(Attempt::forcedWebhookId).toList());
  }

  /**
   * The receiver took the forced request, and only its answer was lost, or it dropped the earlier
   * one as a repeat. In both cases it must recognise the redrive by the forced id.
   */
  @Test
  void keepsTheWebhookIdOfAForcedResendInARedriveAndABulkResend() {
    answers(500, 500, 500, 500, 500, 500, 500, 500, 500);
    world.deliverEverything();
    String forced = forced();
    world.deliverEverything();
    assertEquals(DeliveryState.FAILED, row().state());
    Callback callback = row().callback();
    world.callbacks.send(
        List.of(
            CallbackMessage.redriven(callback, 7, world.clock.instant(), world.clock.instant())));
    world.deliverEverything();
    assertEquals(DeliveryState.FAILED, row().state());
    resend.resend(row(), 0, Resend.Mode.WITH_OTHERS);
    world.deliverEverything();

    assertEquals(DeliveryState.DELIVERED, row().state());
    List<String> ids = new ArrayList<>(Collections.nCopies(3, id));
    ids.addAll(Collections.nCopies(7, forced));
    assertEquals(ids, webhookIds());
    assertEquals(SendReason.USUAL, row().history().reason());
  }

  /** The record of the request in between does not exist, so its attempt is not counted. */
  @Test
  void givesAForcedResendAnotherWebhookIdThanARequestWithoutARecord() {
    world.deliverEverything();
    String first = forced();
    assertNotEquals(first, forced());
  }

  /** The same request by two people: the first is sent before the second writes the row. */
  @ParameterizedTest
  @ValueSource(ints = {200, 500})
  void givesAForcedResendAnotherWebhookIdThanOneSentInTheMeantime(int status) {
    answers(500, 200, status, 200);
    world.deliverEverything();
    String first = forced();
    Delivery stale = row();
    world.pass(Duration.ofSeconds(1));
    world.deliver();
    resend.resend(stale, 0, Resend.Mode.FORCED);
    world.deliverEverything();

    assertEquals(List.of(id, id, first, row().webhookId()), webhookIds());
    assertNotEquals(first, row().webhookId());
  }

  @Test
  void isFollowedByTheWholeSchedule() {
    answers(500, 500, 500, 500, 500, 500);
    world.deliverEverything();
    resent();
    world.deliverEverything();
    assertEquals(6, row().attempts().size());
    assertEquals(DeliveryState.FAILED, row().state());
    assertEquals(2, world.deadLetters.messages().size());
  }

  @Test
  void replacesAWaitingRetry() {
    answers(500);
    world.deliver();
    assertEquals(DeliveryState.RETRYING, row().state());

    assertInstanceOf(Resend.Result.Resent.class, resent());
    world.pass(Duration.ofSeconds(1));
    world.deliver();
    assertEquals(DeliveryState.DELIVERED, row().state());

    world.deliverEverything();
    assertEquals(2, requests(), "the waiting retry sends nothing");
  }

  @Test
  void sendsAHeldDeliveryAfterItsPostbackIsResumed() {
    Postback paused = postback.paused(PausedReason.BY_HAND, world.clock.instant());
    world.postbacks.replace(paused, 1);
    ConversionEvent held = world.push(Samples.conversion("c-2"));
    String heldId = held.id().deliveryId("p1");
    assertInstanceOf(
        Resend.Result.PostbackPaused.class,
        resend.resend(Samples.AFFILIATE, heldId, Resend.Mode.REPEATED));

    world.postbacks.delete(Samples.AFFILIATE, "p1", null);
    world.postbacks.create(postback);
    assertInstanceOf(
        Resend.Result.Resent.class, resend.resend(Samples.AFFILIATE, heldId, Resend.Mode.REPEATED));
    world.deliverEverything();
    assertEquals(DeliveryState.DELIVERED, world.delivery(held, "p1").state());
  }

  @Test
  void rejectsADeliveryWithoutAnAttempt() {
    assertInstanceOf(Resend.Result.NotStarted.class, resent());
    assertEquals(0, world.log.findAll(Samples.AFFILIATE, List.of(id)).size());
  }

  @Test
  void rejectsAnUnknownDelivery() {
    assertInstanceOf(
        Resend.Result.Unknown.class,
        resend.resend(Samples.AFFILIATE, "nothing-of-ours", Resend.Mode.REPEATED));
    assertInstanceOf(Resend.Result.Unknown.class, resend.resend("88", id, Resend.Mode.REPEATED));
    assertInstanceOf(
        Resend.Result.Unknown.class,
        resend.resend(Samples.AFFILIATE, event.id().deliveryId("p2"), Resend.Mode.REPEATED));
  }

  @Test
  void rejectsADeliveryWhosePostbackWasDeleted() {
    world.deliverEverything();
    world.postbacks.delete(Samples.AFFILIATE, "p1", null);
    assertInstanceOf(Resend.Result.PostbackDeleted.class, resent());
  }

  @Test
  void rejectsADeliveryWithAnAttemptInProgress() {
    answers(500);
    world.deliver();
    world.pass(Duration.ofMinutes(2));
    List<Resend.Result> results = new java.util.ArrayList<>();
    world.tracker.during(() -> results.add(resent()));
    world.deliver();
    assertInstanceOf(Resend.Result.Busy.class, results.getFirst());
    world.deliverEverything();
    assertEquals(2, requests());
  }

  @Test
  void changesNothingIfTheMessageIsNotEnqueued() {
    world.deliverEverything();
    Delivery before = row();
    world.callbacks.refuse(_ -> true);
    assertInstanceOf(Resend.Result.QueueUnavailable.class, resent());
    assertEquals(before, row());
  }

  @Test
  void changesNothingIfItCrashesBeforeTheRowIsWritten() {
    world.deliverEverything();
    Delivery before = row();
    world.callbacks.send(List.of(Resend.message(before, world.clock.instant())));
    world.deliverEverything();
    assertEquals(before, row());
    assertEquals(1, requests());
  }

  @Test
  void sendsOnceForTwoConcurrentResends() {
    answers(500, 500, 500);
    world.deliverEverything();
    resent();
    resent();
    world.deliverEverything();
    assertEquals(4, requests());
    assertEquals(DeliveryState.DELIVERED, row().state());
  }

  @Test
  void retriesIfTheRowChangesConcurrently() {
    answers(500, 500, 500);
    world.deliverEverything();
    Delivery stale = row();
    assertTrue(world.log.save(stale.leased(world.clock.instant().plusSeconds(15))));

    Resend.Result result = resend.resend(stale, Resend.nextAttempt(stale), Resend.Mode.WITH_OTHERS);
    assertInstanceOf(Resend.Result.Resent.class, result);
    assertEquals(stale.revision() + 2, row().revision());
  }

  @Test
  void succeedsIfTheDeliverySucceedsInTheMeantime() {
    answers(500);
    world.deliver();
    Delivery stale = row();
    world.deliverEverything();
    assertEquals(DeliveryState.DELIVERED, row().state());

    Resend.Result.Resent result =
        assertInstanceOf(
            Resend.Result.Resent.class,
            resend.resend(stale, Resend.nextAttempt(stale), Resend.Mode.WITH_OTHERS));
    assertEquals(DeliveryState.DELIVERED, result.delivery().state());
    assertNull(result.delivery().nextAttemptAt());
    assertEquals(2, requests());
  }
}
