package com.natifico.postback.delivery;

import com.natifico.postback.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Enqueues the messages of rows whose wake time has come: those of long waits, which have no
 * message until then, and those whose message was lost.
 *
 * <p>It writes nothing to the rows, because a write costs a write of the index as well. Instead, it
 * looks at each row at fixed times after its wake time, as long as the row keeps this wake time. A
 * message that is not needed does no harm ({@link SendDecision}).
 *
 * <p>Its progress is one time: everything that was to be done until then has been done. It is
 * stored after the messages were enqueued, so a crash leads to messages that are enqueued twice.
 */
public final class Timer {
  /** Messages are enqueued before they are due, with a delay, so that they are not late. */
  static final Duration AHEAD = Duration.ofSeconds(75);

  /** When an attempt that is due gets a message again. */
  static final Duration OVERDUE_AFTER = Duration.ofMinutes(5);

  /** The age of a wake time up to which the timer looks at the row every five minutes. */
  static final Duration OFTEN_UNTIL = Duration.ofMinutes(40);

  /**
   * The ages of a wake time at which the timer looks at its row again. The last one is before the
   * row may be deleted ({@link Retention#AFTER_LAST_USE}).
   */
  public static final List<Duration> AGES =
      Stream.concat(
              IntStream.rangeClosed(1, (int) OFTEN_UNTIL.dividedBy(OVERDUE_AFTER))
                  .mapToObj(OVERDUE_AFTER::multipliedBy),
              IntStream.of(1, 2, 4, 8, 16, 24, 48, 96, 192, 360).mapToObj(Duration::ofHours))
          .toList();

  /** An attempt that stays overdue gets a message after these times, and later at each look. */
  private static final List<Duration> AGAIN =
      List.of(OVERDUE_AFTER, Duration.ofMinutes(15), Duration.ofMinutes(45));

  /** The interval of the schedule in template.yaml. */
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** The messages that are collected before they are sent, so that few requests are needed. */
  private static final int MAX_TOGETHER = 100;

  private static final Duration MAX_SLICE = OVERDUE_AFTER;

  private final WakeUps wakeUps;
  private final CallbackQueue retries;
  private final InstantSource clock;

  /**
   * What a run did.
   *
   * @param due the messages of attempts that are due
   * @param overdue the messages of attempts whose message seems to be lost
   * @param completedUntil the progress
   */
  public record Report(int due, int overdue, Instant completedUntil) {
    private Report plus(List<Waking> enqueued) {
      int again = (int) enqueued.stream().filter(Waking::isOverdue).count();
      return new Report(due + enqueued.size() - again, overdue + again, completedUntil);
    }

    private Report until(Instant time) {
      return new Report(due, overdue, time);
    }
  }

  /** A message that is enqueued. */
  private record Waking(CallbackMessage message, boolean isOverdue) {}

  /** The queue accepted none of the messages. The work is done again by the next run. */
  public static final class QueueRefuses extends RuntimeException {
    private static final long serialVersionUID = 1;

    QueueRefuses() {
      super("the queue did not accept the messages of the timer");
    }
  }

  public Timer(WakeUps wakeUps, CallbackQueue retries, InstantSource clock) {
    this.wakeUps = wakeUps;
    this.retries = retries;
    this.clock = clock;
  }

  /**
   * Does what was to be done since the last run.
   *
   * @param hasTime whether there is time for more; the rest is left to the next run
   * @throws QueueRefuses if the queue accepts nothing
   */
  public Report run(BooleanSupplier hasTime) {
    Instant now = clock.instant();
    Instant stored = wakeUps.completedUntil();
    Instant from = stored == null ? now.minus(MAX_SLICE) : stored;
    Report report = new Report(0, 0, from);
    // The first slice is the usual one, so that a run always makes progress, however much is due.
    Duration slice = MINUTE;
    while (from.isBefore(now) && hasTime.getAsBoolean()) {
      Instant end = from.plus(slice);
      Slice work = new Slice(from, end.isBefore(now) ? end : now);
      report = work(work, report).until(work.until());
      wakeUps.complete(work.until());
      from = work.until();
      slice = slice.plus(slice).compareTo(MAX_SLICE) < 0 ? slice.plus(slice) : MAX_SLICE;
    }
    return report;
  }

