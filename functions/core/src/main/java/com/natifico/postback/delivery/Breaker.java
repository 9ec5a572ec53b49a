package com.natifico.postback.delivery;

import com.natifico.postback.delivery.Transport.Exchange;
import com.natifico.postback.postback.Circuit;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackHealth;
import com.natifico.postback.postback.PostbackKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breakers of the postbacks' endpoints, so that an endpoint that is slow or hangs does
 * not use up the time of the workers that serve all endpoints. Callbacks of a slow endpoint are
 * sent in a lane of their own. If the circuit is open, they wait there without an attempt. After
 * the pause one worker makes one attempt; if the endpoint responds in time, the circuit is closed,
 * otherwise it stays open for about twice as long.
 *
 * <p>The state is stored with the postback, which every worker reads before an attempt anyway. It
 * is written only when it changes. If it cannot be written, this worker still uses what it has seen
 * itself. A breaker delays callbacks but never changes their outcome. Safe for use by several
 * threads.
 */
final class Breaker {
  /**
   * The consecutive attempts after which an endpoint that responds slowly is slow, and one that
   * hangs gets no more attempts. A single one may be an accident.
   */
  private static final int SLOW_ATTEMPTS = 2;

  /** A batch ends with its slowest attempt; a usual attempt takes a fifth of this time. */
  private static final int SLOW_MS = 1_000;

  /**
   * One attempt that takes this long is enough. Until then each batch with a callback for an
   * endpoint that hangs holds another worker, so the time is short; a false alarm moves callbacks
   * to the slow lane for a minute.
   */
  private static final int VERY_SLOW_MS = 1_500;

  /** A connection that is refused at once also means a failure, but costs no time. */
  private static final int HANGS_WITHOUT_ANSWER_MS = 1_000;

  /** An answer that takes longer than half of the time of an attempt is unusual. */
  private static final int HANGS_WITH_ANSWER_MS = 5_000;

  /** The limit of postbacks in memory; the least recently used one is removed first. */
  private static final int POSTBACKS = 10_000;

  /** How much of a worker's time an attempt took, and whether it was worth it. */
  private enum Pace {
    FAST,
    /** It took long, whatever its outcome. */
    SLOW,
    /** It took so long that one such attempt is enough, whatever its outcome. */
    VERY_SLOW,
    /** It took long and did not deliver. */
    HANGING;

    static Pace of(Exchange exchange) {
      int took = exchange.result().latency().totalMs();
      boolean hangs =
          switch (exchange.outcome()) {
            case TIMEOUT -> true;
            case CONNECT, TLS, DNS, INVALID_RESPONSE -> took >= HANGS_WITHOUT_ANSWER_MS;
            case HTTP_ERROR, DEFERRED_BY_RULE -> took >= HANGS_WITH_ANSWER_MS;
            case DELIVERED, REJECTED, REDIRECT, BLOCKED -> false;
          };
      return hangs ? HANGING : ofTime(took);
    }

    /** The pace of an attempt of which only the time is known. */
    static Pace ofTime(long ms) {
      return ms >= VERY_SLOW_MS ? VERY_SLOW : ms >= SLOW_MS ? SLOW : FAST;
    }
  }

  /** Where this worker has the state from. */
  private enum Source {
    /** From its own attempts; it is not stored. */
    OWN,
    /** It has stored the state itself; what it reads from a cache may be older. */
    WRITTEN,
    /** It has read the state; if it reads later that the circuit is closed, that is newer. */
    READ
  }

  /**
   * What this worker knows of a postback whose endpoint has been slow.
   *
   * @param slowAttempts the consecutive slow attempts that this worker has seen
   * @param left the state that this worker has ended, which a cache may still contain
   */
  private record Memory(int slowAttempts, Circuit circuit, Source source, Circuit left) {
    static final Memory NONE = new Memory(0, Circuit.CLOSED, Source.OWN, Circuit.CLOSED);

    Memory with(Circuit other, Source from) {
      return new Memory(slowAttempts, other, from, left);
    }

    /** The same state, after an attempt. */
    Memory counting(Pace pace) {
      return new Memory(pace == Pace.FAST ? 0 : slowAttempts + 1, circuit, source, left);
    }

    /** Another state, because of an attempt. */
    Memory entering(Circuit next) {
      return switch (next) {
        case Circuit.Closed _ -> new Memory(0, next, Source.OWN, circuit);
        case Circuit.Slow _, Circuit.Open _ ->
            new Memory(slowAttempts, next, source, isSamePeriod(next, circuit) ? left : circuit);
      };
    }

    /** The state that is stored, as far as this worker knows. */
    Circuit stored() {
      return source == Source.OWN ? Circuit.CLOSED : circuit;
    }

