package com.natifico.postback.simulation;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.Sender;
import com.natifico.postback.simulation.SimulatedTrackers.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Judges one delivery by what its tracker has seen and what stood in the log meanwhile. */
final class DeliveryCheck {
  /**
   * What takes over when an attempt cannot be recorded: the queue that the record travels on; and
   * before a record that another worker has overtaken, what follows from it.
   */
  private static final Set<String> RECORDING = Set.of("CallbackQueue", "DeadLetterQueue");

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

  /** Attempts made twice of which the tracker has seen at most one request. */
  private int unarrived;

  /**
   * @param row as it stands in the end; null if there is none
   * @param calls its requests, in their order
   * @param saves of its row, in their order
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

  /** How many requests were duplicates, each in the window that is stated. */
  int check() {
    calls.forEach(this::checkCall);
    if (row != null) {
      new EndCheck(cloud, history, event, postbackId, saves, asked.size(), violations)
          .check(row, duplicates + unarrived);
    }
    return duplicates;
  }

  private void checkCall(Call call) {
    checkPostback(call);
    Delivery before = rowKnown(call);
    List<Attempt> made = before == null ? List.of() : before.attempts();
    if (before != null && !made.isEmpty()) {
      checkFollows(call, before, made);
    }
    checkOnce(call, made);
  }

  /** That this postback was there and active, and asked for just this request. */
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
                        && Oracle.request(postback, event.conversion())
                            .url()
                            .equals(call.request().url()));
    if (!right) {
      violations.accept("request %d is not what the postback asks for".formatted(call.serial()));
    }
  }

  /** That this request may follow the attempts that were in the log when it was made. */
  private void checkFollows(Call call, Delivery before, List<Attempt> made) {
    Call last = cloud.trackers.callOf(made.getLast());
    if (last == null) {
      return;
    }
    if (asked.stream().anyMatch(ask -> ask.since() < call.order() && ask.until() > last.order())) {
      return;
    }
    if (!new Following(cloud.settings, event.test()).isRetried(before, last)) {
      violations.accept("request %d after the last attempt".formatted(call.serial()));
      return;
    }
    Duration wait =
        cloud.settings.schedule().waits().get(made.size() - before.history().scheduleStart() - 1);
    Instant earliest = last.endsAt().plus(wait);
    Instant told = Following.retryAfter(last);
    Instant due = told.isAfter(earliest) ? told : earliest;
    if (call.at().isBefore(due)) {
      violations.accept("request %d at %s, before %s".formatted(call.serial(), call.at(), due));
    }
  }

  /** That an earlier request for the same attempt is not in the log for a reason that is stated. */
  private void checkOnce(Call call, List<Attempt> made) {
    for (Call earlier : calls) {
      if (earlier.order() >= call.order()
          || attemptsKnown(earlier) != made.size()
          || isIn(made, earlier)
          || asked.stream()
              .anyMatch(ask -> ask.since() < call.order() && ask.until() > earlier.order())) {
        continue;
      }
      boolean isExcused = isExcused(earlier, call);
      if (earlier.arrived() && call.arrived()) {
        duplicates++;
        if (!isExcused) {
          violations.accept(
              "requests %d and %d are the same attempt".formatted(earlier.serial(), call.serial()));
        }
        return;
      }
      if (isExcused) {
        unarrived++;
        return;
      }
    }
  }

  /**
   * The window: after the earlier request its worker died, or ran out of time, or could neither
   * write to the log nor to the queue; or it was a first attempt whose message the queue has
   * delivered twice; or its record was refused until its lease had ended, and a second message
   * asked for the same attempt.
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
    return unrecorded
        || (rowKnown(earlier) == null && isHandedOutTwice(worker, call.worker()))
        || (isRefused(earlier, call) && !call.at().isBefore(earlier.at().plus(Sender.LEASE)));
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

  private boolean isHandedOutTwice(Worker one, Worker other) {
    return cloud.journal.handOuts().stream()
        .filter(each -> each.worker() == one && each.deliveryId().equals(id))
        .anyMatch(
            first ->
                cloud.journal.handOuts().stream()
                    .anyMatch(
                        second ->
                            second.worker() == other
                                && second.order() != first.order()
                                && second.sentAt().equals(first.sentAt())));
  }

  private boolean isIn(List<Attempt> made, Call call) {
    return made.stream().anyMatch(attempt -> call.equals(cloud.trackers.callOf(attempt)));
  }

  private int attemptsKnown(Call call) {
    Delivery before = rowKnown(call);
    return before == null ? 0 : before.attempts().size();
  }

  /**
   * The row by which the request was made: as it stood, unless its worker had looked before there
   * was one. Only a first attempt goes out without a lease, which is where its window begins.
   */
  private @Nullable Delivery rowKnown(Call call) {
    Journal.Effect looked = null;
    for (Journal.Effect effect : cloud.journal.effects()) {
      if (effect.order() < call.order()
          && effect.worker() == call.worker()
          && effect.is("DeliveryLog", "find")
          && id.equals(effect.arguments().get(1))) {
        looked = effect;
      }
    }
    return looked != null && looked.result() == null ? null : rowBefore(call.order());
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
