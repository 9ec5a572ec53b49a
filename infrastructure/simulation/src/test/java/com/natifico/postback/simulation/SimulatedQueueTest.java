package com.natifico.postback.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a standard queue of SQS does beyond the port's contract. */
final class SimulatedQueueTest {
  private final SettableClock clock = new SettableClock(Samples.NOW);
  private final SimulatedQueue unprocessed = queue("unprocessed", SimulatedQueue.Mishaps.NONE);
  private final SimulatedQueue queue = queue("callbacks", SimulatedQueue.Mishaps.NONE);

  private SimulatedQueue queue(String name, SimulatedQueue.Mishaps mishaps) {
    return new SimulatedQueue(
        name,
        clock,
        new Random(1),
        mishaps,
        SimulatedQueue.VISIBILITY_TIMEOUT,
        name.equals("unprocessed") ? Duration.ofDays(14) : Duration.ofDays(4),
        name.equals("unprocessed") ? null : new SimulatedQueue.Redrive(unprocessed, 5));
  }

  @Test
  void deliversAMessageAgainUnlessItIsDeleted() {
    queue.send("a", Duration.ZERO);
    SimulatedQueue.Received first = queue.receive(10).getFirst();
    assertEquals(List.of(), queue.receive(10));
    clock.advance(SimulatedQueue.VISIBILITY_TIMEOUT);
    SimulatedQueue.Received again = queue.receive(10).getFirst();
    assertEquals(first.messageId(), again.messageId());
    assertEquals(2, again.receives());
    queue.delete(again.messageId());
    clock.advance(SimulatedQueue.VISIBILITY_TIMEOUT);
    assertEquals(List.of(), queue.receive(10));
  }

  @Test
  void movesAMessageAfterFiveReceivesAndBackUnderANewId() {
    queue.send("a", Duration.ZERO);
    String id = queue.receive(10).getFirst().messageId();
    for (int i = 0; i < 4; i++) {
      clock.advance(SimulatedQueue.VISIBILITY_TIMEOUT);
      assertEquals(1, queue.receive(10).size());
    }
    clock.advance(SimulatedQueue.VISIBILITY_TIMEOUT);
    assertEquals(List.of(), queue.receive(10));
    assertEquals(List.of("a"), unprocessed.bodies());
    unprocessed.moveBack();
    assertEquals(List.of(), unprocessed.bodies());
    SimulatedQueue.Received back = queue.receive(10).getFirst();
    assertEquals(1, back.receives());
    assertNotEquals(id, back.messageId());
  }

  @Test
  void deliversInAnyOrder() {
    List<String> sent = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    sent.forEach(body -> queue.send(body, Duration.ZERO));
    List<String> received = queue.receive(10).stream().map(SimulatedQueue.Received::body).toList();
    assertNotEquals(sent, received);
    assertEquals(new HashSet<>(sent), new HashSet<>(received));
  }

  @Test
  void deliversTwiceAndForgetsDeletesIfConfigured() {
    SimulatedQueue unreliable = queue("retries", new SimulatedQueue.Mishaps(1, 1));
    unreliable.send("a", Duration.ZERO);
    Set<String> ids = new HashSet<>();
    ids.add(unreliable.receive(10).getFirst().messageId());
    clock.advance(Duration.ofSeconds(12));
    ids.add(unreliable.receive(10).getFirst().messageId());
    assertEquals(1, ids.size());
    unreliable.delete(ids.iterator().next());
    clock.advance(Duration.ofSeconds(12));
    assertEquals(1, unreliable.receive(10).size());
  }

  @Test
  void deletesAMessageAfterItsRetention() {
    queue.send("a", Duration.ZERO);
    clock.advance(Duration.ofDays(4).minusSeconds(1));
    assertEquals(List.of("a"), queue.bodies());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(List.of(), queue.receive(10));
    assertEquals(List.of(), queue.bodies());
  }

  @Test
  void countsTheAgeOfADeadLetterMessageFromItsFirstEnqueueUntilItIsMovedBack() {
    queue.send("a", Duration.ZERO);
    queue.send("b", Duration.ZERO);
    clock.advance(Duration.ofDays(3));
    for (int i = 0; i < 6; i++) {
      queue.receive(10);
      clock.advance(SimulatedQueue.VISIBILITY_TIMEOUT);
    }
    assertEquals(2, unprocessed.bodies().size());
    clock.advance(Duration.ofDays(11).minusHours(1));
    assertEquals(2, unprocessed.bodies().size());
    unprocessed.moveBack();
    clock.advance(Duration.ofDays(4).minusSeconds(1));
    assertEquals(2, queue.bodies().size());

    queue.send("c", Duration.ZERO);
    for (int i = 0; i < 6; i++) {
      queue.receive(10);
      clock.advance(SimulatedQueue.VISIBILITY_TIMEOUT);
    }
    assertEquals(List.of("c"), unprocessed.bodies());
    clock.advance(Duration.ofDays(14).minusMinutes(30));
    assertEquals(List.of("c"), unprocessed.bodies());
    clock.advance(Duration.ofMinutes(30));
    assertEquals(List.of(), unprocessed.bodies());
  }
}
