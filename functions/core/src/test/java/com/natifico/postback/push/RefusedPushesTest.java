package com.natifico.postback.push;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.Unavailable;
import com.natifico.postback.testing.InMemoryPushLog;
import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RefusedPushesTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-02T14:03:00Z"));
  private final InMemoryPushLog stored = new InMemoryPushLog();
  private final List<String> calls = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private boolean failsToReserve;
  private boolean failsToSave;
  private int refusesToSave;
  private int made;

  private final PushLog log =
      new PushLog() {
        @Override
        public int reserve(String keyId, Instant minute, int wanted, int notKept) {
          calls.add("reserve " + keyId + " " + wanted + " " + notKept);
          if (failsToReserve) {
            throw new Unavailable("throttled", null);
          }
          return stored.reserve(keyId, minute, wanted, notKept);
        }

        @Override
        public int save(List<RefusedPush> pushes) {
          calls.add("save " + pushes.size());
          if (failsToSave) {
            throw new Unavailable("throttled", null);
          }
          return stored.save(pushes.subList(0, pushes.size() - refusesToSave));
        }

        @Override
        public Listed list(
            @Nullable String keyId, Instant since, @Nullable String after, int limit) {
          return stored.list(keyId, since, after, limit);
        }
      };

  private final RefusedPushes pushes =
      new RefusedPushes(log, clock, new Random(7), (what, _) -> errors.add(what));

  private void record(String keyId, int count) {
    Supplier<Refusal> refusal =
        () -> {
          made++;
          return new Refusal("POST /v1/conversions", 422, "{}", "", false);
        };
    pushes.record(keyId, Collections.nCopies(count, refusal));
  }

  private List<String> calls() {
    List<String> since = List.copyOf(calls);
    calls.clear();
    return since;
  }

  private int kept(String keyId) {
    return list(keyId).page().items().size();
  }

  private long notKept(String keyId) {
    return list(keyId).notKept();
  }

  private PushLog.Listed list(String keyId) {
    return stored.list(keyId, Instant.EPOCH, null, 1_000);
  }

  @Test
  void reservesAndSavesTheItemsOfABatchTogether() {
    record("a", 20);
    assertEquals(List.of("reserve a 20 0", "save 20"), calls());
  }

  @Test
  void callsNothingForTenSecondsOnceTheMinuteIsFull() {
    record("a", 31);
    calls();
    for (int i = 0; i < 1_000; i++) {
      record("a", 2);
    }
    assertEquals(List.of(), calls());
    assertEquals(30, made, "content is not even read");

    clock.advance(RefusedPushes.COUNT_INTERVAL);
    record("a", 1);

    assertEquals(List.of("reserve a 0 2001"), calls());
    assertEquals(2_002, notKept("a"));
  }

  @Test
  void otherKeysHavePlacesOfTheirOwn() {
    record("a", 100);
    record("b", 1);
    assertEquals(1, kept("b"));
    assertEquals(0, notKept("b"));
  }

  @Test
  void writesTheCountOfAKeyWithARefusedPushOfAnother() {
    record("a", 31);
    record("a", 5);
    clock.advance(RefusedPushes.COUNT_INTERVAL);
    calls();

    record("b", 1);

    assertEquals(List.of("reserve a 0 5", "reserve b 1 0", "save 1"), calls());
    assertEquals(6, notKept("a"));
    record("b", 1);
    assertEquals(List.of("reserve b 1 0", "save 1"), calls());
  }

  @Test
  void writesTheCountOfAMinuteThatHasEnded() {
    record("a", 31);
    record("a", 5);
    clock.advance(Duration.ofMinutes(1));
    record("a", 1);
    assertEquals(6, notKept("a"));
    assertEquals(31, kept("a"));
  }

  @Test
  void countsWhatTheStoreDidNotTake() {
    refusesToSave = 3;
    record("a", 10);
    refusesToSave = 0;
    record("a", 1);
    assertEquals(8, kept("a"));
    assertEquals(3, notKept("a"));
    assertEquals(List.of(), errors);
  }

  @Test
  void leavesAStoreAloneThatFailsAndCountsMeanwhile() {
    failsToReserve = true;
    record("a", 1);
    record("a", 4);
    record("b", 1);
    assertEquals(List.of("reserve a 1 0"), calls());
    assertEquals(List.of("refused pushes were counted and not recorded"), errors);

    failsToReserve = false;
    clock.advance(RefusedPushes.COUNT_INTERVAL);
    record("a", 1);

    assertEquals(List.of("reserve b 0 1", "reserve a 1 5", "save 1"), calls());
    assertEquals(1, kept("a"));
    assertEquals(5, notKept("a"));
    assertEquals(1, notKept("b"));
  }

  @Test
  void countsWhatCouldNotBeSaved() {
    failsToSave = true;
    record("a", 2);
    record("a", 1);
    assertEquals(List.of("reserve a 2 0", "save 2"), calls());

    failsToSave = false;
    clock.advance(RefusedPushes.COUNT_INTERVAL);
    record("a", 1);

    assertEquals(1, kept("a"));
    assertEquals(3, notKept("a"));
  }

  @Test
  void countsARefusalThatCannotBeMade() {
    pushes.record(
        "a",
        List.of(
            () -> {
              throw new IllegalStateException("unreadable");
            }));
    clock.advance(RefusedPushes.COUNT_INTERVAL);
    record("a", 1);
    assertEquals(1, kept("a"));
    assertEquals(1, notKept("a"));
  }
}
