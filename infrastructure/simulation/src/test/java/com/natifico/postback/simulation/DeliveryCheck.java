package com.natifico.postback.simulation;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.Lease;
import com.natifico.postback.delivery.Sender;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.simulation.SimulatedTrackers.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks one delivery: compares what its tracker received with what the log stored at the time. */
final class DeliveryCheck {
  /**
   * The ports that are used when an attempt cannot be recorded: the queue that carries the record
   * and, before a record that another worker has superseded, the ports of its consequences.
   */
  private static final Set<String> RECORDING = Set.of("CallbackQueue", "DeadLetterQueue");

  /** The ports by which a message is enqueued again and then deleted. */
  private static final Set<String> ENQUEUING = Set.of("CallbackQueue", "Acknowledging");

  /** A batch that starts no later than this has ended when its messages are visible again. */
  private static final Duration HARMLESS_LATENESS = Duration.ofSeconds(14);

  private final Cloud cloud;
  private final History history;
  private final ConversionEvent event;
  private final String postbackId;
  private final String id;
  private final @Nullable Delivery row;
  private final List<Call> calls;
  private final List<Journal.Effect> saves;
  private final List<Journal.Asked> asked;
  private final Consumer<String> violations;
  private int duplicates;

  /** Attempts made twice of which the tracker received at most one request. */
  private int unreceived;

  /**
   * @param row its last state; null if there is none
   * @param calls its requests, in order
   * @param saves the saves of its row, in order
   */
  DeliveryCheck(
      Cloud cloud,
      History history,
      ConversionEvent event,
      String postbackId,
      @Nullable Delivery row,
      List<Call> calls,
      List<Journal.Effect> saves,
      Consumer<String> violations) {
    this.cloud = cloud;
    this.history = history;
    this.event = event;
    this.postbackId = postbackId;
    this.id = event.id().value() + "." + postbackId;
    this.row = row;
    this.calls = calls;
    this.saves = saves;
    this.asked =
        cloud.journal.resends().stream()
            .filter(each -> each.covers(event.conversion().affiliateId(), id))
            .toList();
    this.violations = what -> violations.accept(id + ": " + what);
  }

  /** Returns the number of duplicate requests, each of which an allowed case explains. */
  int check() {
    calls.forEach(this::checkCall);
    new WebhookIdCheck(id, calls, this::basedOn, asked, violations).check();
    if (row != null) {
      new EndCheck(cloud, history, event, postbackId, saves, asked.size(), violations)
          .check(row, duplicates + unreceived);
    }
    return duplicates;
  }

  private void checkCall(Call call) {
    checkPostback(call);
    Delivery leased = leasedBefore(call);
    Delivery before = leased == null ? rowKnown(call) : leased;
    List<Attempt> made = before == null ? List.of() : before.attempts();
    if (before != null && !made.isEmpty()) {
      checkFollows(call, before, made);
    }
    checkOnce(call, made, before == null ? 0 : before.history().count());
  }

  /** Checks that the postback existed, was active and required exactly this request. */
  private void checkPostback(Call call) {
    List<History.Change> during =
        history.during(postbackId, call.at().minus(Checker.staleness(cloud.settings)), call.at());
    if (during.stream().noneMatch(change -> change.to() != null && !change.to().isPaused())) {
      violations.accept("request %d to a paused or deleted postback".formatted(call.serial()));
    }
    boolean right =
        history.of(postbackId).stream()
            .map(History.Change::to)
            .filter(Objects::nonNull)
            .anyMatch(
                postback ->
                    postback.affiliateId().equals(event.conversion().affiliateId())
                        && isRequired(call, Oracle.request(postback, event.conversion())));
    if (!right) {
      violations.accept("request %d differs from the postback's request".formatted(call.serial()));
    }
  }

  private static boolean isRequired(Call call, CallbackRequest expected) {
    return expected.url().equals(call.request().url())
        && call.headers().entrySet().containsAll(expected.headers().byName().entrySet());
  }

