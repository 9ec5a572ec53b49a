package com.natifico.postback.testing;

import com.natifico.postback.Page;
import com.natifico.postback.push.PushLog;
import com.natifico.postback.push.RefusedPush;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Thread-safe. */
public final class InMemoryPushLog implements PushLog {
  private record KeyMinute(String keyId, Instant start) {
    /** After all ids of the minute. */
    String position() {
      return RefusedPush.positionOf(start.plus(1, ChronoUnit.MINUTES).minusMillis(1)) + "~";
    }
  }

  private record Count(long taken, long notKept) {
    Count plus(int wanted, int further) {
      return new Count(taken + wanted, notKept + further);
    }

    long missing() {
      return notKept + Math.max(0, taken - KEPT_PER_MINUTE);
    }
  }

  private final Map<KeyMinute, Count> counts = new HashMap<>();
  private final Map<String, RefusedPush> pushes = new TreeMap<>(Comparator.reverseOrder());

  @Override
  public synchronized int reserve(String keyId, Instant minute, int wanted, int notKept) {
    Count before = counts.getOrDefault(new KeyMinute(keyId, minute), new Count(0, 0));
    counts.put(new KeyMinute(keyId, minute), before.plus(wanted, notKept));
    return Math.clamp(KEPT_PER_MINUTE - before.taken(), 0, wanted);
  }

  @Override
  public synchronized int save(List<RefusedPush> saved) {
    saved.forEach(push -> pushes.put(push.id(), push));
    return saved.size();
  }

  @Override
  public synchronized Listed list(
      @Nullable String keyId, Instant since, @Nullable String after, int limit) {
    String first = RefusedPush.positionOf(since);
    List<RefusedPush> found =
        pushes.values().stream()
            .filter(push -> keyId == null || push.keyId().equals(keyId))
            .filter(push -> push.id().compareTo(first) >= 0)
            .filter(push -> after == null || push.id().compareTo(after) < 0)
            .limit(limit + 1L)
            .toList();
    List<RefusedPush> page = found.subList(0, Math.min(limit, found.size()));
    String next = found.size() > limit ? page.getLast().id() : null;
    String last = next == null ? first : next;
    long notKept =
        counts.entrySet().stream()
            .filter(count -> keyId == null || count.getKey().keyId().equals(keyId))
            .filter(count -> count.getKey().position().compareTo(last) >= 0)
            .filter(count -> after == null || count.getKey().position().compareTo(after) < 0)
            .mapToLong(count -> count.getValue().missing())
            .sum();
    return new Listed(new Page<>(page, next), notKept);
  }
}
