package com.natifico.postback.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A standard queue of SQS: it delays messages, hides those that were received, delivers them again
 * unless they are deleted in time, in any order and sometimes twice, moves messages that were
 * received too often to another queue, and deletes those that are too old.
 */
final class SimulatedQueue {
  /** As in template.yaml. */
  static final Duration VISIBILITY_TIMEOUT = Duration.ofSeconds(45);

  /** The maximum delay of SQS. */
  private static final Duration MAX_DELAY = Duration.ofMinutes(15);

  /** The maximum time until a message that is delivered twice is delivered again. */
  private static final int TWICE_WITHIN_MS = 12_000;

  private final String name;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Mishaps mishaps;
  private final Duration visibilityTimeout;
  private final Duration retention;
  private final @Nullable Redrive redrive;
  private final List<Message> messages = new ArrayList<>();
  private final List<String> moved = new ArrayList<>();
  private Runnable onArrival = () -> {};
  private int taken;
  private int counted;

  /**
   * How often a message is delivered more than once.
   *
   * @param handedOutTwice the share of all receives
   * @param deleteForgotten the share of all deletes
   */
  record Mishaps(double handedOutTwice, double deleteForgotten) {
    static final Mishaps NONE = new Mishaps(0, 0);
  }

  /**
   * The redrive policy: where messages go after that many receives.
   *
   * @param to the dead-letter queue
   */
  record Redrive(SimulatedQueue to, int maxReceiveCount) {}

  /**
   * A received message.
   *
   * @param messageId the same in every delivery of the message
   * @param receives how often it was received, including this time
   * @param passes the number of sender invocations in the chain that sent it
   */
  record Received(String messageId, String body, int receives, int passes) {}

  private static final class Message {
    private final String id;
    private final String body;
    private final SimulatedQueue source;
    private final int passes;
    private final Instant enqueuedAt;
    private Instant visibleAt;
    private int receives;

    Message(
        String id,
        String body,
        SimulatedQueue source,
        int passes,
        Instant enqueuedAt,
        Instant visibleAt) {
      this.id = id;
      this.body = body;
      this.source = source;
      this.passes = passes;
      this.enqueuedAt = enqueuedAt;
      this.visibleAt = visibleAt;
    }
  }

  /**
   * @param visibilityTimeout how long a received message is hidden
   * @param retention MessageRetentionPeriod
   * @param redrive null if messages may be received any number of times
   */
  SimulatedQueue(
      String name,
      InstantSource clock,
      RandomGenerator random,
      Mishaps mishaps,
      Duration visibilityTimeout,
      Duration retention,
      @Nullable Redrive redrive) {
    this.name = name;
    this.clock = clock;
    this.random = random;
    this.mishaps = mishaps;
    this.visibilityTimeout = visibilityTimeout;
    this.retention = retention;
    this.redrive = redrive;
  }

  /** Registers a callback for when a message becomes available earlier than previously known. */
  void onArrival(Runnable arrived) {
    onArrival = arrived;
  }

  void send(String body, Duration delay) {
    send(body, delay, 0);
  }

  /**
   * @param passes is stored with the message, like the trace header by which Lambda counts
   */
  void send(String body, Duration delay, int passes) {
    if (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0) {
      throw new IllegalArgumentException("SQS does not delay by " + delay);
    }
    Instant now = clock.instant();
    add(new Message(name + "-" + ++taken, body, this, passes, now, now.plus(delay)));
  }

  private void add(Message message) {
    messages.add(message);
    onArrival.run();
  }

  /** Returns visible messages, in any order. */
  List<Received> receive(int maximum) {
    expire();
    Instant now = clock.instant();
    List<Message> visible = new ArrayList<>();
    for (Iterator<Message> all = messages.iterator(); all.hasNext(); ) {
      Message message = all.next();
      if (message.visibleAt.isAfter(now)) {
        continue;
      }
      if (redrive != null && message.receives >= redrive.maxReceiveCount()) {
        all.remove();
        moved.add(message.id);
        // Its age is still counted from when it was enqueued here.
        redrive
            .to()
            .add(
                new Message(
                    message.id, message.body, this, message.passes, message.enqueuedAt, now));
      } else {
        visible.add(message);
      }
    }
    List<Received> received = new ArrayList<>();
    while (received.size() < maximum && !visible.isEmpty()) {
      received.add(handOut(visible.remove(random.nextInt(visible.size())), now));
    }
    return received;
  }

  /** Deletes the messages that have reached the retention of this queue. */
  private void expire() {
    Instant oldest = clock.instant().minus(retention);
    messages.removeIf(message -> !message.enqueuedAt.isAfter(oldest));
  }

  /** The ids of the messages that went to the dead-letter queue. */
  List<String> moved() {
    return moved;
  }

  private Received handOut(Message message, Instant now) {
    message.receives++;
    message.visibleAt =
        random.nextDouble() < mishaps.handedOutTwice()
            ? now.plusMillis(random.nextInt(TWICE_WITHIN_MS))
            : now.plus(visibilityTimeout);
    if (message.visibleAt.isBefore(now.plus(visibilityTimeout))) {
      onArrival.run();
    }
    return new Received(message.id, message.body, message.receives, message.passes);
  }

  /** Hides a received message for this time from now on. */
  void hide(String messageId, Duration time) {
    for (Message message : messages) {
      if (message.id.equals(messageId)) {
        message.visibleAt = clock.instant().plus(time);
      }
    }
  }

  /** Deletes a processed message; SQS sometimes forgets a delete. */
  void delete(String messageId) {
    if (random.nextDouble() >= mishaps.deleteForgotten()) {
      messages.removeIf(message -> message.id.equals(messageId));
    }
  }

  /** Like PurgeQueue of SQS: deletes all messages. */
  void purge() {
    messages.clear();
  }

  /**
   * Like StartMessageMoveTask of SQS: moves all messages back to their source queue as new
   * messages.
   */
  void moveBack() {
    expire();
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

  /** When the next message becomes visible; null if there is none. */
  @Nullable Instant nextVisibleAt() {
    expire();
    Instant next = null;
    for (Message message : messages) {
      if (next == null || message.visibleAt.isBefore(next)) {
        next = message.visibleAt;
      }
    }
    return next;
  }

  /**
   * The number of messages that were sent to this queue since the last call, without those that SQS
   * moved to it.
   */
  int takeSent() {
    int sent = taken - counted;
    counted = taken;
    return sent;
  }

  /** The number of messages that can be received now. */
  int visible() {
    expire();
    Instant now = clock.instant();
    return (int) messages.stream().filter(message -> !message.visibleAt.isAfter(now)).count();
  }

  /**
   * ApproximateAgeOfOldestMessage: since it was sent, whether it is visible or not, and without
   * messages that were received more than three times
   * (docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html).
   */
  Duration ageOfOldest() {
    expire();
    return messages.stream()
        .filter(message -> message.receives <= 3)
        .map(message -> Duration.between(message.enqueuedAt, clock.instant()))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** The bodies of all messages, visible or not. */
  List<String> bodies() {
    expire();
    return messages.stream().map(message -> message.body).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
