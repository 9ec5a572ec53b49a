package com.natifico.postback.testing;

import com.natifico.postback.acceptance.Acceptance;
import com.natifico.postback.acceptance.Concurrently;
import com.natifico.postback.acceptance.EventDeliveries;
import com.natifico.postback.acceptance.Healing;
import com.natifico.postback.acceptance.TestConversions;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryObserver;
import com.natifico.postback.delivery.FollowUp;
import com.natifico.postback.delivery.HealthWatch;
import com.natifico.postback.delivery.LanedQueue;
import com.natifico.postback.delivery.Pacing;
import com.natifico.postback.delivery.Retention;
import com.natifico.postback.delivery.RetryPolicy;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.delivery.Sender;
import com.natifico.postback.delivery.SenderStores;
import com.natifico.postback.delivery.Timer;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.push.RefusedPushes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The complete path of a conversion with in-memory stores and queues, and a clock that the test
 * sets.
 */
public final class World {
  public final SettableClock clock = new SettableClock(Samples.NOW);
  public final InMemoryPostbackStore postbacks = new InMemoryPostbackStore();
  public final InMemorySigningKeyStore signingKeys = new InMemorySigningKeyStore();
  public final InMemoryEventStore events = new InMemoryEventStore();
  public final InMemoryDeliveryLog log;
  public final InMemoryCallbackQueue callbacks = new InMemoryCallbackQueue(clock);
  public final InMemoryCallbackQueue retries = new InMemoryCallbackQueue(clock);
  public final InMemoryCallbackQueue slow = new InMemoryCallbackQueue(clock);
  public final InMemoryDeadLetterQueue deadLetters = new InMemoryDeadLetterQueue();
  public final InMemoryPostbackHealth health = new InMemoryPostbackHealth(postbacks);
  public final InMemoryPaceStore paces = new InMemoryPaceStore(postbacks);
  public final List<String> complaints = new ArrayList<>();
  public final InMemoryPushLog pushes = new InMemoryPushLog();
  public final RefusedPushes refused =
      new RefusedPushes(pushes, clock, new Random(3), (what, _) -> complaints.add(what));
  public final ScriptedTransport tracker = new ScriptedTransport();
  private final RetrySchedule schedule;
  public final Acceptance acceptance;
  public final Sender sender;
  public final InMemoryWakeUps wakeUps;
  public final InMemoryCallLimits limits;
  public final Timer timer;
  public final TestConversions testConversions;

  /** With the default schedule of template.yaml. */
  public World() {
    this("1m,5m,15m,1h,4h,12h,24h");
  }

  public World(String schedule) {
    this(schedule, new Retention(Duration.ofDays(36_500)));
  }

  /** With rows that are deleted as soon as they have expired. */
  public World(Retention retention) {
    this("1m,5m,15m,1h,4h,12h,24h", retention);
  }

  private World(String schedule, Retention retention) {
    limits = new InMemoryCallLimits(clock);
    log = new InMemoryDeliveryLog(clock, retention);
    wakeUps = new InMemoryWakeUps(log);
    timer = new Timer(wakeUps, retries, clock);
    acceptance =
        new Acceptance(
            events,
            postbacks,
            new Healing(log, postbacks, events, clock),
            new LanedQueue(callbacks, slow),
            Concurrently.onVirtualThreads(),
            clock);
    this.schedule = RetrySchedule.parse(schedule);
    sender = newSender();
    testConversions =
        new TestConversions(
            acceptance,
            events,
            postbacks,
            new EventDeliveries(log, postbacks, events),
            clock,
            time -> {
              deliver();
              pass(time);
            },
            new Random(2));
  }

  /** Stores a postback. */
  public Postback given(Postback postback) {
    postbacks.create(postback);
    return postback;
  }

  /** Another worker. */
  public Sender newSender() {
    return new Sender(
        new SenderStores(log, postbacks, events, signingKeys.with(postbacks)),
        tracker,
        new FollowUp(
            new LanedQueue(retries, slow),
            deadLetters,
            new HealthWatch(health, postbacks, log, (what, _) -> complaints.add(what))),
        new RetryPolicy(schedule, new Random(1)),
        clock,
        DeliveryObserver.NONE,
        newPacing());
  }

  /** The pacing of another worker. */
  public Pacing newPacing() {
    return new Pacing(paces, this::pass, (what, _) -> complaints.add(what));
  }

  /** Pushes a conversion, which must be accepted. */
  public ConversionEvent push(Conversion conversion) {
    return ((Acceptance.Result.Accepted) acceptance.accept(conversion)).event();
  }

  public void pass(Duration time) {
    clock.advance(time);
  }

  /**
   * Passes all due messages of all queues to the sender, once; exceptions of the sender are thrown.
   */
  public int deliver() {
    return deliver(sender);
  }

  /** The same with another sender. */
  public int deliver(Sender other) {
    List<CallbackMessage> due = new ArrayList<>(callbacks.receive());
    due.addAll(retries.receive());
    due.addAll(slow.receive());
    due.forEach(other::handle);
    return due.size();
  }

  /** When the next message becomes visible; null if all queues are empty. */
  public @Nullable Instant nextVisibleAt() {
    return Stream.of(callbacks.nextVisibleAt(), retries.nextVisibleAt(), slow.nextVisibleAt())
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .orElse(null);
  }

  /**
   * When the timer must run so that the next retry is made in time, or is made again; null if no
   * row waits for it.
   */
  public @Nullable Instant nextWakeUp() {
    Instant done = wakeUps.completedUntil();
    Instant from = done == null || done.isBefore(clock.instant()) ? clock.instant() : done;
    return log.waking().stream()
        .map(row -> Objects.requireNonNull(row.wakeAt()))
        .flatMap(
            wakeAt ->
                Stream.concat(Stream.of(Duration.ofMinutes(-1)), Timer.AGES.stream())
                    .map(wakeAt::plus))
        .filter(time -> time.isAfter(from))
        .min(Instant::compareTo)
        .orElse(null);
  }

  private @Nullable Instant nextEvent() {
    return Stream.of(nextVisibleAt(), nextWakeUp())
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .orElse(null);
  }

  /**
   * Runs the timer as if it had run every minute before; it finds nothing in most of these minutes.
   */
  public void runTimer() {
    Instant lately = clock.instant().minus(Duration.ofMinutes(1));
    Instant done = wakeUps.completedUntil();
    if (done == null || done.isBefore(lately)) {
      wakeUps.complete(lately);
    }
    timer.run(() -> true);
  }

  /**
   * Moves the clock from message to message, and to the times at which the timer finds something,
   * until all queues are empty and no row waits.
   */
  public void deliverEverything() {
    deliverEverything(sender);
  }

  /** The same with another sender. */
  public void deliverEverything(Sender other) {
    for (int i = 0; i < 100_000; i++) {
      runTimer();
      deliver(other);
      Instant next = nextEvent();
      if (next == null) {
        return;
      }
      if (next.isAfter(clock.instant())) {
        clock.advance(Duration.between(clock.instant(), next));
      }
    }
    throw new AssertionError("messages are enqueued again without end");
  }

  /** The row of an event's callback, which must exist. */
  public Delivery delivery(ConversionEvent event, String postbackId) {
    return Objects.requireNonNull(
        log.find(event.conversion().affiliateId(), event.id().deliveryId(postbackId)));
  }

  /** All rows of the usual affiliate, by id. */
  public Map<String, Delivery> rows(ConversionEvent event) {
    return log.findAll(
        event.conversion().affiliateId(),
        event.callbacks().stream().map(event.id()::deliveryId).toList());
  }
}
