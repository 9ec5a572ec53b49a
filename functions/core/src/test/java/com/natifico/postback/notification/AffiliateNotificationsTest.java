package com.natifico.postback.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.Unavailable;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.macro.Vocabulary;
import com.natifico.postback.postback.EventFilter;
import com.natifico.postback.postback.EventKind;
import com.natifico.postback.postback.Judging;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackSecrets;
import com.natifico.postback.postback.PostbackSettings;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.postback.Revision;
import com.natifico.postback.postback.Scope;
import com.natifico.postback.postback.SendingSettings;
import com.natifico.postback.statistics.Counters;
import com.natifico.postback.testing.InMemoryCallbackQueue;
import com.natifico.postback.testing.InMemoryPostbackStore;
import com.natifico.postback.testing.Samples;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AffiliateNotificationsTest {
  private final InMemoryPostbackStore postbacks = new InMemoryPostbackStore();
  private final InMemoryCallbackQueue queue = new InMemoryCallbackQueue(() -> Samples.NOW);
  private final AffiliateNotifications notifications =
      new AffiliateNotifications(postbacks, queue, () -> Samples.NOW);

  private static Postback notification(String id, EventKind... events) {
    return new Postback(
        new PostbackKey(Samples.AFFILIATE, id),
        new PostbackSettings(
            new Scope.Notifications(Set.of(events)),
            RequestTemplate.get(
                    "https://relay.example/?e={event}&p={postback_id}&l={label}&o={offer_id}"
                        + "&r={reason}&n={count}&t={at}")
                .withVocabulary(Vocabulary.NOTIFICATION),
            EventFilter.ANY,
            false,
            null,
            new SendingSettings(PostbackSecrets.NONE, false, null),
            Judging.BY_STATUS),
        PostbackStatus.healthy(),
        Revision.first(Samples.NOW));
  }

  private static EventMessage message(EventKind kind, @Nullable String offerId) {
    return new EventMessage(
        new PostbackEvent(
            "e-1",
            kind,
            new PostbackKey(Samples.AFFILIATE, "pb_1"),
            offerId,
            "main & more",
            "gone",
            Samples.NOW),
        3,
        List.of("pb_1"));
  }

  private List<String> urls() {
    return queue.sent().stream().map(message -> message.callback().request().url()).toList();
  }

  @Test
  void enqueuesACallbackForEachNotificationOfTheKind() {
    postbacks.create(notification("nt_1", EventKind.PAUSED, EventKind.FAILING));
    postbacks.create(notification("nt_2", EventKind.FAILING));
    postbacks.create(Samples.postback("pb_1", null));

    notifications.publish(message(EventKind.PAUSED, "1042"), Samples.NOW);

    assertEquals(
        List.of(
            "https://relay.example/?e=paused&p=pb_1&l=main%20%26%20more&o=1042&r=gone&n=3"
                + "&t=2026-11-02%2014%3A03%3A09"),
        urls());
    CallbackMessage sent = queue.sent().getFirst();
    assertEquals("nt_1", sent.callback().postbackId());
    assertEquals("e-1", sent.callback().conversionId());
    assertEquals(Samples.NOW, sent.callback().createdAt());
  }

  @Test
  void leavesAMissingOfferEmpty() {
    postbacks.create(notification("nt_1", EventKind.PAUSED));

    notifications.publish(message(EventKind.PAUSED, null), Samples.NOW);

    assertTrue(urls().getFirst().contains("&o=&"), urls().toString());
    assertEquals("-", queue.sent().getFirst().callback().offerId());
  }

  /** The sender makes the attempt of a delivery once. */
  @Test
  void givesARepeatedMessageTheSameDelivery() {
    postbacks.create(notification("nt_1", EventKind.PAUSED));

    notifications.publish(message(EventKind.PAUSED, null), Samples.NOW);
    notifications.publish(message(EventKind.PAUSED, null), Samples.NOW);

    assertEquals(
        1, queue.sent().stream().map(each -> each.callback().deliveryId()).distinct().count());
  }

  @Test
  void failsIfTheQueueRefuses() {
    postbacks.create(notification("nt_1", EventKind.PAUSED));
    queue.refuse(_ -> true);

    assertThrows(
        Unavailable.class,
        () -> notifications.publish(message(EventKind.PAUSED, null), Samples.NOW));
  }

  @Test
  void publishesToTheOtherTopicsIfOneRefuses() {
    postbacks.create(notification("nt_1", EventKind.PAUSED));
    EventTopic refusing =
        (_, _) -> {
          throw new Unavailable("refused", null);
        };

    assertThrows(
        Unavailable.class,
        () ->
            new EventTopics(List.of(refusing, notifications))
                .publish(message(EventKind.PAUSED, null), Samples.NOW));
    assertEquals(1, queue.sent().size());
  }

  /** No notification is caused by a notification. */
  @Test
  void nothingIsReportedOfANotification() {
    Postback notification = notification("nt_1", EventKind.values());
    postbacks.create(notification);
    EventFinder finder = new EventFinder(postbacks);
    Postback paused = notification.paused(PausedReason.FAILING, Samples.NOW.plusSeconds(1));

    assertEquals(
        Optional.empty(),
        finder.find(new StoredChange.OfPostback("e-1", Samples.NOW, notification, paused)));
    assertEquals(
        Optional.empty(),
        finder.find(
            new StoredChange.OfStreak(
                "e-1",
                Samples.NOW,
                notification.key(),
                null,
                new StoredStreak(1, 9, Samples.NOW))));
    assertEquals(
        Optional.empty(),
        finder.find(
            new StoredChange.OfDelivery(
                "e-1",
                Samples.NOW,
                null,
                Samples.delivery(Samples.callback("c-1", "nt_1"), DeliveryState.HELD, List.of()))));
  }

  @Test
  void isNotCountedInTheStatistics() {
    assertEquals(Counters.NONE, Counters.of(Samples.delivered(Samples.callback("c-1", "nt_1"))));
  }

  /** A conversion never fires a notification, and lists of postbacks do not show it. */
  @Test
  void isNoPostbackOfConversions() {
    postbacks.create(notification("nt_1", EventKind.PAUSED));

    assertEquals(List.of(), postbacks.forOffer(Samples.AFFILIATE, Samples.OFFER));
  }
}
