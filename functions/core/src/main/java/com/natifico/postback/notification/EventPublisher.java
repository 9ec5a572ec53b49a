package com.natifico.postback.notification;

import com.natifico.postback.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Reports events: the first of an affiliate and kind at once, those that follow it together.
 *
 * <p>A message is stored before it is published and removed afterwards. A worker that crashes in
 * between leaves it, and the next run of {@link #publishDue} publishes it, so that every event is
 * in a message that is published at least once, with the same id each time.
 */
public final class EventPublisher {
  /** Several workers change one window only if it is affected from several shards. */
  private static final int TRIES = 20;

  private final EventWindows windows;
  private final EventTopic topic;
  private final Duration firstWindow;
  private final InstantSource clock;
  private final BiConsumer<String, Throwable> errors;

  /**
   * @param firstWindow the length of the window after a first message
   * @param errors is called for messages that could not be published and will be published later
   */
  public EventPublisher(
      EventWindows windows,
      EventTopic topic,
      Duration firstWindow,
      InstantSource clock,
      BiConsumer<String, Throwable> errors) {
    this.windows = windows;
    this.topic = topic;
    this.firstWindow = firstWindow;
    this.clock = clock;
    this.errors = errors;
  }

  /**
   * Stores events and publishes what is to be reported at once.
   *
   * @param events in the order in which they happened; repeats are recognised
   * @throws RuntimeException if they may not all have been stored, so that they must be repeated
   */
  public void report(List<PostbackEvent> events) {
    Map<EventWindows.Key, List<PostbackEvent>> byWindow = new LinkedHashMap<>();
    for (PostbackEvent event : events) {
      byWindow
          .computeIfAbsent(
              new EventWindows.Key(event.postback().affiliateId(), event.kind()),
              _ -> new ArrayList<>())
          .add(event);
    }
    byWindow.forEach(this::report);
  }

  private void report(EventWindows.Key key, List<PostbackEvent> events) {
    for (int tries = 0; tries < TRIES; tries++) {
      Instant now = clock.instant();
      EventWindow stored = windows.find(key);
      EventWindow next =
          stored == null
              ? EventWindow.opened(events, firstWindow, now)
              : stored.with(events, firstWindow, now);
      if (next.equals(stored)) {
        return;
      }
      if (windows.store(key, next)) {
        if (stored == null || stored.outgoing() == null) {
          publish(key, next);
        }
        // Otherwise the message is another worker's.
        return;
      }
    }
    throw new Unavailable("a window of events is changed by too many workers", null);
  }

  /**
   * Publishes what was collected in windows that have ended, and messages that an earlier worker
   * left. To be called about once a minute.
   *
   * @throws Unavailable if a message could not be published, after all others were tried
   */
  public void publishDue() {
    Instant now = clock.instant();
    int failed = 0;
    for (Map.Entry<EventWindows.Key, EventWindow> each : windows.all().entrySet()) {
      EventWindow window = each.getValue();
      boolean isDone =
          window.isLeftOver(now)
              ? publish(each.getKey(), window)
              : !window.isOver(now) || end(each.getKey(), window, now);
      failed += isDone ? 0 : 1;
    }
    if (failed > 0) {
      throw new Unavailable(failed + " messages could not be published", null);
    }
  }

  /** Returns false if a message could not be published. */
  private boolean end(EventWindows.Key key, EventWindow window, Instant now) {
    if (window.isEmpty()) {
      windows.close(key, window);
      return true;
    }
    EventWindow next = window.reported(now);
    // If another worker has changed it, the next run looks at it again.
    return !windows.store(key, next) || publish(key, next);
  }

  /**
   * Publishes the window's message, if it has one, and removes it.
   *
   * @return false if it could not be published
   */
  private boolean publish(EventWindows.Key key, EventWindow window) {
    EventMessage message = window.outgoing();
    if (message == null) {
      return true;
    }
    try {
      topic.publish(message, window.startedAt());
      EventWindow stored = window;
      for (int tries = 0;
          tries < TRIES && stored != null && message.equals(stored.outgoing());
          tries++) {
        if (windows.store(key, stored.published())) {
          return true;
        }
        stored = windows.find(key);
      }
      return true;
    } catch (RuntimeException e) {
      // The message stays in the window, and the next run publishes it.
      errors.accept("cannot publish " + message.kind().type(), e);
      return false;
    }
  }
}
