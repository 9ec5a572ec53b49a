package com.natifico.postback.postback;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The newest answers of a store, by what was asked. The answers that are closest to the end of
 * their time are removed first. Thread-safe.
 */
final class RecentAnswers<K, V> {
  private record Answer<V>(V value, Instant askedAt, long weight) {}

  private final Duration timeToLive;
  private final InstantSource clock;
  private final long capacity;
  private final ToLongFunction<V> weigher;

  /** The oldest first. */
  private final Map<K, Answer<V>> answers = new LinkedHashMap<>();

  private long weight;

  /**
   * @param capacity the limit of the weights of all answers together
   */
  RecentAnswers(
      Duration timeToLive, InstantSource clock, long capacity, ToLongFunction<V> weigher) {
    this.timeToLive = timeToLive;
    this.clock = clock;
    this.capacity = capacity;
    this.weigher = weigher;
  }

  /** The age counts from before the read, so that an edit never takes longer to become visible. */
  V get(K key, Function<K, V> ask) {
    return get(key, _ -> true, ask);
  }

  /** The same, without an answer that is not usable. */
  V get(K key, Predicate<V> isUsable, Function<K, V> ask) {
    Instant now = clock.instant();
    Answer<V> known;
    synchronized (answers) {
      known = answers.get(key);
    }
    if (known != null && isFresh(known.askedAt, now) && isUsable.test(known.value)) {
      return known.value;
    }
    V value = ask.apply(key);
    if (timeToLive.isPositive()) {
      keep(key, new Answer<>(value, now, weigher.applyAsLong(value)));
    }
    return value;
  }

  private void keep(K key, Answer<V> answer) {
    synchronized (answers) {
      Answer<V> replaced = answers.remove(key);
      weight += answer.weight - (replaced == null ? 0 : replaced.weight);
      answers.put(key, answer);
      Iterator<Answer<V>> oldest = answers.values().iterator();
      while (oldest.hasNext()) {
        Answer<V> next = oldest.next();
        if (weight <= capacity && !isExpired(next.askedAt, answer.askedAt)) {
          return;
        }
        oldest.remove();
        weight -= next.weight;
      }
    }
  }

  /** A clock that was set back does not extend the age. */
  private boolean isFresh(Instant askedAt, Instant now) {
    return !now.isBefore(askedAt) && !isExpired(askedAt, now);
  }

  /** An answer that was asked for later than this one may arrive before it; it is not expired. */
  private boolean isExpired(Instant askedAt, Instant now) {
    return !now.isBefore(askedAt.plus(timeToLive));
  }
}
