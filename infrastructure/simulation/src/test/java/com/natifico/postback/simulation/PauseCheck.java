package com.natifico.postback.simulation;

import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.simulation.SimulatedTrackers.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Judges the pauses: each for a cause, each once, and none forgotten. */
final class PauseCheck {
  /** As PostbackHealth.Streak pauses; stated here again, so that a change there is noticed. */
  private static final int FAILURES = 20;

  private static final Duration SPREAD = Duration.ofHours(24);

  /** A success that ended just before a pause may not have been in the log yet. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(40);

  private final Cloud cloud;
  private final History history;
  private final Consumer<String> violations;

  PauseCheck(Cloud cloud, History history, Consumer<String> violations) {
    this.cloud = cloud;
    this.history = history;
    this.violations = violations;
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

  /** That somebody said 410 since the postback was active. */
  private void checkGone(String postbackId, History.Transition transition) {
    Instant activeSince = activeSince(postbackId, transition);
    boolean said =
        callsOf(postbackId)
            .anyMatch(
                call ->
                    isGone(call)
                        && !call.endsAt().isBefore(activeSince)
                        && call.order() < transition.after().order());
    if (!said) {
      violations.accept("paused as gone and nobody had said so: " + postbackId);
    }
  }

  /** By the time that the change bears, which is a little before the time that it was written. */
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

  /** That it failed often and long enough, and with no success in between. */
  private void checkFailing(String postbackId, History.Transition transition) {
    Instant pausedAt = transition.after().at();
    Instant lastSuccess =
        callsOf(postbackId)
            .filter(call -> call.told().isDelivered() && isInTheLog(call))
            .map(Call::endsAt)
            .filter(end -> end.isBefore(pausedAt.minus(UNDER_WAY)))
            .max(Instant::compareTo)
            .orElse(Instant.MIN);
    List<Call> failures =
        callsOf(postbackId)
            .filter(call -> !call.told().isDelivered())
            .filter(call -> call.order() < transition.after().order())
            .filter(call -> call.endsAt().isAfter(lastSuccess))
            .toList();
    if (failures.size() < FAILURES || failures.getFirst().endsAt().plus(SPREAD).isAfter(pausedAt)) {
      violations.accept("paused as failing too soon: " + postbackId);
    }
  }

  private boolean isInTheLog(Call call) {
    return cloud.journal.effects().stream()
        .filter(effect -> effect.is("DeliveryLog", "save"))
        .filter(effect -> Boolean.TRUE.equals(effect.result()))
        .flatMap(effect -> DeliveryCheck.rowOf(effect).attempts().stream())
        .anyMatch(attempt -> call.equals(cloud.trackers.callOf(attempt)));
  }

  /** That a 410 that is in the log has had its consequence, unless somebody was faster. */
  private void checkPaused(Call call) {
    String postbackId = postbackOf(call);
    boolean changed =
        history.of(postbackId).stream().anyMatch(change -> !change.at().isBefore(call.at()));
    boolean before =
        history.during(postbackId, call.at(), call.at()).stream()
            .anyMatch(change -> change.to() == null || change.to().isPaused());
    boolean resent =
        cloud.journal.resends().stream()
            .filter(ask -> ask.until() > call.order())
            .anyMatch(
                ask -> call.deliveryId().equals(ask.deliveryId()) || ask.deliveryId() == null);
    // The second request of a first attempt that was delivered; the next one will say 410 again.
    boolean delivered =
        cloud.trackers.calls().stream()
            .filter(earlier -> earlier.order() < call.order())
            .filter(earlier -> earlier.deliveryId().equals(call.deliveryId()))
            .anyMatch(earlier -> earlier.told().isDelivered());
    if (!changed && !before && !resent && !delivered && isInTheLog(call) && !isTest(call)) {
      violations.accept("gone and not paused: " + postbackId);
    }
  }

  private boolean isGone(Call call) {
    Integer status = call.told().httpStatus();
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
