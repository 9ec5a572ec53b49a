package com.natifico.postback.testing;

import com.natifico.postback.notification.EventWindow;
import com.natifico.postback.notification.EventWindows;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Thread-safe. */
public final class InMemoryEventWindows implements EventWindows {
  private final Map<Key, EventWindow> open = new HashMap<>();

  @Override
  public synchronized @Nullable EventWindow find(Key key) {
    return open.get(key);
  }

  @Override
  public synchronized Map<Key, EventWindow> all() {
    return Map.copyOf(open);
  }

  @Override
  public synchronized boolean store(Key key, EventWindow window) {
    EventWindow stored = open.get(key);
    if ((stored == null ? 0 : stored.revision()) != window.revision() - 1) {
      return false;
    }
    open.put(key, window);
    return true;
  }

  @Override
  public synchronized boolean close(Key key, EventWindow window) {
    EventWindow stored = open.get(key);
    if (stored == null || stored.revision() != window.revision()) {
      return false;
    }
    open.remove(key);
    return true;
  }
}
