package com.natifico.postback.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.postback.EventKind;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EventMessageTest {
  private static PostbackEvent event(EventKind kind) {
    return new PostbackEvent(
        "e-1", kind, new PostbackKey("77", "pb_1"), "1042", "main", "gone", Samples.NOW);
  }

  @Test
  void describesOneEvent() {
    EventMessage message = new EventMessage(event(EventKind.PAUSED), 1, List.of("pb_1"));

    assertEquals("A postback is paused: affiliate 77, pb_1", message.subject());
    assertEquals(
        """
        A postback is paused.

        Affiliate: 77
        Postback: pb_1 (main)
        Offer: 1042
        Reason: gone
        Time: 2026-11-02T14:03:09.250Z

        Its callbacks are held until it is active again; they can then be resent.
        """,
        message.text());
  }

  @Test
  void describesSeveralEvents() {
    EventMessage message =
        new EventMessage(
            new PostbackEvent(
                "e-1",
                EventKind.FAILING,
                new PostbackKey("77", "pb_1"),
                null,
                null,
                null,
                Samples.NOW),
            1200,
            List.of("pb_2", "pb_1"));

    assertEquals("1,200 failing postbacks: affiliate 77", message.subject());
    assertEquals(
        """
        1,200 failing postbacks.

        Affiliate: 77
        Newest postback: pb_1
        Offer: all (global postback)
        Time: 2026-11-02T14:03:09.250Z
        Postbacks: pb_2, pb_1

        The last 5 attempts in a row failed. They are repeated by the retry schedule; the delivery\
         log shows what the endpoint answered.
        """,
        message.text());
  }

  /** SNS takes subjects of up to 100 ASCII characters; an affiliate's id has at most 64. */
  @ParameterizedTest
  @EnumSource(EventKind.class)
  void hasASubjectThatFitsAnEmail(EventKind kind) {
    PostbackEvent event =
        new PostbackEvent(
            "e-1",
            kind,
            new PostbackKey("a".repeat(64), "pb_0123456789abcdef"),
            null,
            null,
            null,
            Samples.NOW);
    for (int count : List.of(1, Integer.MAX_VALUE)) {
      String subject = new EventMessage(event, count, List.of("pb_1")).subject();
      assertTrue(subject.matches("[ -~]+"), subject);
    }
  }
}
