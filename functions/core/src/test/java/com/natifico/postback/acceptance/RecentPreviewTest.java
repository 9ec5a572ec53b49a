package com.natifico.postback.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RecentPreviewTest {
  private static final RequestTemplate CHANGED =
      RequestTemplate.get("https://new.example.com/p?c={conversion_id}&p={sum}");

  private final World world = new World();
  private final RecentPreview preview =
      new RecentPreview(new EventHistory(world.events, world.log));

  private void push(String conversionId) {
    world.pass(Duration.ofSeconds(1));
    world.push(Samples.conversion(conversionId));
  }

  private List<RecentPreview.Example> of(String postbackId, int most) {
    return preview.of(Samples.AFFILIATE, CHANGED, postbackId, most);
  }

  private static String ids(List<RecentPreview.Example> examples) {
    return examples.stream()
        .map(RecentPreview.Example::conversionId)
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
    assertEquals("https://new.example.com/p?c=c2&p=12.50", examples.getFirst().request().url());
    assertEquals(
        world.tracker.received().getFirst().request().url(),
        examples.getFirst().sent() == null ? "" : examples.getFirst().sent().url());
    assertNull(examples.getLast().sent(), "c1 was accepted before the postback existed");
    assertNull(of("p2", 1).getFirst().sent());
    assertEquals("c2", ids(of(postback.postbackId(), 1)));
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