  /** Checks that this request may follow the attempts that were in the log when it was made. */
  private void checkFollows(Call call, Delivery before, List<Attempt> made) {
    Call last = cloud.trackers.callOf(made.getLast());
    if (last == null) {
      return;
    }
    if (asked.stream().anyMatch(ask -> ask.since() < call.order() && ask.until() > last.order())) {
      return;
    }
    RetryRule rule = new RetryRule(cloud.settings, event.test());
    if (!rule.isRetried(before, last)) {
      violations.accept("request %d after the last attempt".formatted(call.serial()));
      return;
    }
    Duration wait =
        rule.leastWait(before.history().count() - before.history().scheduleStart(), last);
    Instant earliest = last.endsAt().plus(wait);
    Instant requested = RetryRule.retryAfter(last);
    Instant due = requested.isAfter(earliest) ? requested : earliest;
    if (call.at().plus(cloud.settings.conditions().clockDifference()).isBefore(due)) {
      violations.accept("request %d at %s, before %s".formatted(call.serial(), call.at(), due));
    }
  }

  /**
   * Checks that an allowed case explains why an earlier request for the same attempt is not in the
   * log.
   */
  private void checkOnce(Call call, List<Attempt> made, int count) {
    for (Call earlier : calls) {
      if (earlier.order() >= call.order()
          || attemptsKnown(earlier) != count
          || isIn(made, earlier)) {
        continue;
      }
      boolean isExcused = isExcused(earlier, call);
      // A redrive has no end, so an allowed case is looked for first: it explains one more attempt.
      if (!isExcused
          && asked.stream()
              .anyMatch(ask -> ask.since() < call.order() && ask.until() > earlier.order())) {
        continue;
      }
      if (earlier.arrived() && call.arrived()) {
        duplicates++;
        if (!isExcused) {
          violations.accept(
              "requests %d and %d are the same attempt".formatted(earlier.serial(), call.serial()));
        }
        return;
      }
      if (isExcused) {
        unreceived++;
        return;
      }
    }
  }

  /**
   * The allowed cases: after the earlier request, its worker died, ran out of time, or could write
   * neither to the log nor to the queue; or it was a first attempt, which takes no lease, and there
   * were two messages for it; or its record was refused until its lease had ended, and a second
   * message requested the same attempt.
   */
  private boolean isExcused(Call earlier, Call call) {
    Worker worker = earlier.worker();
    Long death = cloud.journal.deathOf(worker);
    if (death != null && death > earlier.order() && death < call.order()) {
      return true;
    }
    if (cloud.journal.stops().stream()
        .anyMatch(
            stop ->
                stop.worker() == worker
                    && stop.order() > earlier.order()
                    && stop.order() < call.order())) {
      return true;
    }
    boolean unrecorded =
        cloud.journal.faults().stream()
            .anyMatch(
                fault ->
                    fault.step().worker() == worker
                        && RECORDING.contains(fault.step().port())
                        && fault.order() > earlier.order()
                        && fault.order() < call.order());
    boolean withoutLease = rowKnown(earlier) == null || rowKnown(call) == null;
    return unrecorded
        || (withoutLease && hasTwoMessages(call))
        || (isRefused(earlier, call)
            && !call.at()
                .plus(cloud.settings.conditions().clockDifference())
                .isBefore(endOfLease(earlier)));
  }

  /** When another worker may make the attempt of this request. */
  private Instant endOfLease(Call call) {
    Delivery leased = leasedBefore(call);
    Lease lease = leased == null ? null : leased.lease();
    return lease == null ? call.at().plus(Sender.LEASE) : lease.until();
  }

  private boolean isRefused(Call earlier, Call call) {
    return cloud.journal.faults().stream()
        .anyMatch(
            fault ->
                fault.step().worker() == earlier.worker()
                    && fault.step().port().equals("DeliveryLog")
                    && fault.order() > earlier.order()
                    && fault.order() < call.order());
  }

  /**
   * Whether there could be two messages for the first attempt: SQS delivered one twice or forgot a
   * delete, its batch started too late, or a worker that had enqueued it again did not delete it.
   */
  private boolean hasTwoMessages(Call call) {
    List<Journal.HandOut> received =
        cloud.journal.handOuts().stream()
            .filter(each -> each.order() < call.order() && each.deliveryId().equals(id))
            .toList();
    return received.stream().anyMatch(each -> isLeftBehind(each, call))
        || received.stream()
            .anyMatch(
                first ->
                    isHarmful(first)
                        && received.stream()
                            .anyMatch(
                                second -> isSame(first, second) && second.order() > first.order()));
  }

