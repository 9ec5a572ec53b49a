package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.natifico.postback.postback.Circuit;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackHealth;
import com.natifico.postback.postback.PostbackHealth.Streak;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.PostbackStore.ScopeFilter;
import com.natifico.postback.postback.Scope;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every {@link PostbackHealth}. */
public abstract class PostbackHealthContract {
  private static final Instant FIRST = Samples.NOW.plusSeconds(1);
  private static final Circuit.Open OPEN = Circuit.Open.at(FIRST);
  private static final Circuit.Open AGAIN = OPEN.again(OPEN.until());

  private final String affiliate = "a-" + UUID.randomUUID();
  private final Postback postback = Samples.postback(affiliate, "p1", null);

  /** The store of the postbacks of {@link #health}; the same one throughout a test. */
  protected abstract PostbackStore store();

  /** The same instance throughout a test. */
  protected abstract PostbackHealth health();

  @BeforeEach
  void createPostback() {
    store().create(postback);
  }

  private Postback stored() {
    return Objects.requireNonNull(store().find(affiliate, "p1"));
  }

  @Test
  void marksThePostbackAtTheFirstFailure() {
    assertEquals(new Streak(1, FIRST), health().failed(postback, 1, FIRST));
    assertEquals(
        postback.withHealth(new PostbackStatus.Active(FIRST)),
        stored(),
        "marked, and otherwise unchanged");
  }

  @Test
  void countsFromTheFirstFailureOn() {
    health().failed(postback, 1, FIRST);
    health().failed(stored(), 1, FIRST.plusSeconds(5));
    assertEquals(new Streak(3, FIRST), health().failed(stored(), 1, FIRST.plusSeconds(9)));
    assertEquals(new PostbackStatus.Active(FIRST), stored().status());
  }

  @Test
  void countsFailuresThatEndedTogether() {
    assertEquals(new Streak(4, FIRST), health().failed(postback, 4, FIRST));
    assertEquals(new Streak(9, FIRST), health().failed(stored(), 5, FIRST.plusSeconds(9)));
  }

  @Test
  void countsAFailureOfAWorkerThatHasNotSeenTheMark() {
    health().failed(postback, 1, FIRST);
    assertEquals(new Streak(2, FIRST), health().failed(postback, 1, FIRST.plusSeconds(5)));
  }

  @Test
  void resetsAfterASuccess() {
    health().failed(postback, 1, FIRST);
    health().failed(stored(), 1, FIRST);

    health().succeeded(stored());

    assertEquals(postback, stored());
    Instant later = FIRST.plusSeconds(60);
    assertEquals(new Streak(1, later), health().failed(stored(), 1, later));
    assertEquals(new PostbackStatus.Active(later), stored().status());
  }

  @Test
  void acceptsASecondSuccess() {
    health().failed(postback, 1, FIRST);
    Postback failing = stored();
    health().succeeded(failing);
    health().succeeded(failing);
    assertEquals(postback, stored());
  }

  @Test
  void startsAnewForAnotherVersion() {
    health().failed(postback, 1, FIRST);
    health().failed(postback, 1, FIRST);
    store().replace(changed(stored()), 1);
    assertEquals(PostbackStatus.healthy(), stored().status(), "a change removes the mark");

    Instant later = FIRST.plusSeconds(60);
    assertEquals(new Streak(1, later), health().failed(stored(), 1, later));
  }

  private static Postback changed(Postback postback) {
    return postback.next(postback.settings(), PostbackStatus.healthy(), FIRST);
  }

  @Test
  void countsNothingForAnOlderVersion() {
    health().failed(postback, 1, FIRST);
    Postback seen = stored();
    store().replace(changed(seen), 1);
    Postback second = stored();
    health().failed(second, 1, FIRST);

    assertNull(health().failed(seen, 1, FIRST));
    assertNull(health().failed(postback, 1, FIRST));
    assertEquals(2, counted(health().failed(second, 1, FIRST)).attempts());
  }

