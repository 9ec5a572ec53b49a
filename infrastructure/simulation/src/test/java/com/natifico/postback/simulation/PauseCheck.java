package com.natifico.postback.simulation;

import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.simulation.SimulatedTrackers.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks the pauses: each has a cause and happens once, and none is missing. */
final class PauseCheck {
  /**
   * The same value as in PostbackHealth.Streak; repeated here so that a change there is noticed.
   */
  private static final int FAILURES = 20;

  private static final Duration SPREAD = Duration.ofHours(24);

  /** A success that ended this shortly before a pause may not have been in the log yet. */
  private static final Duration MAX_LOG_DELAY = Duration.ofSeconds(40);

  private final Cloud cloud;
  private final History history;
  private final Consumer<String> violations;
  private final Duration clockDifference;

  PauseCheck(Cloud cloud, History history, Consumer<String> violations) {
    this.cloud = cloud;
    this.history = history;
    this.violations = violations;
    this.clockDifference = cloud.settings.conditions().clockDifference();
  }

  void check() {
    history.transitions().forEach(this::checkTransition);
    cloud.trackers.calls().stream().filter(this::isGone).forEach(this::checkPaused);
  }

  private void checkTransition(History.Transition transition) {
    Postback before = transition.before().to();
    Postback after = transition.after().to();
    boolean byHand = transition.after().by().toString().startsWith("api");
    if (before == null
        || after == null
        || !(after.status() instanceof PostbackStatus.Paused(PausedReason reason))
        || byHand) {
      return;
    }
    if (before.isPaused()) {
      violations.accept("paused twice: " + after.postbackId());
    } else if (reason == PausedReason.GONE) {
      checkGone(after.postbackId(), transition);
    } else {
      checkFailing(after.postbackId(), transition);
    }
  }

  /** Checks that a tracker returned 410 since the postback was active. */
  private void checkGone(String postbackId, History.Transition transition) {
    Instant activeSince = activeSince(postbackId, transition);
    boolean said =
        callsOf(postbackId)
            .anyMatch(
                call ->
                    isGone(call)
                        && !call.endsAt().plus(clockDifference).isBefore(activeSince)
                        && call.order() < transition.after().order());
    if (!said) {
      violations.accept("paused as gone without a 410: " + postbackId);
    }
  }

  /** The time stored in the change, which is slightly before the time of writing. */
  private Instant activeSince(String postbackId, History.Transition transition) {
    Instant since = transition.before().at();
    List<History.Change> all = history.of(postbackId);
    for (int i = all.indexOf(transition.before()); i >= 0; i--) {
      Postback state = all.get(i).to();
      if (state == null || state.isPaused()) {
        break;
      }
      since = state.revision().updatedAt();
    }
    return since;
  }

  /** Checks that it failed often and long enough, without a success in between. */
  private void checkFailing(String postbackId, History.Transition transition) {
    Instant pausedAt = transition.after().at();
    Instant lastSuccess =
        callsOf(postbackId)
            .filter(call -> call.observed().isDelivered() && isInTheLog(call))
            .map(Call::endsAt)
            .filter(end -> end.isBefore(pausedAt.minus(MAX_LOG_DELAY)))
            .max(Instant::compareTo)
            .orElse(Instant.MIN);
    List<Call> failures =
        callsOf(postbackId)
            .filter(call -> call.observed().isCounted())
            .filter(call -> call.order() < transition.after().order())
            .filter(call -> call.endsAt().isAfter(lastSuccess))
            .toList();
    if (failures.size() < FAILURES
        || failures.getFirst().endsAt().plus(SPREAD).isAfter(pausedAt.plus(clockDifference))) {
      violations.accept("paused as failing too soon: " + postbackId);
    }
  }

  private boolean isInTheLog(Call call) {
    return recorded(call).isPresent();
  }

  /** The attempt that the log records for the request. */
  private Optional<Attempt> recorded(Call call) {
    return cloud.journal.effects().stream()
        .filter(effect -> effect.is("DeliveryLog", "save"))
        .filter(effect -> Boolean.TRUE.equals(effect.result()))
        .flatMap(effect -> DeliveryCheck.rowOf(effect).attempts().stream())
        .filter(attempt -> call.equals(cloud.trackers.callOf(attempt)))
        .findFirst();
  }

  /**
   * Checks that a logged 410 paused the postback, unless another change came first. A worker takes
   * the time of an attempt before it sends the request, and may be held up in between.
   */
  private void checkPaused(Call call) {
    Optional<Attempt> recorded = recorded(call);
    if (recorded.isEmpty()) {
      return;
    }
    Instant said = recorded.get().at();
    String postbackId = postbackOf(call);
    boolean changed =
        history.of(postbackId).stream()
            .anyMatch(change -> !change.at().plus(clockDifference).isBefore(said));
    boolean before =
        history.during(postbackId, call.at(), call.at()).stream()
            .anyMatch(change -> change.to() == null || change.to().isPaused());
    boolean resent =
        cloud.journal.resends().stream()
            .filter(ask -> ask.until() > call.order())
            .anyMatch(
                ask -> call.deliveryId().equals(ask.deliveryId()) || ask.deliveryId() == null);
    // Two requests for a first attempt, one of them delivered; the next request will get 410 again.
    boolean delivered =
        cloud.trackers.calls().stream()
            .filter(other -> other.deliveryId().equals(call.deliveryId()))
            .anyMatch(other -> other.observed().isDelivered());
    if (!changed && !before && !resent && !delivered && !isTest(call)) {
      violations.accept("gone and not paused: " + postbackId);
    }
  }

  private boolean isGone(Call call) {
    Integer status = call.observed().httpStatus();
    return status != null && status == 410;
  }

  private static boolean isTest(Call call) {
    return call.request().url().contains("cid=test");
  }

  private java.util.stream.Stream<Call> callsOf(String postbackId) {
    return cloud.trackers.calls().stream()
        .filter(call -> postbackOf(call).equals(postbackId) && !isTest(call));
  }

  private static String postbackOf(Call call) {
    return call.deliveryId().substring(call.deliveryId().indexOf('.') + 1);
  }
}
