package com.natifico.postback.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.Unavailable;
import com.natifico.postback.postback.EventKind;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.testing.InMemoryEventWindows;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventPublisherTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SettableClock clock = new SettableClock(Samples.NOW);
  private final InMemoryEventWindows windows = new InMemoryEventWindows();
  private final List<EventMessage> published = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private final EventPublisher publisher =
      publisher(windows, (message, _) -> published.add(message));

  private EventPublisher publisher(EventWindows store, EventTopic topic) {
    return new EventPublisher(store, topic, MINUTE, clock, (what, _) -> errors.add(what));
  }

  private PostbackEvent event(String id, EventKind kind, String postbackId) {
    return new PostbackEvent(
        id, kind, new PostbackKey("77", postbackId), null, null, null, clock.instant());
  }

  private PostbackEvent failing(int number) {
    return event("e-" + number, EventKind.FAILING, "pb_" + number);
  }

  private List<PostbackEvent> failing(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(this::failing).toList();
  }

  private void minutes(int number) {
    for (int i = 0; i < number; i++) {
      clock.advance(MINUTE);
      publisher.publishDue();
    }
  }

  private List<Integer> counts() {
    return published.stream().map(EventMessage::count).toList();
  }

  @Test
  void publishesTheFirstEventAtOnce() {
    publisher.report(List.of(failing(1)));

    assertEquals(List.of(new EventMessage(failing(1), 1, List.of("pb_1"))), published);
  }

  @Test
  void collectsWhatFollowsAndPublishesItTogether() {
    publisher.report(List.of(failing(1)));
    publisher.report(List.of(failing(2), failing(3)));
    publisher.report(List.of(failing(4)));
    assertEquals(List.of(1), counts());
    PostbackEvent newest = failing(4);

    minutes(1);

    assertEquals(new EventMessage(newest, 3, List.of("pb_2", "pb_3", "pb_4")), published.getLast());
    assertEquals(2, published.size());
  }

  @Test
  void publishesNothingMoreAfterASingleEvent() {
    publisher.report(List.of(failing(1)));

    minutes(200);

    assertEquals(List.of(1), counts());
    assertEquals(Map.of(), windows.all());
  }

  @Test
  void reportsAtOnceAgainAfterAQuietTime() {
    publisher.report(List.of(failing(1)));
    minutes(1);

    publisher.report(List.of(failing(2)));

    assertEquals(List.of(1, 1), counts());
  }

  @Test
  void reportsAtOnceAfterAQuietTimeAlsoBeforeTheSchedule() {
    publisher.report(List.of(failing(1)));
    clock.advance(MINUTE);

    publisher.report(List.of(failing(2)));
    clock.advance(MINUTE);
    publisher.report(List.of(failing(3)));

    assertEquals(List.of(1, 1, 1), counts());
  }

  @Test
  void collectsEachAffiliateAndKindAlone() {
    PostbackEvent other =
        new PostbackEvent(
            "e-9", EventKind.FAILING, new PostbackKey("78", "pb_9"), null, null, null, Samples.NOW);
    publisher.report(
        List.of(
            failing(1),
            event("e-2", EventKind.PAUSED, "pb_1"),
            event("e-3", EventKind.RECOVERED, "pb_1"),
            other));

    assertEquals(List.of(1, 1, 1, 1), counts());
  }

  /** Five hundred postbacks of an affiliate begin to fail within five minutes, and all recover. */
  @Test
  void sendsAHandfulOfMessagesForAThousandTransitions() {
    for (int second = 0; second < 300; second++) {
      publisher.report(failing(5 * second / 3 + 1, 5 * (second + 1) / 3));
      clock.advance(Duration.ofSeconds(1));
      if (second % 60 == 59) {
        publisher.publishDue();
      }
    }
    List<PostbackEvent> recovered =
        IntStream.rangeClosed(1, 500)
            .mapToObj(i -> event("r-" + i, EventKind.RECOVERED, "pb_" + i))
            .toList();
    recovered.forEach(each -> publisher.report(List.of(each)));
    minutes(120);

    assertEquals(
        Map.of(EventKind.FAILING, 500, EventKind.RECOVERED, 500),
        Map.of(
            EventKind.FAILING, reported(EventKind.FAILING),
            EventKind.RECOVERED, reported(EventKind.RECOVERED)));
    assertTrue(published.size() <= 6, counts().toString());
  }

  private int reported(EventKind kind) {
    return published.stream()
        .filter(message -> message.kind() == kind)
        .mapToInt(EventMessage::count)
        .sum();
  }

  /** A postback is paused for a day and gets a conversion each second. */
  @Test
  void reportsWhatGoesOnForADayOnceAnHour() {
    for (int minute = 0; minute < 24 * 60; minute++) {
      for (int i = 0; i < 60; i++) {
        publisher.report(List.of(event("h-" + minute + "-" + i, EventKind.HELD, "pb_1")));
      }
      minutes(1);
    }
    minutes(120);

    assertEquals(24 * 60 * 60, reported(EventKind.HELD));
    assertTrue(published.size() <= 31, counts().toString());
  }

  @Test
  void recognisesARepeatedBatch() {
    publisher.report(failing(1, 100));
    publisher.report(failing(1, 100));
    publisher.report(failing(50, 149));
    publisher.report(failing(50, 149));
    minutes(1);

    assertEquals(List.of(100, 49), counts());
  }

  @Test
  void keepsAMessageThatTheTopicRefuses() {
    EventPublisher refused =
        publisher(
            windows,
            (_, _) -> {
              throw new Unavailable("refused", null);
            });

    refused.report(List.of(failing(1)));
    refused.report(List.of(failing(2)));
    clock.advance(MINUTE);
    assertThrows(Unavailable.class, refused::publishDue);
    assertEquals(List.of(), published);
    assertEquals(
        List.of("cannot publish postback.failing", "cannot publish postback.failing"), errors);

    minutes(1);
    minutes(1);

    assertEquals(List.of(1, 1), counts());
  }

  /** Dies at a step, before or after the call has its effect. */
  private static final class Dying implements EventWindows {
    private static final class Died extends Error {
      private static final long serialVersionUID = 1;
    }

    private final EventWindows windows;
    private int stepsLeft;

    Dying(EventWindows windows, int steps) {
      this.windows = windows;
      this.stepsLeft = steps;
    }

    void step() {
      if (stepsLeft-- == 0) {
        throw new Died();
      }
    }

    @Override
    public @Nullable EventWindow find(Key key) {
      step();
      return windows.find(key);
    }

    @Override
    public Map<Key, EventWindow> all() {
      step();
      return windows.all();
    }

    @Override
    public boolean store(Key key, EventWindow window) {
      step();
      boolean stored = windows.store(key, window);
      step();
      return stored;
    }

    @Override
    public boolean close(Key key, EventWindow window) {
      step();
      boolean closed = windows.close(key, window);
      step();
      return closed;
    }
  }

  /**
   * Two batches and runs of the schedule, one of which dies at this step. Lambda repeats the batch,
   * and the schedule runs again.
   *
   * @param victim which of the invocations dies
   */
  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3"})
  void losesNoEventWhereverAWorkerDies(int victim) {
    for (int step = 0; step < 8; step++) {
      InMemoryEventWindows store = new InMemoryEventWindows();
      List<EventMessage> messages = new ArrayList<>();
      SettableClock time = new SettableClock(Samples.NOW);
      Dying dying = new Dying(store, step);
      EventPublisher mortal =
          new EventPublisher(
              dying,
              (message, _) -> {
                dying.step();
                messages.add(message);
                dying.step();
              },
              MINUTE,
              time,
              (what, _) -> errors.add(what));
      EventPublisher immortal =
          new EventPublisher(
              store,
              (message, _) -> messages.add(message),
              MINUTE,
              time,
              (what, _) -> errors.add(what));
      List<PostbackEvent> first = failing(1, 3);
      List<PostbackEvent> second = failing(4, 5);
      for (int invocation = 0; invocation < 10; invocation++) {
        EventPublisher worker = invocation == victim ? mortal : immortal;
        try {
          invoke(worker, invocation, first, second);
        } catch (Dying.Died e) {
          invoke(immortal, invocation, first, second);
        }
        time.advance(Duration.ofSeconds(20));
      }
      time.advance(MINUTE);
      immortal.publishDue();

      Set<String> ids = new HashSet<>();
      int counted = 0;
      for (EventMessage message : messages) {
        // A message may be published twice, with the same id and content.
        counted += ids.add(message.id()) ? message.count() : 0;
      }
      assertEquals(5, counted, "step " + step + " of invocation " + victim + ": " + messages);
      assertTrue(messages.size() <= 3, messages.toString());
    }
    assertEquals(List.of(), errors);
  }

  private static void invoke(
      EventPublisher worker,
      int invocation,
      List<PostbackEvent> first,
      List<PostbackEvent> second) {
    switch (invocation) {
      case 0 -> worker.report(first);
      case 1 -> worker.report(second);
      default -> worker.publishDue();
    }
  }

  @Test
  void listsAtMostAHundredPostbacks() {
    publisher.report(failing(1, 150));

    assertEquals(150, published.getFirst().count());
    assertEquals(100, published.getFirst().postbackIds().size());
  }
}
