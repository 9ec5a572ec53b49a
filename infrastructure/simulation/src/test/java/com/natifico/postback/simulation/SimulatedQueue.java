package com.natifico.postback.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A standard queue of SQS: it delays, hides what it has handed out, hands it out again when nobody
 * deletes it in time, in any order and sometimes twice, and moves what was received too often to
 * another queue.
 */
final class SimulatedQueue {
  /** As in template.yaml. */
  static final Duration VISIBILITY_TIMEOUT = Duration.ofSeconds(190);

  private static final int MAX_RECEIVE_COUNT = 5;

  /** What SQS takes. */
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  /** How soon a message that is handed out twice comes again. */
  private static final int TWICE_WITHIN_MS = 12_000;

  private final String name;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Mishaps mishaps;
  private final @Nullable SimulatedQueue unprocessed;
  private final List<Message> messages = new ArrayList<>();
  private Runnable onArrival = () -> {};
  private int taken;

  /**
   * How often "at least once" is more than once.
   *
   * @param handedOutTwice of all receives
   * @param deleteForgotten of all deletes
   */
  record Mishaps(double handedOutTwice, double deleteForgotten) {
    static final Mishaps NONE = new Mishaps(0, 0);
  }

  /**
   * A message in a receiver's hands.
   *
   * @param messageId the same each time it is handed out
   * @param receives how often it was handed out, this time included
   * @param passes how many invocations of the sender there were in the chain that sent it
   */
  record Received(String messageId, String body, int receives, int passes) {}

  private static final class Message {
    private final String id;
    private final String body;
    private final SimulatedQueue source;
    private final int passes;
    private Instant visibleAt;
    private int receives;

    Message(String id, String body, SimulatedQueue source, int passes, Instant visibleAt) {
      this.id = id;
      this.body = body;
      this.source = source;
      this.passes = passes;
      this.visibleAt = visibleAt;
    }
  }

  /**
   * @param unprocessed where messages go that were received too often; null for nowhere
   */
  SimulatedQueue(
      String name,
      InstantSource clock,
      RandomGenerator random,
      Mishaps mishaps,
      @Nullable SimulatedQueue unprocessed) {
    this.name = name;
    this.clock = clock;
    this.random = random;
    this.mishaps = mishaps;
    this.unprocessed = unprocessed;
  }

  /** Is told whenever a message may be received earlier than it was known before. */
  void onArrival(Runnable arrived) {
    onArrival = arrived;
  }

  void send(String body, Duration delay) {
    send(body, delay, 0);
  }

  /**
   * @param passes goes with the message, as the trace header does that Lambda counts by
   */
  void send(String body, Duration delay, int passes) {
    if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
      throw new IllegalArgumentException("SQS does not delay by " + delay);
    }
    add(new Message(name + "-" + ++taken, body, this, passes, clock.instant().plus(delay)));
  }

  private void add(Message message) {
    messages.add(message);
    onArrival.run();
  }

  /** Hands out what is visible, in any order. */
  List<Received> receive(int most) {
    Instant now = clock.instant();
    List<Message> visible = new ArrayList<>();
    for (Iterator<Message> all = messages.iterator(); all.hasNext(); ) {
      Message message = all.next();
      if (message.visibleAt.isAfter(now)) {
        continue;
      }
      if (unprocessed != null && message.receives >= MAX_RECEIVE_COUNT) {
        all.remove();
        unprocessed.add(new Message(message.id, message.body, this, message.passes, now));
      } else {
        visible.add(message);
      }
    }
    List<Received> received = new ArrayList<>();
    while (received.size() < most && !visible.isEmpty()) {
      received.add(handOut(visible.remove(random.nextInt(visible.size())), now));
    }
    return received;
  }

  private Received handOut(Message message, Instant now) {
    message.receives++;
    message.visibleAt =
        random.nextDouble() < mishaps.handedOutTwice()
            ? now.plusMillis(random.nextInt(TWICE_WITHIN_MS))
            : now.plus(VISIBILITY_TIMEOUT);
    if (message.visibleAt.isBefore(now.plus(VISIBILITY_TIMEOUT))) {
      onArrival.run();
    }
    return new Received(message.id, message.body, message.receives, message.passes);
  }

  /** What the receiver says when it is done with a message; usually SQS remembers it. */
  void delete(String messageId) {
    if (random.nextDouble() >= mishaps.deleteForgotten()) {
      messages.removeIf(message -> message.id.equals(messageId));
    }
  }

  /** SQS's StartMessageMoveTask: all go back to where they came from, as new messages. */
  void moveBack() {
    List<Message> all = List.copyOf(messages);
    messages.clear();
    all.forEach(message -> message.source.send(message.body, Duration.ZERO));
  }

  /** An operator's receive and delete. */
  List<String> takeAll() {
    List<String> all = bodies();
    messages.clear();
    return all;
  }

  /** When the next message becomes visible; null if it holds none. */
  @Nullable Instant nextVisibleAt() {
    Instant next = null;
    for (Message message : messages) {
      if (next == null || message.visibleAt.isBefore(next)) {
        next = message.visibleAt;
      }
    }
    return next;
  }

  /** The bodies of all that it holds, visible or not. */
  List<String> bodies() {
    return messages.stream().map(message -> message.body).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
