package com.natifico.postback.simulation;

import com.natifico.postback.simulation.Journal.Asked;
import com.natifico.postback.simulation.SimulatedTrackers.Call;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Checks the webhook-ids that the tracker of one delivery received, as a receiver that drops
 * repeats does: after a forced resend every request has an id that the tracker had not received
 * before it, and nothing else changes the id.
 */
final class WebhookIdCheck {
  private final String id;
  private final List<Request> requests;
  private final List<Asked> forced;
  private final Consumer<String> violations;

  /**
   * A request.
   *
   * @param basedOn the position at which its worker leased the row or, without a lease, read it
   */
  private record Request(Call call, long basedOn) {
    String webhookId() {
      return call.webhookId();
    }
  }

  /**
   * @param basedOn the position at which the worker of a request leased the row or, without a
   *     lease, read it
   * @param asked the requests of users to send the delivery again
   */
  WebhookIdCheck(
      String id,
      List<Call> calls,
      ToLongFunction<Call> basedOn,
      List<Asked> asked,
      Consumer<String> violations) {
    this.id = id;
    this.requests =
        calls.stream()
            .map(call -> new Request(call, basedOn.applyAsLong(call)))
            .sorted(Comparator.comparingLong(Request::basedOn))
            .toList();
    this.forced = asked.stream().filter(ask -> ask.force() != Asked.Force.NOT_REQUESTED).toList();
    this.violations = violations;
  }

  void check() {
    String last = id;
    long lastBasedOn = 0;
    for (Request request : requests) {
      if (!request.webhookId().equals(last) && !isForced(lastBasedOn, request.basedOn())) {
        report(request, "changes its webhook-id without a forced resend");
      }
      if (forced.stream().anyMatch(ask -> isIgnored(ask, request))) {
        report(request, "repeats a webhook-id after a forced resend");
      }
      last = request.webhookId();
      lastBasedOn = request.basedOn();
    }
  }

  /** Whether a forced resend may have changed the row between these positions. */
  private boolean isForced(long from, long to) {
    return forced.stream()
        .anyMatch(
            ask ->
                ask.since() < to && (ask.force() == Asked.Force.REQUESTED || ask.until() > from));
  }

  /** Whether this request has an id that the tracker had received before this forced resend. */
  private boolean isIgnored(Asked ask, Request request) {
    return ask.force() == Asked.Force.ACCEPTED
        && ask.until() < request.basedOn()
        && requests.stream()
            .anyMatch(
                earlier ->
                    earlier.call().order() < ask.since()
                        && earlier.webhookId().equals(request.webhookId()));
  }

  private void report(Request request, String what) {
    violations.accept("request %d %s".formatted(request.call().serial(), what));
  }
}
