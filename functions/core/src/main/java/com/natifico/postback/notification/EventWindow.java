package com.natifico.postback.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The time after a message in which further events of the same affiliate and kind are collected
 * rather than reported. When it ends, what was collected is reported in one message, and the next
 * window is twice as long, at most {@link #MAX_LENGTH}. If nothing was collected, the window is
 * closed, and the next event is reported at once. Immutable.
 *
 * @param outgoing a message that has not been published yet; null if there is none
 * @param collected what has happened since; null for nothing
 * @param until when the window ends
 * @param length how long it is
 * @param seen the ids of the newest events, by which a repeat of a change is recognised
 * @param revision how often the window was stored, from 1
 */
public record EventWindow(
    @Nullable EventMessage outgoing,
    @Nullable EventMessage collected,
    Instant until,
    Duration length,
    List<String> seen,
    int revision) {
  static final Duration MAX_LENGTH = Duration.ofHours(1);

  /**
   * A stream repeats at most one batch, which has at most 100 records (BatchSize in template.yaml);
   * two streams feed the windows, but each kind of event comes from one of them.
   */
  static final int MAX_SEEN = 200;

  /** Half a minute after it was stored, a message is published by the next run of the schedule. */
  private static final Duration LEFT_OVER = Duration.ofSeconds(30);

  public EventWindow {
    seen = List.copyOf(seen);
  }

  /** The window that the first events open; they are to be published at once. */
  static EventWindow opened(List<PostbackEvent> events, Duration length, Instant now) {
    return new EventWindow(
        EventMessage.of(events), null, now.plus(length), length, seen(List.of(), events), 1);
  }

  /**
   * With these events, except those that it has had before; itself if it has had them all.
   *
   * @param firstLength the length of a window after a time without events
   */
  EventWindow with(List<PostbackEvent> events, Duration firstLength, Instant now) {
    Set<String> known = new HashSet<>(seen);
    List<PostbackEvent> unknown =
        events.stream().filter(event -> !known.contains(event.id())).toList();
    if (unknown.isEmpty()) {
      return this;
    }
    EventMessage message = EventMessage.of(unknown);
    if (isOver(now) && isEmpty()) {
      return new EventWindow(
          message, null, now.plus(firstLength), firstLength, seen(seen, unknown), revision + 1);
    }
    EventWindow collecting =
        new EventWindow(
            outgoing,
            collected == null ? message : collected.and(message),
            until,
            length,
            seen(seen, unknown),
            revision + 1);
    return collecting.isOver(now) ? collecting.reported(now) : collecting;
  }

  /** Whether the window has ended and the next one may begin. */
  boolean isOver(Instant now) {
    return outgoing == null && !now.isBefore(until);
  }

  /** Whether nothing is left to be reported. */
  boolean isEmpty() {
    return outgoing == null && collected == null;
  }

  Instant startedAt() {
    return until.minus(length);
  }

  /** Whether the worker that was to publish the message has probably failed. */
  boolean isLeftOver(Instant now) {
    return outgoing != null && !now.isBefore(startedAt().plus(LEFT_OVER));
  }

  /** The next window, at whose beginning all that was collected is to be published. */
  EventWindow reported(Instant now) {
    Duration longer = length.multipliedBy(2);
    Duration next = longer.compareTo(MAX_LENGTH) > 0 ? MAX_LENGTH : longer;
    return new EventWindow(collected, null, now.plus(next), next, seen, revision + 1);
  }

  /** After its message was published. */
  EventWindow published() {
    return new EventWindow(null, collected, until, length, seen, revision + 1);
  }

  private static List<String> seen(List<String> before, List<PostbackEvent> events) {
    List<String> all = new ArrayList<>(before);
    events.forEach(event -> all.add(event.id()));
    return all.subList(Math.max(0, all.size() - MAX_SEEN), all.size());
  }
}
