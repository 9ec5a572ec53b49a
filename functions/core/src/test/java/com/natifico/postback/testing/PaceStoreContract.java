package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.postback.EndpointPace;
import com.natifico.postback.postback.MaxRate;
import com.natifico.postback.postback.PaceStore;
import com.natifico.postback.postback.PaceStore.Replaced;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.PostbackStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every {@link PaceStore}. */
public abstract class PaceStoreContract {
  private static final Instant NOW = Samples.NOW;
  private static final Instant UNTIL = NOW.plusSeconds(600);
  private static final EndpointPace SLOTS =
      EndpointPace.UNKNOWN.reserve(100, new MaxRate(new BigDecimal("30")), NOW).pace();
  private static final EndpointPace REFUSED = SLOTS.refused(null, NOW.plusSeconds(3), NOW);

  private final String affiliate = "a-" + UUID.randomUUID();
  private final Postback postback = Samples.postback(affiliate, "p1", null);
  private final PostbackKey key = postback.key();

  /** The store of the postbacks of {@link #paces}; the same one throughout a test. */
  protected abstract PostbackStore store();

  /** The same instance throughout a test. */
  protected abstract PaceStore paces();

  @BeforeEach
  void createPostback() {
    store().create(postback);
  }

  private @Nullable Postback stored() {
    return store().find(affiliate, "p1");
  }

  @Test
  void knowsNoPaceAtFirst() {
    assertEquals(EndpointPace.UNKNOWN, paces().find(key));
  }

  @Test
  void storesAPaceExactly() {
    assertEquals(new Replaced(true, SLOTS), paces().replace(key, EndpointPace.UNKNOWN, SLOTS));
    assertEquals(SLOTS, paces().find(key));
    assertEquals(new Replaced(true, REFUSED), paces().replace(key, SLOTS, REFUSED));
    assertEquals(REFUSED, paces().find(key));
  }

  @Test
  void doesNotReplaceThePaceOfAnotherWorker() {
    paces().replace(key, EndpointPace.UNKNOWN, SLOTS);

    assertEquals(new Replaced(false, SLOTS), paces().replace(key, EndpointPace.UNKNOWN, REFUSED));
    assertEquals(
        new Replaced(false, SLOTS),
        paces().replace(key, EndpointPace.UNKNOWN, SLOTS),
        "also if the other worker has reserved the same slots");
    assertEquals(SLOTS, paces().find(key));
  }

  @Test
  void storesNothingForAPaceThatIsGone() {
    assertEquals(new Replaced(false, EndpointPace.UNKNOWN), paces().replace(key, SLOTS, REFUSED));
    assertEquals(EndpointPace.UNKNOWN, paces().find(key));
  }

  @Test
  void marksThePostbackWithoutANewVersion() {
    paces().mark(postback, UNTIL);

    assertEquals(
        postback.withHealth(PostbackStatus.healthy().withPacedUntil(UNTIL)),
        stored(),
        "marked, and otherwise unchanged");
  }

  @Test
  void doesNotMarkAPostbackThatHasChanged() {
    Postback changed = postback.next(postback.settings(), postback.status(), NOW);
    store().replace(changed, postback.version());
    paces().mark(postback, UNTIL);
    assertEquals(changed, stored());

    Postback paused = changed.paused(PausedReason.BY_HAND, NOW);
    store().replace(paused, changed.version());
    paces().mark(changed, UNTIL);
    assertEquals(paused, stored());
  }

  @Test
  void removesTheMarkWithAChange() {
    paces().mark(postback, UNTIL);
    Postback marked = Objects.requireNonNull(stored());
    store().replace(marked.next(marked.settings(), marked.status(), NOW), marked.version());
    assertEquals(null, Objects.requireNonNull(stored()).pacedUntil());
  }

  @Test
  void createsNoPostbackThatWasDeleted() {
    store().delete(affiliate, "p1", null);
    paces().mark(postback, UNTIL);
    assertEquals(null, stored());
  }
}