  /** Whether it is the same message; moving it back from another queue gives it another id. */
  private static boolean isSame(Journal.HandOut first, Journal.HandOut second) {
    return first.message().attempt() == second.message().attempt()
        && first.message().sentAt().equals(second.message().sentAt());
  }

  /** Whether the message can be delivered again while its batch is running. */
  private boolean isHarmful(Journal.HandOut each) {
    return !cloud.settings.mishaps().equals(SimulatedQueue.Mishaps.NONE)
        || each.at().isAfter(each.receivedAt().plus(HARMLESS_LATENESS));
  }

  /** Whether the message may still be in the queue although its worker has enqueued it again. */
  private boolean isLeftBehind(Journal.HandOut each, Call call) {
    Long death = cloud.journal.deathOf(each.worker());
    return (death != null && death > each.order() && death < call.order())
        || cloud.journal.stops().stream()
            .anyMatch(
                stop ->
                    stop.worker() == each.worker()
                        && stop.order() > each.order()
                        && stop.order() < call.order())
        || cloud.journal.faults().stream()
            .anyMatch(
                fault ->
                    fault.step().worker() == each.worker()
                        && ENQUEUING.contains(fault.step().port())
                        && fault.order() > each.order()
                        && fault.order() < call.order());
  }

  private boolean isIn(List<Attempt> made, Call call) {
    return made.stream().anyMatch(attempt -> call.equals(cloud.trackers.callOf(attempt)));
  }

  private int attemptsKnown(Call call) {
    Delivery before = rowKnown(call);
    return before == null ? 0 : before.history().count();
  }

  /**
   * The row on which the request was based: the stored row, or null if the worker read before the
   * row existed. Only a first attempt is made without a lease, so only then can the row be unknown
   * to the worker.
   */
  private @Nullable Delivery rowKnown(Call call) {
    Journal.Effect looked = lookOf(call);
    return looked != null && looked.result() == null ? null : rowBefore(call.order());
  }

  /** The last read of the row by the worker of this request; null if there was none. */
  private Journal.@Nullable Effect lookOf(Call call) {
    return cloud.journal.effectsBefore(call.order()).reversed().stream()
        .filter(effect -> effect.worker() == call.worker())
        .filter(effect -> effect.is("DeliveryLog", "find"))
        .filter(effect -> id.equals(effect.arguments().get(1)))
        .findFirst()
        .orElse(null);
  }

  /** The row of the lease under which the request was made; null if it was made without a lease. */
  private @Nullable Delivery leasedBefore(Call call) {
    Journal.Effect leased = leaseOf(call);
    return leased == null ? null : rowOf(leased);
  }

  /** The position at which the worker of this request leased the row or, without lease, read it. */
  private long basedOn(Call call) {
    Journal.Effect leased = leaseOf(call);
    Journal.Effect based = leased == null ? lookOf(call) : leased;
    return based == null ? 0 : based.order();
  }

  /**
   * The last lease that the worker of this request acquired before it. A save that keeps the lease
   * of the row, such as the record of an attempt that another message carries, is not one.
   */
  private Journal.@Nullable Effect leaseOf(Call call) {
    Journal.Effect acquired = null;
    Lease known = null;
    for (Journal.Effect save : saves) {
      Lease lease = rowOf(save).lease();
      if (save.order() < call.order() && save.worker() == call.worker()) {
        boolean isNew = lease != null && !lease.equals(known);
        acquired = isNew ? save : lease == null ? null : acquired;
      }
      known = lease;
    }
    return acquired;
  }

  private @Nullable Delivery rowBefore(long order) {
    Delivery last = null;
    for (Journal.Effect save : saves) {
      if (save.order() < order) {
        last = rowOf(save);
      }
    }
    return last;
  }

  static Delivery rowOf(Journal.Effect effect) {
    return (Delivery) Objects.requireNonNull(effect.arguments().getFirst());
  }
}
