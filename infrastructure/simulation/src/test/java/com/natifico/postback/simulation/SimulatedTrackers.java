package com.natifico.postback.simulation;

import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The affiliates' endpoints, and the network between them and a worker. */
final class SimulatedTrackers {
  private final Scheduler scheduler;
  private final SettableClock clock;
  private final Journal journal;
  private final RunTrace trace;
  private final Window unreachable;
  private final Map<String, Behaviour> endpoints = new HashMap<>();
  private final Map<String, Integer> requests = new HashMap<>();
  private final List<Call> calls = new ArrayList<>();

  /** The behaviour of an endpoint. */
  @FunctionalInterface
  interface Behaviour {
    /**
     * @param nth the number of the request to this endpoint, from 1
     */
    Reply reply(int nth, Instant now);
  }

  /**
   * A request.
   *
   * @param order the position among all entries of the journal
   * @param serial part of the reply, so that attempts in the log identify their requests
   * @param headers those that the sender adds to what HTTP requires
   * @param reply what the endpoint did
   * @param observed what the worker observes, or would observe if it were alive
   */
  record Call(
      long order,
      int serial,
      Instant at,
      Instant endsAt,
      Worker worker,
      CallbackRequest request,
      Map<String, String> headers,
      Reply reply,
      Reply observed) {
    String webhookId() {
      return headers.getOrDefault("webhook-id", "");
    }

    /** Its delivery: the header without the number that a forced resend adds. */
    String deliveryId() {
      String id = webhookId();
      int postback = id.indexOf('.') + 1;
      int forced = id.indexOf('.', postback);
      return forced < 0 ? id : id.substring(0, forced);
    }

    boolean arrived() {
      return reply.arrives();
    }
  }

  /**
   * @param unreachable when no request reaches any endpoint
   */
  SimulatedTrackers(
      Scheduler scheduler,
      SettableClock clock,
      Journal journal,
      RunTrace trace,
      Window unreachable) {
    this.scheduler = scheduler;
    this.clock = clock;
    this.journal = journal;
    this.trace = trace;
    this.unreachable = unreachable;
  }

  /** Sets the behaviour of an endpoint; without it, an endpoint works correctly. */
  void describe(String endpoint, Behaviour behaviour) {
    endpoints.put(endpoint, behaviour);
  }

  /** All requests, in order. */
  List<Call> calls() {
    return calls;
  }

  /** The transport of a worker. */
  Transport of(Worker worker) {
    return (request, headers, _) -> finish(arrive(worker, request, headers, null));
  }

  /** Makes a request; it takes effect even if the worker dies. */
  Call arrive(
      Worker worker, CallbackRequest request, Map<String, String> headers, @Nullable Fault fault) {
    String endpoint = request.endpoint();
    Reply reply = reply(endpoint, fault);
    Reply observed = fault == Fault.ANSWER_LOST && reply.arrives() ? Reply.timeout() : reply;
    Call call =
        new Call(
            journal.next(),
            calls.size() + 1,
            clock.instant(),
            clock.instant().plus(observed.latency()),
            worker,
            request,
            Map.copyOf(headers),
            reply,
            observed);
    calls.add(call);
    trace.add(
        endpoint,
        () ->
            (call.arrived() ? "gets" : "never gets")
                + " request %d, %s of %s: %s"
                    .formatted(call.serial(), request.url(), call.webhookId(), describe(reply)));
    return call;
  }

  private Reply reply(String endpoint, @Nullable Fault fault) {
    if (unreachable.covers(clock.instant())) {
      return Reply.unsent(calls.size() % 2 == 0 ? Outcome.DNS : Outcome.CONNECT);
    }
    return fault == Fault.REFUSED
        ? Reply.unsent(Outcome.CONNECT)
        : endpoints
            .getOrDefault(endpoint, (_, _) -> Reply.status(200))
            .reply(requests.merge(endpoint, 1, Integer::sum), clock.instant());
  }

  /** Completes the request for a worker that is still alive. */
  Transport.Answer finish(Call call) {
    scheduler.pause(call.observed().latency());
    Reply observed = call.observed();
    Integer status = observed.httpStatus();
    // The transport knows no answer rules, so every 2xx is a success for it.
    Outcome outcome = status != null && status < 300 ? Outcome.DELIVERED : observed.outcome();
    return new Transport.Answer(
        new Transport.Exchange(
            new AttemptResult(
                outcome,
                status,
                Attempt.Latency.ofTotal((int) observed.latency().toMillis()),
                status == null ? null : "request " + call.serial(),
                outcome == Outcome.DELIVERED ? null : "request " + call.serial()),
            observed.retryAfter()),
        observed.body());
  }

  /** The request of a logged attempt; null if the attempt does not name one. */
  @Nullable Call callOf(Attempt attempt) {
    String words =
        attempt.result().responseSnippet() == null
            ? attempt.result().error()
            : attempt.result().responseSnippet();
    if (words == null || !words.startsWith("request ")) {
      return null;
    }
    int serial = Integer.parseInt(words.substring("request ".length()));
    return serial < 1 || serial > calls.size() ? null : calls.get(serial - 1);
  }

  private static String describe(Reply reply) {
    Duration latency = reply.latency();
    String answer =
        reply.httpStatus() == null
            ? reply.outcome().word()
            : reply.httpStatus() + (reply.retryAfter() == null ? "" : ", " + reply.retryAfter());
    return answer + " after " + latency.toMillis() + " ms";
  }
}
