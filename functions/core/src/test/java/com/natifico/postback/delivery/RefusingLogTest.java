package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.Unavailable;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.testing.ForwardingLog;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The sender while the delivery log is unavailable and the queues are available. */
final class RefusingLogTest {
  private static final int CALLBACKS = 2_000;

  private final World world = new World();
  private final List<ConversionEvent> events = new ArrayList<>();
  private final List<CallbackMessage> backedOff = new ArrayList<>();

  private void given(int callbacks) {
    world.given(Samples.postback("p1", Samples.OFFER));
    for (int i = 0; i < callbacks; i++) {
      events.add(world.push(Samples.conversion("c-" + i)));
    }
  }

  /** Even if every second write is refused, with or without effect, no request is repeated. */
  @Test
  void sendsEachRequestOnceWhileHalfOfTheRecordsAreRefused() {
    given(CALLBACKS);
    Random random = new Random(7);

    world.deliverEverything(sender(() -> false, random::nextBoolean));

    assertEquals(CALLBACKS, world.tracker.received().size());
    for (ConversionEvent event : events) {
      Delivery row = world.delivery(event, "p1");
      assertEquals(DeliveryState.DELIVERED, row.state());
      assertEquals(1, row.attempts().size());
    }
    assertTrue(backedOff.size() > CALLBACKS / 2, backedOff.size() + " were enqueued again");
  }

  @Test
  void keepsTheScheduleOfAttemptsWhoseRecordsAreRefused() {
    given(1);
    for (int i = 0; i < 8; i++) {
      world.tracker.answers(answer(500));
    }
    Random random = new Random(7);

    world.deliverEverything(sender(() -> false, random::nextBoolean));

    Delivery row = world.delivery(events.getFirst(), "p1");
    assertEquals(DeliveryState.FAILED, row.state());
    assertEquals(8, row.attempts().size());
    assertEquals(8, world.tracker.received().size());
    assertEquals(List.of(row), world.deadLetters.messages());
    List<Duration> waits = RetrySchedule.parse("1m,5m,15m,1h,4h,12h,24h").waits();
    for (int i = 0; i < waits.size(); i++) {
      Instant before = row.attempts().get(i).at();
      assertFalse(row.attempts().get(i + 1).at().isBefore(before.plus(waits.get(i))));
    }
  }

  @Test
  void deliversAutomaticallyAfterSixHoursWithoutTheTable() {
    given(50);
    Instant end = world.clock.instant().plus(Duration.ofHours(6));
    BooleanSupplier outage = () -> world.clock.instant().isBefore(end);

    world.deliverEverything(sender(outage, outage));

    assertEquals(50, world.tracker.received().size());
    Duration longest = Duration.ofMinutes(6).plusSeconds(1);
    for (ConversionEvent event : events) {
      Delivery row = world.delivery(event, "p1");
      assertEquals(DeliveryState.DELIVERED, row.state());
      Duration late = Duration.between(end, row.attempts().getFirst().at());
      assertTrue(late.compareTo(longest) < 0, late + " after the end of the outage");
    }
    assertTrue(
        backedOff.size() < 50 * 100, backedOff.size() + " messages were enqueued in six hours");
  }

  /** The postback's health counts an attempt as soon as it is recorded. */
  @Test
  void pausesAPostbackAfter410EvenIfTheRecordIsRefusedAtFirst() {
    given(1);
    world.tracker.answers(answer(410));
    int[] saves = {0};

    world.deliverEverything(sender(() -> false, () -> saves[0]++ < 3));

    assertTrue(Objects.requireNonNull(world.postbacks.find("77", "p1")).isPaused());
    assertEquals(1, world.tracker.received().size());
  }

  /** The queue hands out the message that carries the attempt twice. */
  @Test
  void countsAnAttemptOnceIfTwoWorkersStoreItAtTheSameTime() {
    given(1);
    world.tracker.answers(answer(500));
    InterruptedLog log = new InterruptedLog();
    Sender sender = sender(log);
    log.beforeSave =
        () -> {
          throw new Unavailable("refused", null);
        };
    sender.handle(world.callbacks.receive().getFirst());
    world.pass(Duration.ofMinutes(1));
    CallbackMessage carried = world.retries.receive().getFirst();

    log.beforeSave = () -> world.sender.handle(carried);
    sender.handle(carried);

    assertEquals(1, world.delivery(events.getFirst(), "p1").attempts().size());
    assertEquals(1, world.health.calls());
  }

  /** Something happens before the next write. */
  private final class InterruptedLog extends ForwardingLog {
    private @Nullable Runnable beforeSave;

    InterruptedLog() {
      super(world.log);
    }

    @Override
    public boolean save(Delivery row) {
      Runnable first = beforeSave;
      beforeSave = null;
      if (first != null) {
        first.run();
      }
      return super.save(row);
    }
  }

  /**
   * @param refusesReads whether a read is refused
   * @param refusesWrites whether a write is refused, or its response lost
   */
  private Sender sender(BooleanSupplier refusesReads, BooleanSupplier refusesWrites) {
    return sender(new RefusingLog(refusesReads, refusesWrites));
  }

  private Sender sender(DeliveryLog log) {
    return new Sender(
        new SenderStores(log, world.postbacks, world.events),
        world.tracker,
        new FollowUp(
            world.retries,
            world.deadLetters,
            new HealthWatch(world.health, world.postbacks, world.log, (_, _) -> {})),
        new RetryPolicy(RetrySchedule.parse("1m,5m,15m,1h,4h,12h,24h"), new Random(3)),
        world.clock,
        new DeliveryObserver() {
          @Override
          public void backedOff(CallbackMessage message, RuntimeException cause) {
            backedOff.add(message);
          }
        },
        world.newPacing());
  }

  private final class RefusingLog extends ForwardingLog {
    private final BooleanSupplier refusesReads;
    private final BooleanSupplier refusesWrites;
    private final Random random = new Random(11);

    RefusingLog(BooleanSupplier refusesReads, BooleanSupplier refusesWrites) {
      super(world.log);
      this.refusesReads = refusesReads;
      this.refusesWrites = refusesWrites;
    }

    @Override
    public @Nullable Delivery find(String affiliateId, String deliveryId) {
      if (refusesReads.getAsBoolean()) {
        throw new Unavailable("throttled", null);
      }
      return super.find(affiliateId, deliveryId);
    }

    @Override
    public boolean save(Delivery delivery) {
      if (!refusesWrites.getAsBoolean()) {
        return super.save(delivery);
      }
      if (!refusesReads.getAsBoolean() && random.nextInt(4) == 0) {
        super.save(delivery);
      }
      throw new Unavailable("throttled", null);
    }
  }
}
