package com.natifico.postback.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.testing.InMemoryPostbackStore;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Matching reads a global index, which is late its table. */
final class GlobalIndexTest {
  private static final Duration LAG = Duration.ofSeconds(30);
  private static final String HOST = "t1.example.com";
  private final SettableClock clock = new SettableClock(Samples.NOW);
  private final Postback postback = Drafts.of("77", "pb1", null, HOST);

  private LaggingIndex index(Duration lag) {
    return new LaggingIndex(new InMemoryPostbackStore(), clock, new Random(1), lag);
  }

  @Test
  void showsEachWriteLaterAndTheTableAtOnce() {
    LaggingIndex index = index(LAG);
    index.create(postback);
    assertEquals(List.of(), index.forOffer("77", "1"));
    assertEquals(postback, index.find("77", "pb1"));
    clock.advance(LAG);
    assertEquals(List.of(postback), index.forOffer("77", "1"));

    Postback paused = Drafts.with(postback, Drafts.PAUSED);
    index.replace(paused, postback.version());
    index.delete("77", "pb1", null);
    assertEquals(List.of(postback), index.forOffer("77", "1"));
    assertEquals(null, index.find("77", "pb1"));
    clock.advance(LAG);
    assertEquals(List.of(), index.forOffer("77", "1"));
  }

  @Test
  void isNotBehindUnlessAsked() {
    LaggingIndex index = index(Duration.ZERO);
    index.create(postback);
    assertEquals(List.of(postback), index.forOffer("77", "1"));
  }

  /**
   * A conversion that is pushed right after a change may be matched by the postbacks before it. The
   * push names the callbacks that it claims, and what it claims is sent only to active postbacks.
   */
  @Test
  void delaysAChangeByNoMoreThanTheLagAndTheCache() {
    SimulationSettings settings =
        SimulationSettings.USUAL
            .withSchedule("1m,5m")
            .with(Conditions.USUAL.with(Bound.INDEX_LAG, LAG));
    Duration changed = Duration.ofMinutes(1);
    Duration known = changed.plus(LAG).plus(settings.postbackCache()).plusSeconds(1);
    Run run =
        Run.of(
            2,
            settings,
            (cloud, outside) -> {
              outside.given(Drafts.with(postback, Drafts.PAUSED));
              outside.at(
                  changed, () -> outside.put(Drafts.with(postback, PostbackStatus.healthy())));
              outside.at(changed.plusSeconds(1), () -> outside.push(conversion("early")));
              outside.at(known, () -> outside.push(conversion("late")));
            },
            Faults.NONE,
            Wiring.DEPLOYED,
            true);
    assertTrue(run.verdict().isGood(), run.verdict().toString());
    assertEquals(1, run.verdict().requests(), String.join("\n", run.trace()));
  }

  private static Pushed conversion(String id) {
    return new Pushed("77", id, "1", "approved", "1", "t-" + id);
  }
}
