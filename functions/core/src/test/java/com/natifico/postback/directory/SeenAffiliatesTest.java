package com.natifico.postback.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.Page;
import com.natifico.postback.Unavailable;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.testing.InMemoryEventStore;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeenAffiliatesTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-02T23:59:59Z"));
  private final List<String> written = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private boolean refusing;
  private final SeenAffiliates seen =
      new SeenAffiliates(new Written(), clock, (what, _) -> errors.add(what));

  /** Records the writes. */
  private final class Written implements AffiliateDirectory {
    @Override
    public void seen(String affiliateId, LocalDate day) {
      if (refusing) {
        throw new Unavailable("throttled", null);
      }
      written.add(affiliateId + " " + day);
    }

    @Override
    public Page<Known> list(String prefix, @Nullable String after, int limit) {
      throw new AssertionError("nothing is listed here");
    }
  }

  @Test
  void writesOnceADay() {
    seen.enter("77");
    seen.enter("77");
    seen.enter("78");
    clock.advance(Duration.ofSeconds(1));
    seen.enter("77");

    assertEquals(List.of("77 2026-11-02", "78 2026-11-02", "77 2026-11-03"), written);
  }

  @Test
  void doesNotEnterTheAffiliateOfPriming() {
    seen.enter(SeenAffiliates.PRIMING);

    assertEquals(List.of(), written);
  }

  @Test
  void triesAgainWithTheNextConversion() {
    refusing = true;
    seen.enter("77");
    refusing = false;
    seen.enter("77");

    assertEquals(List.of("77 2026-11-02"), written);
    assertEquals(1, errors.size());
  }

  /** Those of other events are entered when their deliveries are counted. */
  @Test
  void entersTheAffiliatesOfEventsThatSendNothing() {
    EventStore events = seen.of(new InMemoryEventStore());
    events.claim(Samples.event("c1"));
    assertEquals(List.of(), written);

    ConversionEvent event = Samples.event("c2");
    events.claim(new ConversionEvent(event.id(), event.conversion(), false, List.of(), List.of()));
    assertEquals(List.of(Samples.AFFILIATE + " 2026-11-02"), written);
  }

  @Test
  void entersNoAffiliateOfATest() {
    ConversionEvent event = Samples.event("c1");
    seen.of(new InMemoryEventStore())
        .claim(new ConversionEvent(event.id(), event.conversion(), true, List.of(), List.of()));

    assertEquals(List.of(), written);
  }
}
