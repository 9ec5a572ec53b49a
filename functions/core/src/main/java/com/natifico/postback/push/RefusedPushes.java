package com.natifico.postback.push;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Records refused pushes for one instance of a function, at a bounded cost and without ever
 * failing: what cannot be stored is only counted.
 *
 * <p>The first {@link PushLog#KEPT_PER_MINUTE} of a key and a minute are stored. Once an instance
 * has learned that a minute has no place left, it counts in memory and writes its count at most
 * every {@link #COUNT_INTERVAL}, with one of the refused pushes that follow, of whichever key. So a
 * count that no refused push follows in the same instance is lost. After a failure the instance
 * leaves the store alone for the same time.
 */
public final class RefusedPushes {
  /** The time between two writes of a count, and between a failure and the next call. */
  public static final Duration COUNT_INTERVAL = Duration.ofSeconds(10);

  private final PushLog log;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final BiConsumer<String, Throwable> errors;
  private final Map<KeyMinute, Count> counts = new LinkedHashMap<>();
  private Instant nextCall = Instant.MIN;

  private record KeyMinute(String keyId, Instant start) {
    boolean hasEnded(Instant now) {
      return !now.isBefore(start.plus(1, ChronoUnit.MINUTES));
    }
  }

  /** What this instance knows of a key's minute. */
  private static final class Count {
    boolean isFull;
    int notKept;
    Instant nextWrite = Instant.MIN;
  }

  /**
   * @param errors receives why something was not recorded
   */
  public RefusedPushes(
      PushLog log,
      InstantSource clock,
      RandomGenerator random,
      BiConsumer<String, Throwable> errors) {
    this.log = log;
    this.clock = clock;
    this.random = random;
    this.errors = errors;
  }

  /**
   * Records what was refused of one request. Makes at most two calls for counts and one for what is
   * kept.
   *
   * @param refusals made only if they are kept
   */
  public synchronized void record(String keyId, List<Supplier<Refusal>> refusals) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    KeyMinute minute = new KeyMinute(keyId, now.truncatedTo(ChronoUnit.MINUTES));
    Count count = counts.computeIfAbsent(minute, _ -> new Count());
    if (now.isBefore(nextCall) || now.isBefore(count.nextWrite)) {
      count.notKept += refusals.size();
      return;
    }
    int wanted = count.isFull ? 0 : refusals.size();
    count.notKept += refusals.size() - wanted;
    int kept;
    try {
      writeAnEarlierCount(minute, now);
      kept = log.reserve(keyId, minute.start(), wanted, count.notKept);
    } catch (RuntimeException e) {
      count.notKept += wanted;
      pause(now, e);
      return;
    }
    count.notKept = 0;
    if (kept < refusals.size()) {
      count.isFull = true;
      count.nextWrite = now.plus(COUNT_INTERVAL);
    }
    if (kept > 0) {
      count.notKept = kept - save(keyId, now, refusals.subList(0, kept));
    }
  }

  private int save(String keyId, Instant now, List<Supplier<Refusal>> refusals) {
    try {
      return log.save(
          refusals.stream()
              .map(refusal -> RefusedPush.at(now, random, keyId, refusal.get()))
              .toList());
    } catch (RuntimeException e) {
      pause(now, e);
      return 0;
    }
  }

  /** Writes the count of another minute or key, if one is due. */
  private void writeAnEarlierCount(KeyMinute current, Instant now) {
    counts.entrySet().removeIf(each -> each.getKey().hasEnded(now) && each.getValue().notKept == 0);
    for (Map.Entry<KeyMinute, Count> each : counts.entrySet()) {
      Count count = each.getValue();
      if (!each.getKey().equals(current) && count.notKept > 0 && !now.isBefore(count.nextWrite)) {
        log.reserve(each.getKey().keyId(), each.getKey().start(), 0, count.notKept);
        count.notKept = 0;
        count.nextWrite = now.plus(COUNT_INTERVAL);
        return;
      }
    }
  }

  private void pause(Instant now, RuntimeException cause) {
    nextCall = now.plus(COUNT_INTERVAL);
    errors.accept("refused pushes were counted and not recorded", cause);
  }
}