    /** Combines it with the state read from the store, which may be some seconds old. */
    Memory learn(Circuit read) {
      return switch (read) {
        case Circuit.Closed _ -> source == Source.READ ? NONE : this;
        case Circuit.Slow _, Circuit.Open _ ->
            isSamePeriod(read, left) || latest(read).isBefore(latest(circuit))
                ? this
                : with(read, Source.READ);
      };
    }
  }

  /** An attempt in progress. The sender that starts one also ends or abandons it. */
  static final class Running {
    private final Postback postback;
    private final Instant since;

    /** As what it is counted while it is in progress; guarded like the memories. */
    private Pace counted = Pace.FAST;

    private Running(Postback postback, Instant since) {
      this.postback = postback;
      this.since = since;
    }

    private Pace paceAt(Instant now) {
      return Pace.ofTime(Duration.between(since, now).toMillis());
    }

    private boolean isSlower(Instant now) {
      return paceAt(now).compareTo(counted) > 0;
    }
  }

  private final PostbackHealth health;
  private final BiConsumer<String, Throwable> errors;

  /** The attempts in progress, oldest first; guarded like the memories. */
  private final Set<Running> running = new LinkedHashSet<>();

  private final Map<PostbackKey, Memory> memories =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<PostbackKey, Memory> eldest) {
          return size() > POSTBACKS;
        }
      };

  /**
   * @param errors receives why a state could not be stored
   */
  Breaker(PostbackHealth health, BiConsumer<String, Throwable> errors) {
    this.health = health;
    this.errors = errors;
  }

  /**
   * Whether an attempt for this postback may be made now. If the circuit is half-open, the worker
   * that stores the next pause makes the attempt.
   *
   * @param postback as stored, possibly from a cache
   * @param inSlowLane whether the callback is in the slow lane already; only there are attempts at
   *     slow endpoints made
   * @return null if an attempt may be made; otherwise when to ask again, in the slow lane
   */
  @Nullable Instant deferredUntil(Postback postback, boolean inSlowLane, Instant now) {
    Memory before;
    Circuit.Open next;
    synchronized (memories) {
      Memory known = memories.getOrDefault(postback.key(), Memory.NONE);
      before = known.learn(postback.circuit());
      if (!before.equals(known)) {
        memories.put(postback.key(), before);
      }
      switch (before.circuit()) {
        case Circuit.Closed _ -> {
          return null;
        }
        case Circuit.Slow _ -> {
          return inSlowLane ? null : now;
        }
        case Circuit.Open open -> {
          if (!open.isHalfOpen(now)) {
            return open.until();
          }
          if (!inSlowLane) {
            return now;
          }
          next = open.again(now);
        }
      }
      memories.put(postback.key(), before.with(next, before.source()));
    }
    return switch (store(postback, before.stored(), next)) {
      case Circuit.Open other when !other.equals(next) ->
          other.isHalfOpen(now) ? next.until() : other.until();
      case Circuit.Open _, Circuit.Slow _, Circuit.Closed _ -> null;
    };
  }

  /**
   * Records the start of an attempt.
   *
   * @param postback as it was before the attempt
   */
  Running started(Postback postback, Instant now) {
    Running attempt = new Running(postback, now);
    synchronized (memories) {
      running.add(attempt);
    }
    return attempt;
  }

  /** Forgets an attempt, because its result is unknown; no effect after its end. */
  void abandoned(Running attempt) {
    synchronized (memories) {
      running.remove(attempt);
    }
  }

  /** Whether an attempt in progress is slow and not yet counted as such. */
  boolean hasSlowAttempts(Instant now) {
    synchronized (memories) {
      return running.stream().anyMatch(attempt -> attempt.isSlower(now));
    }
  }

  /**
   * Counts attempts in progress that are slow already, so that the other workers learn of an
   * endpoint that hangs before its attempt has ended. This moves callbacks to the slow lane; it
   * neither opens nor closes a circuit.
   */
  void reportSlowAttempts(Instant now) {
    List<Running> attempts;
    synchronized (memories) {
      attempts = running.stream().filter(attempt -> attempt.isSlower(now)).toList();
    }
    attempts.forEach(attempt -> report(attempt, now));
  }

  private void report(Running attempt, Instant now) {
    Memory known;
    Circuit next;
    synchronized (memories) {
      if (!running.contains(attempt) || !attempt.isSlower(now)) {
        return;
      }
      Pace pace = attempt.paceAt(now);
      known = counting(attempt, pace);
      attempt.counted = pace;
      next =
          known.circuit() instanceof Circuit.Open open
              ? open
              : next(known.circuit(), pace, known.slowAttempts(), now);
      if (!put(attempt.postback, known, next)) {
        return;
      }
    }
    store(attempt.postback, known.stored(), next);
  }

  /** Records the result of an attempt. */
  void ended(Running attempt, Exchange exchange, Instant now) {
    Postback postback = attempt.postback;
    Pace pace = Pace.of(exchange);
    Memory known;
    Circuit next;
    synchronized (memories) {
      running.remove(attempt);
      known = counting(attempt, pace);
      next = next(known.circuit(), pace, known.slowAttempts(), now);
      if (!put(postback, known, next)) {
        return;
      }
    }
    switch (next) {
      case Circuit.Closed _ -> end(postback, known.stored(), next);
      case Circuit.Slow _ when known.stored() instanceof Circuit.Open ->
          end(postback, known.stored(), next);
      case Circuit.Slow _, Circuit.Open _ -> store(postback, known.stored(), next);
    }
  }

  /** What is known with this attempt, which counts as slow only once. */
  private Memory counting(Running attempt, Pace pace) {
    Memory known =
        memories
            .getOrDefault(attempt.postback.key(), Memory.NONE)
            .learn(attempt.postback.circuit());
    return attempt.counted == Pace.FAST || pace == Pace.FAST ? known.counting(pace) : known;
  }

  /** Remembers the state after an attempt, and returns whether it is another one. */
  private boolean put(Postback postback, Memory known, Circuit next) {
    boolean changes = !next.equals(known.circuit());
    Memory after = changes ? known.entering(next) : known;
    if (!after.equals(memories.getOrDefault(postback.key(), Memory.NONE))) {
      memories.put(postback.key(), after);
    }
    return changes;
  }

  /** The state after an attempt. */
  private static Circuit next(Circuit current, Pace pace, int slowAttempts, Instant now) {
    return switch (current) {
      case Circuit.Closed closed ->
          switch (pace) {
            case FAST -> closed;
            case SLOW -> slowAttempts < SLOW_ATTEMPTS ? closed : new Circuit.Slow(now);
            case VERY_SLOW, HANGING -> new Circuit.Slow(now);
          };
      case Circuit.Slow slow ->
          switch (pace) {
            case FAST -> slow.mayClose(now) ? Circuit.CLOSED : slow;
            case SLOW, VERY_SLOW -> slow;
            case HANGING -> slowAttempts < SLOW_ATTEMPTS ? slow : Circuit.Open.at(now);
          };
      case Circuit.Open open ->
          switch (pace) {
            case FAST -> Circuit.CLOSED;
            case SLOW, VERY_SLOW -> new Circuit.Slow(now);
            // Attempts that were in progress together end together; they count only once.
            case HANGING -> open.isHalfOpen(now) ? open.again(now) : open;
          };
    };
  }

  /** Ends an open or slow state, also if another worker has stored a later pause of it. */
  private void end(Postback postback, Circuit left, Circuit next) {
    if (left instanceof Circuit.Closed) {
      return;
    }
    Circuit other = replace(postback, left, next);
    if (other != null && !other.equals(next) && isSamePeriod(other, left)) {
      other = replace(postback, other, next);
    }
    if (next.equals(other) && !(next instanceof Circuit.Closed)) {
      remember(postback, next);
    }
  }

  /** Stores the state and remembers what is stored then. */
  private Circuit store(Postback postback, Circuit expected, Circuit next) {
    Circuit stored = replace(postback, expected, next);
    if (stored == null) {
      return next;
    }
    remember(postback, stored);
    return stored;
  }

  private void remember(Postback postback, Circuit stored) {
    synchronized (memories) {
      Memory memory = memories.getOrDefault(postback.key(), Memory.NONE);
      switch (stored) {
        case Circuit.Closed _ -> memories.remove(postback.key());
        case Circuit.Slow _, Circuit.Open _ ->
            memories.put(postback.key(), memory.with(stored, Source.WRITTEN));
      }
    }
  }

  /**
   * @return what is stored then; null if it is unknown or the postback was changed
   */
  private @Nullable Circuit replace(Postback postback, Circuit expected, Circuit next) {
    try {
      return health.replaceCircuit(postback, expected, next);
    } catch (RuntimeException e) {
      errors.accept("the circuit is not stored for postback " + postback.postbackId(), e);
      return null;
    }
  }

  /** Whether both were entered by the same event; the pauses of an open circuit may differ. */
  private static boolean isSamePeriod(Circuit one, Circuit other) {
    return switch (one) {
      case Circuit.Closed _ -> other instanceof Circuit.Closed;
      case Circuit.Slow(Instant since) ->
          other instanceof Circuit.Slow slow && slow.since().equals(since);
      case Circuit.Open(Instant since, _) ->
          other instanceof Circuit.Open open && open.since().equals(since);
    };
  }

  /** The latest time in it: of two states of an endpoint, the later one was stored later. */
  private static Instant latest(Circuit circuit) {
    return switch (circuit) {
      case Circuit.Closed _ -> Instant.MIN;
      case Circuit.Slow(Instant since) -> since;
      case Circuit.Open(_, Instant until) -> until;
    };
  }
}
