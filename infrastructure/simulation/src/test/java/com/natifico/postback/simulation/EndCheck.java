package com.natifico.postback.simulation;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.simulation.SimulatedTrackers.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/** Checks the final state and the log of one delivery against what its tracker received. */
final class EndCheck {
  /** If a row has more attempts than it keeps, those after the first eight are omitted. */
  private static final int FIRST_KEPT = 8;

  private final Cloud cloud;
  private final History history;
  private final ConversionEvent event;
  private final String postbackId;
  private final String id;
  private final List<Journal.Effect> saves;
  private final int askedFor;
  private final RetryRule retryRule;
  private final Consumer<String> violations;

  /**
   * @param saves the saves of its row, in order
   * @param askedFor how often a user requested to send it again
   */
  EndCheck(
      Cloud cloud,
      History history,
      ConversionEvent event,
      String postbackId,
      List<Journal.Effect> saves,
      int askedFor,
      Consumer<String> violations) {
    this.cloud = cloud;
    this.history = history;
    this.event = event;
    this.postbackId = postbackId;
    this.id = event.id().value() + "." + postbackId;
    this.saves = saves;
    this.askedFor = askedFor;
    this.retryRule = new RetryRule(cloud.settings, event.test());
    this.violations = violations;
  }

  /**
   * @param end the final row
   * @param duplicates how many of its requests were made twice
   */
  void check(Delivery end, int duplicates) {
    checkLog(end, duplicates);
    checkEnd(end);
  }

  /** Checks that the log records each request once and correctly. */
  private void checkLog(Delivery end, int duplicates) {
    List<Call> recorded = new ArrayList<>();
    for (int i = 0; i < end.attempts().size(); i++) {
      Attempt attempt = end.attempts().get(i);
      Call call = cloud.trackers.callOf(attempt);
      int number = i < FIRST_KEPT ? i + 1 : i + 1 + end.history().omitted();
      if (call == null || !call.deliveryId().equals(id) || recorded.contains(call)) {
        violations.accept("attempt %d has no request of its own".formatted(i + 1));
      } else if (attempt.number() != number
          || attempt.outcome() != call.observed().outcome()
          || !Objects.equals(attempt.httpStatus(), call.observed().httpStatus())
          || !Objects.requireNonNullElse(attempt.forcedWebhookId(), id).equals(call.webhookId())) {
        violations.accept("attempt %d is recorded incorrectly".formatted(i + 1));
      } else {
        recorded.add(call);
      }
    }
    int maximum = cloud.settings.schedule().waits().size() + 1;
    long uncounted =
        cloud.trackers.calls().stream()
            .filter(call -> call.deliveryId().equals(id) && retryRule.mayBeUncounted(call))
            .count();
    if (end.history().count() > maximum * (1 + askedFor) + duplicates + uncounted) {
      violations.accept(end.history().count() + " attempts are more than the schedule allows");
    }
    long restarts =
        saves.stream()
                .mapToInt(save -> DeliveryCheck.rowOf(save).history().scheduleStart())
                .distinct()
                .count()
            - 1;
    if (restarts > askedFor + uncounted) {
      violations.accept("its schedule restarted without a request to resend");
    }
  }

  /** Checks that the final state is justified. */
  private void checkEnd(Delivery end) {
    boolean right =
        switch (end.state()) {
          case DELIVERED ->
              end.attempts().stream().anyMatch(each -> each.outcome() == Outcome.DELIVERED);
          case FAILED -> isFailedRightly(end);
          case HELD -> "paused".equals(Oracle.claimed(event).get(postbackId)) || wasPaused();
          case SUPERSEDED -> true; // See OrderCheck.
          case PENDING, RETRYING -> true; // Counted as lost.
        };
    if (!right) {
      violations.accept(
          "ended %s without cause".formatted(end.state().name().toLowerCase(Locale.ROOT)));
    }
  }

  private boolean isFailedRightly(Delivery end) {
    return switch (end.reason()) {
      case null -> isSpent(end) && hasDeadLetter(end);
      case POSTBACK_DELETED -> wasDeleted();
      case EXPIRED -> cloud.expirations.lastOf(id) != null;
      default -> false;
    };
  }

  private boolean isSpent(Delivery end) {
    Call last = end.attempts().isEmpty() ? null : cloud.trackers.callOf(end.attempts().getLast());
    return last != null && !retryRule.isRetried(end, last);
  }

  private boolean hasDeadLetter(Delivery end) {
    return event.test()
        || cloud.journal.effects().stream()
            .filter(effect -> effect.is("DeadLetterQueue", "send"))
            .map(DeliveryCheck::rowOf)
            .anyMatch(
                letter ->
                    letter.id().equals(id) && letter.attempts().size() == end.attempts().size());
  }

  private boolean wasDeleted() {
    return history.of(postbackId).stream().anyMatch(change -> change.to() == null);
  }

  private boolean wasPaused() {
    return saves.stream()
        .filter(save -> DeliveryCheck.rowOf(save).state() == DeliveryState.HELD)
        .allMatch(
            save ->
                history
                    .during(
                        postbackId, save.at().minus(Checker.staleness(cloud.settings)), save.at())
                    .stream()
                    .anyMatch(change -> change.to() != null && change.to().isPaused()));
  }
}
