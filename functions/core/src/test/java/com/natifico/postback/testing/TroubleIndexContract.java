package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.directory.Trouble;
import com.natifico.postback.directory.TroubleIndex;
import com.natifico.postback.macro.Vocabulary;
import com.natifico.postback.notification.StoredStreak;
import com.natifico.postback.postback.EventKind;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackHealth;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackSettings;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.postback.Revision;
import com.natifico.postback.postback.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of every {@link TroubleIndex}. */
public abstract class TroubleIndexContract {
  /** What a test needs: the index, and what changes it. */
  public record Fixture(TroubleIndex index, PostbackStore postbacks, PostbackHealth health) {}

  private static final Instant AT = Samples.NOW.plusSeconds(60);

  private final String affiliate = "a" + UUID.randomUUID();
  private final Fixture fixture = fixture();

  /** It may have other postbacks. */
  protected abstract Fixture fixture();

  private Postback given(int number, PostbackStatus status) {
    Postback postback = Samples.postback(affiliate, affiliate + "-" + (100 + number), "9");
    return given(new Postback(postback.key(), postback.settings(), status, postback.revision()));
  }

  private Postback given(Postback postback) {
    fixture.postbacks().create(postback);
    return postback;
  }

  private Postback given(int number) {
    return given(number, PostbackStatus.healthy());
  }

  private void fail(Postback postback, int attempts) {
    Postback stored =
        Objects.requireNonNull(
            fixture.postbacks().find(postback.affiliateId(), postback.postbackId()));
    fixture.health().failed(stored, attempts, AT);
  }

  private List<Trouble> troubles(int limit) {
    List<Trouble> all = new ArrayList<>();
    String after = null;
    do {
      TroubleIndex.Found page = fixture.index().next(after, limit);
      all.addAll(page.troubles());
      after = page.next();
    } while (after != null);
    return all.stream()
        .filter(trouble -> trouble.postback().affiliateId().equals(affiliate))
        .toList();
  }

  private List<PostbackKey> keys(int limit) {
    return troubles(limit).stream().map(Trouble::postback).toList();
  }

  private Trouble trouble(Postback postback, PausedReason paused) {
    return new Trouble(postback.key(), null, "9", paused, postback.revision().updatedAt());
  }

  @Test
  void hasThePausedOnesWithTheirReasons() {
    Postback byHand = given(1, new PostbackStatus.Paused(PausedReason.BY_HAND));
    given(2);
    Postback gone = given(3, new PostbackStatus.Paused(PausedReason.GONE));

    assertEquals(
        List.of(trouble(byHand, PausedReason.BY_HAND), trouble(gone, PausedReason.GONE)),
        troubles(100));
  }

  @Test
  void hasThoseThatFailSinceTheirFirstFailure() {
    Postback failing = given(1);
    fail(failing, 1);
    assertEquals(List.of(), troubles(100));

    fail(failing, StoredStreak.FAILING_ATTEMPTS - 1);
    assertEquals(List.of(new Trouble(failing.key(), null, "9", null, AT)), troubles(100));
  }

  @Test
  void forgetsWhatWorksAgain() {
    Postback recovered = given(1);
    fail(recovered, 5);
    fixture
        .health()
        .succeeded(
            Objects.requireNonNull(
                fixture.postbacks().find(recovered.affiliateId(), recovered.postbackId())));
    Postback resumed = given(2, new PostbackStatus.Paused(PausedReason.FAILING));
    fixture
        .postbacks()
        .replace(resumed.next(resumed.settings(), PostbackStatus.healthy(), AT), resumed.version());
    Postback deleted = given(3, new PostbackStatus.Paused(PausedReason.BY_HAND));
    fixture.postbacks().delete(deleted.affiliateId(), deleted.postbackId(), null);

    assertEquals(List.of(), troubles(100));
  }

  @Test
  void anEditEndsAStreak() {
    Postback failing = given(1);
    fail(failing, 5);
    fixture
        .postbacks()
        .replace(failing.next(failing.settings(), PostbackStatus.healthy(), AT), failing.version());

    assertEquals(List.of(), troubles(100));
  }

  @Test
  void listsInTheOrderOfIdsOnPagesOfAnySize() {
    List<PostbackKey> expected = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      expected.add(given(i, new PostbackStatus.Paused(PausedReason.BY_HAND)).key());
    }

    for (int limit : List.of(1, 2, 5, 12, 100)) {
      assertEquals(expected, keys(limit), "limit " + limit);
    }
  }

  @Test
  void hasNoNotifications() {
    Postback paused = given(notification(1));
    fixture.postbacks().replace(paused.paused(PausedReason.BY_HAND, AT), paused.version());
    fail(given(notification(2)), 5);

    assertEquals(List.of(), troubles(100));
  }

  private Postback notification(int number) {
    return new Postback(
        new PostbackKey(affiliate, affiliate + "-n" + number),
        PostbackSettings.of(
            new Scope.Notifications(Set.of(EventKind.PAUSED)),
            RequestTemplate.get("https://t.example/?e={event}")
                .withVocabulary(Vocabulary.NOTIFICATION)),
        PostbackStatus.healthy(),
        Revision.first(Samples.NOW));
  }
}
