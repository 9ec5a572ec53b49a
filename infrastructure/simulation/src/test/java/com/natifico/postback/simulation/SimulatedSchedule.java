package com.natifico.postback.simulation;

import com.natifico.postback.aws.testing.TimeLeft;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.Timer;
import com.natifico.postback.functions.timer.TimerFunction;
import com.natifico.postback.testing.InMemoryDeliveryLog;
import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The schedule of the timer: invokes it every minute. Minutes in which it would find nothing are
 * left out, so that a day passes in a few runs and a simulation ends.
 */
final class SimulatedSchedule {
  /** As in template.yaml. */
  private static final Duration TIMEOUT = Duration.ofSeconds(55);

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** The timer enqueues messages at most this time before they are due. */
  private static final Duration AHEAD = Duration.ofSeconds(75);

  private final Scheduler scheduler;
  private final SettableClock clock;
  private final Journal journal;
  private final RunTrace trace;
  private final EngineObserver observer;
  private final Window stopped;
  private final InMemoryDeliveryLog log;
  private final WakeIndex index;
  private final Function<String, Environment> environments;
  private final Scheduler.Signal change;
  private final boolean everyMinute;
  private int generation;
  private boolean disabled;

  /** A running timer. */
  record Environment(Worker worker, TimerFunction function) {}

  /**
   * @param change is raised when a row has got a wake time
   * @param environments starts a timer with this name
   */
  SimulatedSchedule(
      Cloud cloud,
      Wiring wiring,
      WakeIndex index,
      Scheduler.Signal change,
      Function<String, Environment> environments) {
    this.scheduler = cloud.scheduler;
    this.clock = cloud.clock;
    this.journal = cloud.journal;
    this.trace = cloud.trace;
    this.observer = wiring.observer();
    this.everyMinute = wiring.runsTimerEveryMinute();
    this.stopped = cloud.settings.conditions().window(Outage.TIMER_STOPPED);
    this.log = cloud.log;
    this.index = index;
    this.environments = environments;
    this.change = change;
  }

  void start() {
    index.complete(clock.instant());
    scheduler.spawn(null, this::run);
  }

  /** The timer is not invoked from now on. */
  void disable() {
    disabled = true;
  }

  private void run() {
    Environment environment = environment();
    Instant minute = clock.instant();
    while (true) {
      Instant work = nextWork();
      if (work == null && !everyMinute) {
        scheduler.await(change, null);
        continue;
      }
      Instant due =
          everyMinute ? minute.plus(MINUTE) : minuteFrom(minute, Objects.requireNonNull(work));
      if (due.isAfter(clock.instant())) {
        scheduler.await(change, due);
        continue;
      }
      minute = due;
      if (disabled || stopped.covers(clock.instant())) {
        continue;
      }
      skipIdleMinutes(work);
      invoke(environment);
      if (!environment.worker().isAlive()) {
        environment = environment();
      }
    }
  }

  private Environment environment() {
    generation++;
    return environments.apply(generation == 1 ? "timer" : "timer." + generation);
  }

  /** The first minute after this one in which the work can be done. */
  private static Instant minuteFrom(Instant minute, Instant work) {
    Instant next = minute.plus(MINUTE);
    if (!work.isAfter(next)) {
      return next;
    }
    long minutes = Duration.between(minute, work.plus(MINUTE).minusNanos(1)).toMinutes();
    return minute.plus(MINUTE.multipliedBy(minutes));
  }

  /** When the timer next finds a row; null if it finds none. */
  private @Nullable Instant nextWork() {
    Instant done = Objects.requireNonNull(index.completedUntil());
    return log.waking().stream()
        .map(Delivery::wakeAt)
        .filter(Objects::nonNull)
        .flatMap(
            wakeAt ->
                Stream.concat(Stream.of(AHEAD.negated()), Timer.AGES.stream()).map(wakeAt::plus))
        .filter(time -> time.isAfter(done))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** The progress of the runs that would have found nothing. */
  private void skipIdleMinutes(@Nullable Instant work) {
    Instant latest = clock.instant().minus(MINUTE);
    Instant idle = work == null || work.isAfter(latest) ? latest : work.minusMillis(1);
    if (idle.isAfter(Objects.requireNonNull(index.completedUntil()))) {
      index.complete(idle);
    }
  }

  private void invoke(Environment environment) {
    Worker worker = environment.worker();
    Instant deadline = clock.instant().plus(TIMEOUT);
    worker.mustEndBy(deadline);
    Scheduler.Task task = scheduler.current();
    task.runsIn(worker);
    trace.add(worker, () -> "is invoked");
    try {
      environment
          .function()
          .run(new TimeLeft(() -> (int) Duration.between(clock.instant(), deadline).toMillis()));
    } catch (Killed e) {
      journal.died(worker);
      observer.failed(FunctionName.TIMER);
    } catch (RuntimeException e) {
      trace.add(worker, () -> "fails: " + e);
      observer.failed(FunctionName.TIMER);
    } finally {
      task.runsIn(null);
    }
  }
}
