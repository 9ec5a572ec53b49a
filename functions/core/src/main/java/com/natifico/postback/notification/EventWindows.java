package com.natifico.postback.notification;

import com.natifico.postback.postback.EventKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The open windows, by affiliate and kind of event. */
public interface EventWindows {
  /** The affiliate and the kind of the events of a window. */
  record Key(String affiliateId, EventKind kind) {}

  /** The open window, read consistently; null if there is none. */
  @Nullable EventWindow find(Key key);

  /** All open windows, read consistently. One that is changed meanwhile may be outdated. */
  Map<Key, EventWindow> all();

  /**
   * Stores a window.
   *
   * @return whether it was stored; false if the stored one does not have the preceding revision, or
   *     there is one although this is the first
   */
  boolean store(Key key, EventWindow window);

  /**
   * Closes a window.
   *
   * @return whether it was closed; false if the stored one has another revision
   */
  boolean close(Key key, EventWindow window);
}