  @Test
  void endsNoStreakOfAnotherVersion() {
    health().failed(postback, 1, FIRST);
    Postback seen = stored();
    store().replace(changed(seen), 1);
    health().failed(stored(), 1, FIRST);
    Postback second = stored();

    health().succeeded(seen);

    assertEquals(second, stored());
  }

  @Test
  void countsNothingForADeletedPostback() {
    store().delete(affiliate, "p1", null);
    assertNull(health().failed(postback, 1, FIRST));
    health().succeeded(postback);
    assertNull(store().find(affiliate, "p1"));
  }

  @Test
  void doesNotAppearInLists() {
    health().failed(postback, 1, FIRST);
    Postback marked = stored();
    assertEquals(List.of(marked), store().list(affiliate, new ScopeFilter.All(), null, 10).items());
    assertEquals(
        List.of(marked),
        store().list(affiliate, new ScopeFilter.One(new Scope.Global()), null, 10).items());
    assertEquals(List.of(marked), store().forOffer(affiliate, "any"));
  }

  @Test
  void storesTheCircuitWithoutAChangeOfVersion() {
    health().failed(postback, 1, FIRST);
    assertEquals(OPEN, health().replaceCircuit(postback, Circuit.CLOSED, OPEN));
    assertEquals(postback.withHealth(new PostbackStatus.Active(FIRST, OPEN)), stored());

    assertEquals(AGAIN, health().replaceCircuit(stored(), OPEN, AGAIN));
    assertEquals(AGAIN, stored().circuit());

    assertEquals(Circuit.CLOSED, health().replaceCircuit(stored(), AGAIN, Circuit.CLOSED));
    assertEquals(postback.withHealth(new PostbackStatus.Active(FIRST)), stored());
  }

  @Test
  void storesASlowEndpoint() {
    Circuit.Slow slow = new Circuit.Slow(FIRST);
    assertEquals(slow, health().replaceCircuit(postback, Circuit.CLOSED, slow));
    assertEquals(slow, stored().circuit());
    assertEquals(slow, health().replaceCircuit(stored(), OPEN, AGAIN));
    assertEquals(OPEN, health().replaceCircuit(stored(), slow, OPEN));
    assertEquals(OPEN, stored().circuit());
  }

  @Test
  void reportsTheCircuitThatAnotherWorkerStored() {
    health().replaceCircuit(postback, Circuit.CLOSED, OPEN);
    assertEquals(OPEN, health().replaceCircuit(postback, Circuit.CLOSED, AGAIN));
    assertEquals(OPEN, health().replaceCircuit(postback, AGAIN, Circuit.CLOSED));
    assertEquals(OPEN, stored().circuit());
  }

  @Test
  void keepsTheCircuitWhenAStreakEnds() {
    health().replaceCircuit(postback, Circuit.CLOSED, OPEN);
    health().failed(stored(), 1, FIRST);
    health().succeeded(stored());
    assertEquals(OPEN, stored().circuit());
  }

  @Test
  void storesNoCircuitOfAnotherVersion() {
    health().replaceCircuit(postback, Circuit.CLOSED, OPEN);
    store().replace(changed(stored()), 1);
    assertEquals(Circuit.CLOSED, stored().circuit(), "a change closes the circuit");
    assertNull(health().replaceCircuit(postback, Circuit.CLOSED, OPEN));
    store().delete(affiliate, "p1", null);
    assertNull(health().replaceCircuit(postback, Circuit.CLOSED, OPEN));
  }

  @Test
  void countsConcurrentFailures() throws Exception {
    health().failed(postback, 1, FIRST);
    Postback marked = stored();
    Race.run(Collections.nCopies(20, Race.of(() -> health().failed(marked, 1, FIRST))));
    assertEquals(22, counted(health().failed(marked, 1, FIRST)).attempts());
  }

  private static Streak counted(@Nullable Streak streak) {
    return Objects.requireNonNull(streak);
  }
}
