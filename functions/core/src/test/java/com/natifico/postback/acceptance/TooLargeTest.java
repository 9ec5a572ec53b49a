package com.natifico.postback.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.acceptance.Acceptance.Result;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.PushedFields;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog.Order;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Resend;
import com.natifico.postback.delivery.UnsentReason;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.RequestBody;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Callbacks that are too large for the queue or the log. */
final class TooLargeTest {
  private static final String ROOT = "https://track.example.com/p?cid={ref_id}";

  private final World world = new World();

  private static Postback postback(String url, @Nullable String body) {
    return Samples.with(
        Samples.postback("p1", Samples.OFFER),
        body == null
            ? RequestTemplate.get(url)
            : new RequestTemplate(HttpMethod.POST, url, new RequestBody(body, "application/json")));
  }

  /** Its user agent has 1,024 characters, 9 KiB in a URL. */
  private static Conversion conversion() {
    Conversion usual = Samples.conversion("c-1");
    return new Conversion(
        new EventIdentity(usual.affiliateId(), "c-1", usual.goal(), usual.status()),
        usual.offerId(),
        usual.occurredAt(),
        usual.clickAt(),
        new PushedFields(Map.of("ref_id", "w8J3", "uagent", "\u20ac".repeat(1024))));
  }

  private static final Postback LARGE_URL = postback(ROOT + "&u={uagent}".repeat(10), null);

  private void assertRefused(ConversionEvent event) {
    world.deliverEverything();
    Delivery row = world.delivery(event, "p1");
    assertEquals(DeliveryState.FAILED, row.state());
    assertEquals(UnsentReason.REQUEST_TOO_LARGE, row.reason());
    assertEquals(List.of(), row.attempts());
    assertEquals(List.of(), world.callbacks.sent());
    assertEquals(0, world.tracker.received().size());
  }

  @Test
  void acceptsTheConversionAndShowsTheCallbackAsFailed() {
    world.given(LARGE_URL);
    ConversionEvent event = world.push(conversion());

    assertEquals(List.of("p1"), event.callbacks());
    assertRefused(event);
    Delivery row = world.delivery(event, "p1");
    assertEquals(1024, row.callback().request().url().length());
    assertTrue(row.callback().request().url().startsWith("https://track.example.com/p?cid=w8J3"));
    assertEquals(
        List.of(row),
        world.log.list("77", DeliveryFilter.ALL, Order.NEWEST_FIRST, null, 10).items());
  }

  @Test
  void rejectsABodyThatIsTooLarge() {
    world.given(postback(ROOT, "[" + "\"{uagent}\",".repeat(40) + "0]"));
    ConversionEvent event = world.push(conversion());
    assertRefused(event);
    assertNull(world.delivery(event, "p1").callback().request().body());
  }

  @Test
  void sendsALargeRequestWithinTheLimit() {
    world.given(postback(ROOT + "&u={uagent}".repeat(3), null));
    ConversionEvent event = world.push(conversion());
    world.deliverEverything();
    assertEquals(DeliveryState.DELIVERED, world.delivery(event, "p1").state());
  }

  @Test
  void sendsTheOtherCallbacksOfTheEvent() {
    world.given(LARGE_URL);
    world.given(Samples.postback("p2", Samples.OFFER));
    ConversionEvent event = world.push(conversion());
    world.deliverEverything();
    assertEquals(DeliveryState.FAILED, world.delivery(event, "p1").state());
    assertEquals(DeliveryState.DELIVERED, world.delivery(event, "p2").state());
  }

  @Test
  void returnsTheSameForARepeat() {
    world.given(LARGE_URL);
    ConversionEvent event = world.push(conversion());
    assertEquals(new Result.Accepted(event, true), world.acceptance.accept(conversion()));
    assertRefused(event);
  }

  @Test
  void rejectsItInTheRepeatIfTheFirstPushCrashedAfterTheClaim() {
    world.given(LARGE_URL);
    ConversionEvent event = world.push(conversion());
    World healed = new World();
    healed.given(LARGE_URL);
    healed.events.claim(event);

    assertEquals(new Result.Accepted(event, true), healed.acceptance.accept(conversion()));

    assertEquals(UnsentReason.REQUEST_TOO_LARGE, healed.delivery(event, "p1").reason());
    assertEquals(List.of(), healed.callbacks.sent());
  }

  @Test
  void rejectsInsteadOfHolding() {
    world.given(LARGE_URL);
    world.postbacks.replace(LARGE_URL.paused(PausedReason.BY_HAND, Samples.NOW), 1);
    ConversionEvent event = world.push(conversion());
    assertEquals(UnsentReason.REQUEST_TOO_LARGE, world.delivery(event, "p1").reason());
  }

  @Test
  void isNotResentWithATruncatedUrl() {
    world.given(LARGE_URL);
    ConversionEvent event = world.push(conversion());
    Resend resend =
        new Resend(world.postbacks, world.events, world.log, world.callbacks, world.clock);
    assertInstanceOf(
        Resend.Result.TooLarge.class,
        resend.resend("77", event.id().deliveryId("p1"), Resend.Mode.REPEATED));
    assertRefused(event);
  }

  @Test
  void completesATestConversion() {
    world.given(LARGE_URL);
    Result result = world.acceptance.acceptTest(conversion(), List.of(LARGE_URL));
    ConversionEvent event = assertInstanceOf(Result.Accepted.class, result).event();
    assertRefused(event);
  }
}
