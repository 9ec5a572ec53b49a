package com.natifico.postback.testing;

import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Delays messages by the given clock. Thread-safe. */
public final class InMemoryCallbackQueue implements CallbackQueue {
  private static final Duration MAX_DELAY = Duration.ofMinutes(15);

  private record Waiting(CallbackMessage message, Instant visibleAt) {}

  private final InstantSource clock;
  private final List<CallbackMessage> sent = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private Predicate<CallbackMessage> refused = _ -> false;

  public InMemoryCallbackQueue(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Set<String> send(List<CallbackMessage> messages) {
    Set<String> failed = new HashSet<>();
    for (CallbackMessage message : messages) {
      if (refused.test(message)) {
        failed.add(message.callback().deliveryId());
        continue;
      }
      Instant latest = clock.instant().plus(MAX_DELAY);
      sent.add(message);
      waiting.add(
          new Waiting(message, message.dueAt().isBefore(latest) ? message.dueAt() : latest));
    }
    return failed;
  }

  /** From now on, the queue refuses these messages. */
  public synchronized void refuse(Predicate<CallbackMessage> messages) {
    refused = messages;
  }

  /** From now on, a worker crashes when it sends a message. */
  public synchronized void crash() {
    refused =
        _ -> {
          throw new IllegalStateException("the worker crashes");
        };
  }

  /** All messages that were ever enqueued, in order. */
  public synchronized List<CallbackMessage> sent() {
    return List.copyOf(sent);
  }

  /** The number of messages, including delayed ones. */
  public synchronized int size() {
    return waiting.size();
  }

  /**
   * Receives the messages that are not delayed now; a receiver that crashes must enqueue them
   * again.
   */
  public synchronized List<CallbackMessage> receive() {
    Instant now = clock.instant();
    List<CallbackMessage> received = new ArrayList<>();
    for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
      Waiting next = all.next();
      if (!next.visibleAt().isAfter(now)) {
        all.remove();
        received.add(next.message());
      }
    }
    return received;
  }

  /** Deletes all messages, including delayed ones. */
  public synchronized void purge() {
    waiting.clear();
  }

  /** When the next message becomes visible; empty if there is none. */
  public synchronized Optional<Instant> nextVisibleAt() {
    return waiting.stream().map(Waiting::visibleAt).min(Instant::compareTo);
  }
}
