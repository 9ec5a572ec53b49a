package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.notification.EventMessage;
import com.natifico.postback.notification.EventWindow;
import com.natifico.postback.notification.EventWindows;
import com.natifico.postback.notification.PostbackEvent;
import com.natifico.postback.postback.EventKind;
import com.natifico.postback.postback.PostbackKey;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of every {@link EventWindows}. */
public abstract class EventWindowsContract {
  private final String affiliate = "a" + UUID.randomUUID().toString().substring(0, 8);
  private final EventWindows.Key key = new EventWindows.Key(affiliate, EventKind.PAUSED);

  /** It may hold the windows of other affiliates. */
  protected abstract EventWindows windows();

  private EventWindow window(
      @Nullable EventMessage outgoing, @Nullable EventMessage collected, int revision) {
    return new EventWindow(
        outgoing,
        collected,
        Samples.NOW.plusSeconds(60),
        Duration.ofMinutes(1),
        List.of("e-1", "e-2"),
        revision);
  }

  private EventMessage message(String id, @Nullable String more) {
    return new EventMessage(
        new PostbackEvent(
            id,
            EventKind.PAUSED,
            new PostbackKey(affiliate, "pb_1"),
            more,
            more,
            more,
            Samples.NOW),
        2,
        List.of("pb_2", "pb_1"));
  }

  @Test
  void findsWhatWasStored() {
    assertNull(windows().find(key));
    EventWindow full = window(message("e-1", "text"), message("e-2", null), 1);

    assertTrue(windows().store(key, full));

    assertEquals(full, windows().find(key));
    assertNull(windows().find(new EventWindows.Key(affiliate, EventKind.RESUMED)));
  }

  @Test
  void replacesOnlyThePrecedingRevision() {
    EventWindow first = window(null, null, 1);
    EventWindow second = window(null, message("e-2", "text"), 2);

    assertFalse(windows().store(key, second));
    assertTrue(windows().store(key, first));
    assertFalse(windows().store(key, first));
    assertTrue(windows().store(key, second));
    assertFalse(windows().store(key, second));

    assertEquals(second, windows().find(key));
  }

  @Test
  void closesOnlyTheSameRevision() {
    windows().store(key, window(null, null, 1));
    windows().store(key, window(null, null, 2));

    assertFalse(windows().close(key, window(null, null, 1)));
    assertTrue(windows().close(key, window(null, null, 2)));
    assertFalse(windows().close(key, window(null, null, 2)));

    assertNull(windows().find(key));
    assertTrue(windows().store(key, window(null, null, 1)));
  }

  @Test
  void listsAllOpenWindows() {
    EventWindow paused = window(message("e-1", "text"), null, 1);
    EventWindow held = window(null, null, 1);
    EventWindows.Key other = new EventWindows.Key(affiliate + ".b", EventKind.HELD);
    windows().store(key, paused);
    windows().store(other, held);

    Map<EventWindows.Key, EventWindow> all = windows().all();

    assertEquals(paused, all.get(key));
    assertEquals(held, all.get(other));
  }

  @Test
  void letsOneOfSeveralWritersStore() throws Exception {
    EventWindow first = window(null, null, 1);

    long stored =
        Race.run(Collections.nCopies(10, Race.of(() -> windows().store(key, first)))).stream()
            .filter(Boolean.TRUE::equals)
            .count();

    assertEquals(1, stored);
  }
}
