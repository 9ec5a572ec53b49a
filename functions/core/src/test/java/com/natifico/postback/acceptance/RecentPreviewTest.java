package com.natifico.postback.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentPreviewTest {
  private static final RequestTemplate CHANGED =
      RequestTemplate.get("https://new.example.com/p?c={conversion_id}&p={sum}");

  private final World world = new World();
  private final RecentPreview preview =
      new RecentPreview(new EventHistory(world.events, world.log), world.postbacks);

  private void push(String conversionId) {
    push(conversionId, Samples.OFFER, ConversionStatus.APPROVED);
  }

  private void push(String conversionId, String offerId, ConversionStatus status) {
    Conversion usual = Samples.conversion(conversionId);
    world.pass(Duration.ofSeconds(1));
    world.push(
        new Conversion(
            new EventIdentity(Samples.AFFILIATE, conversionId, "install", status),
            offerId,
            usual.occurredAt(),
            usual.clickAt(),
            usual.fields()));
  }

  /** The postback of this id with the changed request; null for a global one. */
  private static Postback draft(String postbackId, @Nullable String offerId) {
    return Samples.with(Samples.postback(postbackId, offerId), CHANGED);
  }

  private List<RecentPreview.Example> of(String postbackId, int most) {
    return preview.of(draft(postbackId, null), most);
  }

  private static String ids(List<RecentPreview.Example> examples) {
    return examples.stream()
        .map(example -> example.event().conversion().conversionId())
        .collect(Collectors.joining(" "));
  }

  /** The reasons, newest event first; "sent" for what would be sent. */
  private static String reasons(List<RecentPreview.Example> examples) {
    return examples.stream()
        .map(RecentPreview.Example::skipped)
        .map(skipped -> skipped == null ? "sent" : skipped.reason().word())
        .collect(Collectors.joining(" "));
  }

  @Test
  void showsTheNewestEventsBesideWhatWasSent() {
    push("c1");
    Postback postback = world.given(Samples.postback("p1", null));
    push("c2");
    world.deliverEverything();

    List<RecentPreview.Example> examples = of(postback.postbackId(), 5);

    assertEquals("c2 c1", ids(examples));
    assertEquals("sent sent", reasons(examples));
    assertEquals("https://new.example.com/p?c=c2&p=12.50", examples.getFirst().request().url());
    assertEquals(
        world.tracker.received().getFirst().request().url(),
        examples.getFirst().sent() == null ? "" : examples.getFirst().sent().url());
    assertNull(examples.getLast().sent(), "c1 was accepted before the postback existed");
    assertNull(of("p2", 1).getFirst().sent());
    assertEquals("c2", ids(of(postback.postbackId(), 1)));
  }

  @Test
  void saysWhyAnEventWouldBeSkipped() {
    push("c1");
    push("c2", "7", ConversionStatus.APPROVED);
    push("c3", Samples.OFFER, ConversionStatus.DECLINED);
    world.given(Samples.postback("p1", Samples.OFFER));

    assertEquals("status_filtered sent replaced_by_offer_postback", reasons(of("p9", 5)));
    assertEquals(
        "paused",
        reasons(preview.of(draft("p9", "7").paused(PausedReason.BY_HAND, Samples.NOW), 5)));
    assertEquals(
        "status_filtered same_as",
        reasons(preview.of(Samples.postback("p9", Samples.OFFER), 5)),
        "p1 sends the same request");
    assertEquals(
        "status_filtered sent",
        reasons(preview.of(Samples.postback("p1", Samples.OFFER), 5)),
        "a postback does not compete with what it replaces");
  }

  @Test
  void showsOnlyTheEventsOfTheOffer() {
    world.given(Samples.postback("p1", "7"));
    push("c1");
    for (int i = 2; i < 9; i++) {
      push("c" + i, "7", ConversionStatus.APPROVED);
    }
    push("c9");
    world.deliverEverything();

    assertEquals("c9 c1", ids(preview.of(draft("p2", Samples.OFFER), 3)));
  }

  @Test
  void leavesOutTestConversions() {
    world.given(Samples.postback("p1", null));
    push("c1");
    world.acceptance.acceptTest(Samples.conversion("t1"), List.of(Samples.postback("p1", null)));
    world.deliverEverything();

    assertEquals("c1", ids(of("p1", 5)));
  }

  @Test
  void showsNothingIfThereIsNone() {
    assertEquals(List.of(), of("p1", 5));
  }
}
