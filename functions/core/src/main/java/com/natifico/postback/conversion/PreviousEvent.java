package com.natifico.postback.conversion;

import org.jspecify.annotations.Nullable;

/**
 * Finds what was reported before an event for the same conversion and goal. It costs one query, so
 * it is asked only for a template that contains a macro about it, and once for each event.
 */
public interface PreviousEvent {
  /** Null if the event is the first of its conversion and goal. */
  @Nullable Conversion find();

  /**
   * The previous event among those that are stored.
   *
   * @param test whether it is a test conversion, which gets a plausible previous event
   */
  static PreviousEvent of(EventId id, Conversion conversion, boolean test, EventStore events) {
    if (test) {
      return () -> SampleConversion.previous(conversion);
    }
    return new PreviousEvent() {
      private boolean isRead;
      private @Nullable ConversionEvent previous;

      @Override
      public @Nullable Conversion find() {
        if (!isRead) {
          previous = events.previous(id, conversion);
          isRead = true;
        }
        return previous == null ? null : previous.conversion();
      }
    };
  }
}
