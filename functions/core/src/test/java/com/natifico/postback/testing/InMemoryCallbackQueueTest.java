package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class InMemoryCallbackQueueTest extends CallbackQueueContract {
  private final SettableClock clock = new SettableClock(Samples.NOW);
  private final InMemoryCallbackQueue queue = new InMemoryCallbackQueue(clock);

  @Test
  void reportsTheMessagesThatItRefuses() {
    CallbackMessage one = Samples.message(Samples.callback("c1", "p1"));
    CallbackMessage other = Samples.message(Samples.callback("c2", "p1"));
    queue.refuse(one::equals);
    assertEquals(Set.of(one.callback().deliveryId()), queue.send(List.of(one, other)));
    assertEquals(List.of(other), queue.sent());
  }

  @Test
  void delaysToTheInstant() {
    CallbackMessage message =
        new CallbackMessage(
            Samples.callback("c1", "p1"), 1, Samples.NOW.plusMillis(1), Samples.NOW);
    queue.send(List.of(message));
    assertEquals(List.of(), queue.receive());
    assertEquals(Optional.of(message.dueAt()), queue.nextVisibleAt());
    clock.advance(Duration.ofMillis(1));
    assertEquals(List.of(message), queue.receive());
    assertEquals(Optional.empty(), queue.nextVisibleAt());
  }

  @Override
  protected CallbackQueue queue() {
    return queue;
  }

  @Override
  protected Instant now() {
    return clock.instant();
  }

  @Override
  protected void advance(Duration by) {
    clock.advance(by);
  }

  @Override
  protected List<CallbackMessage> receive() {
    return queue.receive();
  }
}
