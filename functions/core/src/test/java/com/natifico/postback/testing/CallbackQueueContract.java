package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of every {@link CallbackQueue}. */
public abstract class CallbackQueueContract {
  /** The same queue throughout a test, empty at its start. */
  protected abstract CallbackQueue queue();

  /** The queue's clock; a real clock advances without the test. */
  protected abstract Instant now();

  /** Moves the queue's clock. */
  protected abstract void advance(Duration by);

  /** Receives the messages that are not delayed now. */
  protected abstract List<CallbackMessage> receive();

  @Test
  void deliversWhatWasSent() {
    CallbackMessage message = due("c1", now());
    assertEquals(Set.of(), queue().send(List.of(message)));
    assertEquals(List.of(message), receive());
    assertEquals(List.of(), receive());
  }

  @Test
  void keepsEveryField() {
    Instant precise = Instant.parse("2026-11-02T14:03:09.123456789Z");
    CallbackMessage message =
        new CallbackMessage(
            new Callback(
                EventId.of(Samples.NOW, new EventIdentity("77", "c1", "1", ConversionStatus.HOLD))
                    .deliveryId("p.1-_"),
                "p.1-_",
                new ReportedEvent("88", "1043", "c1", ConversionStatus.HOLD, true),
                new CallbackRequest(
                    HttpMethod.POST,
                    "https://track.example.com:8443/ü?x=%20",
                    "{\"city\":\"Köln 😀 \\u0000 \uFFFF \uFFFE\u2028\"}\r\n\t",
                    "application/json")),
            3,
            precise,
            precise.minusSeconds(7));
    queue().send(List.of(message));
    assertEquals(List.of(message), receive());
  }

  @Test
  void acceptsAnEmptyList() {
    assertEquals(Set.of(), queue().send(List.of()));
    assertEquals(List.of(), receive());
  }

  @Test
  void acceptsMoreThanFitInOneRequest() {
    List<CallbackMessage> messages =
        IntStream.range(0, 137).mapToObj(i -> due("c" + i, now())).toList();
    assertEquals(Set.of(), queue().send(messages));
    assertEquals(new HashSet<>(messages), receiveAll(messages.size()));
  }

  @Test
  void acceptsLargeMessages() {
    Callback usual = Samples.callback("c1", "p1");
    List<CallbackMessage> messages =
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    new CallbackMessage(
                        new Callback(
                            usual.deliveryId() + i,
                            usual.postbackId(),
                            new ReportedEvent(
                                usual.affiliateId(),
                                usual.offerId(),
                                usual.conversionId(),
                                usual.conversionStatus(),
                                false),
                            new CallbackRequest(
                                HttpMethod.POST, Samples.URL, "x".repeat(100_000), "text/plain")),
                        1,
                        now(),
                        now()))
            .toList();
    assertEquals(Set.of(), queue().send(messages));
    assertEquals(new HashSet<>(messages), receiveAll(messages.size()));
  }

  @Test
  void delaysAMessageUntilItIsDue() {
    CallbackMessage message = due("c1", now().plusSeconds(600));
    queue().send(List.of(message));
    assertEquals(List.of(), receive());
    advance(Duration.ofSeconds(560));
    assertEquals(List.of(), receive());
    advance(Duration.ofSeconds(45));
    assertEquals(List.of(message), receive());
  }

  @Test
  void delaysFifteenMinutesAtMost() {
    CallbackMessage message = due("c1", now().plus(Duration.ofHours(4)));
    queue().send(List.of(message));
    advance(Duration.ofSeconds(860));
    assertEquals(List.of(), receive());
    advance(Duration.ofSeconds(45));
    assertEquals(List.of(message), receive(), "early, to be enqueued again");
  }

  @Test
  void deliversOverdueMessagesAtOnce() {
    CallbackMessage message = due("c1", now().minus(Duration.ofDays(3)));
    queue().send(List.of(message));
    assertEquals(List.of(message), receive());
  }

  private Set<CallbackMessage> receiveAll(int count) {
    List<CallbackMessage> received = new ArrayList<>();
    while (received.size() < count) {
      List<CallbackMessage> some = receive();
      if (some.isEmpty()) {
        break;
      }
      received.addAll(some);
    }
    assertEquals(count, received.size());
    return new HashSet<>(received);
  }

  private static CallbackMessage due(String conversionId, Instant dueAt) {
    return new CallbackMessage(Samples.callback(conversionId, "p1"), 1, dueAt, Samples.NOW);
  }
}