  private Report work(Slice slice, Report before) {
    Report report = before;
    List<WakeUps.Range> ranges = slice.ranges();
    List<Waking> waking = new ArrayList<>();
    for (int shard = 0; shard < WakeUps.SHARDS; shard++) {
      String next = null;
      do {
        Page<Delivery> page = wakeUps.find(shard, ranges, next);
        addWaking(page.items(), slice, waking);
        if (waking.size() >= MAX_TOGETHER) {
          report = report.plus(enqueue(waking));
          waking.clear();
        }
        next = page.next();
      } while (next != null);
    }
    return report.plus(enqueue(waking));
  }

  /** Adds the messages that these rows need. */
  private void addWaking(List<Delivery> rows, Slice slice, List<Waking> waking) {
    Instant now = clock.instant();
    for (Delivery row : rows) {
      Look look = slice.lookAt(row);
      if (look != null && !row.isLeased(now) && look.calls(row)) {
        CallbackMessage message = message(row, now);
        if (message != null) {
          waking.add(new Waking(message, !look.isFirst()));
        }
      }
    }
  }

  private List<Waking> enqueue(List<Waking> waking) {
    List<CallbackMessage> messages = waking.stream().map(Waking::message).toList();
    // A single refused message is sent at the next look.
    if (!messages.isEmpty() && retries.send(messages).size() >= messages.size()) {
      throw new QueueRefuses();
    }
    return waking;
  }

  /** The message that the row waits for; null if it waits for none. */
  private static @Nullable CallbackMessage message(Delivery row, Instant now) {
    return switch (row.status()) {
      case DeliveryStatus.Retrying retrying ->
          new CallbackMessage(
              row.callback(), row.history().count() + 1, retrying.nextAttemptAt(), now);
      case DeliveryStatus.Pending _ ->
          new CallbackMessage(row.callback(), row.history().count() + 1, now, now);
      case DeliveryStatus.Failed failed ->
          failed.recordedBy() == null
              ? null
              : CallbackMessage.named(row.callback(), failed.recordedBy(), now);
      case DeliveryStatus.Delivered _,
          DeliveryStatus.Unsent _,
          DeliveryStatus.Held _,
          DeliveryStatus.Superseded _ ->
          null;
    };
  }

  /** The part of the work that belongs to these times. */
  private record Slice(Instant from, Instant until) {
    List<WakeUps.Range> ranges() {
      return looks().map(Look::range).toList();
    }

    /** The look that this slice takes at the row; null if the row has changed. */
    @Nullable Look lookAt(Delivery row) {
      Instant wakeAt = row.wakeAt();
      return wakeAt == null
          ? null
          : looks().filter(look -> look.range().contains(wakeAt)).findFirst().orElse(null);
    }

    private Stream<Look> looks() {
      return IntStream.rangeClosed(-1, AGES.size() - 1).mapToObj(i -> new Look(this, i));
    }
  }

  /**
   * One look at the rows of a range of wake times.
   *
   * @param index of its age; -1 for the look ahead
   */
  private record Look(Slice slice, int index) {
    boolean isFirst() {
      return index < 0;
    }

    WakeUps.Range range() {
      Duration age = age(index);
      return new WakeUps.Range(slice.from().minus(age), slice.until().minus(age));
    }

    private static Duration age(int index) {
      return index < 0 ? AHEAD.negated() : AGES.get(index);
    }

    /** Whether the row gets a message. */
    boolean calls(Delivery row) {
      Instant wakeAt = row.wakeAt();
      if (wakeAt == null) {
        return false;
      }
      Instant due = row.nextAttemptAt() == null ? wakeAt : row.nextAttemptAt();
      if (isFirst()) {
        return due.equals(wakeAt);
      }
      Duration overdue = Duration.between(due, slice.until());
      if (age(index).compareTo(OFTEN_UNTIL) > 0) {
        return overdue.compareTo(OVERDUE_AFTER) >= 0;
      }
      Duration before = Duration.between(due, wakeAt.plus(age(index - 1)));
      return AGAIN.stream()
          .anyMatch(again -> overdue.compareTo(again) >= 0 && before.compareTo(again) < 0);
    }
  }
}
