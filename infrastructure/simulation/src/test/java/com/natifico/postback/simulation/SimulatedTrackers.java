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
  private final Story story;
  private final Map<String, Behaviour> endpoints = new HashMap<>();
  private final Map<String, Integer> requests = new HashMap<>();
  private final List<Call> calls = new ArrayList<>();

  /** How an endpoint behaves. */
  @FunctionalInterface
  interface Behaviour {
    /**
     * @param nth from 1, of the requests to this endpoint
     */
    Reply reply(int nth, Instant now);
  }

  /**
   * A request.
   *
   * @param order among all that happened
   * @param serial is in what the worker is told, so that the log's attempts name their requests
   * @param reply what the endpoint did
   * @param told what the worker is told of it, or would be if it lived
   */
  record Call(
      long order,
      int serial,
      Instant at,
      Instant endsAt,
      Worker worker,
      String deliveryId,
      CallbackRequest request,
      Reply reply,
      Reply told) {
    boolean arrived() {
      return reply.arrives();
    }
  }

  SimulatedTrackers(Scheduler scheduler, SettableClock clock, Journal journal, Story story) {
    this.scheduler = scheduler;
    this.clock = clock;
    this.journal = journal;
    this.story = story;
  }

  /** An endpoint that nobody describes is well. */
  void describe(String endpoint, Behaviour behaviour) {
    endpoints.put(endpoint, behaviour);
  }

  /** All requests, in the order in which they were made. */
  List<Call> calls() {
    return calls;
  }

  /** The network as a worker sees it. */
  Transport of(Worker worker) {
    return (request, headers) -> finish(arrive(worker, request, headers, null));
  }

  /** A request that gets as far as it gets, whatever becomes of the worker. */
  Call arrive(
      Worker worker, CallbackRequest request, Map<String, String> headers, @Nullable Fault fault) {
    String endpoint = request.endpoint();
    Reply reply =
        fault == Fault.REFUSED
            ? Reply.unsent(Outcome.CONNECT)
            : endpoints
                .getOrDefault(endpoint, (_, _) -> Reply.status(200))
                .reply(requests.merge(endpoint, 1, Integer::sum), clock.instant());
    Reply told = fault == Fault.ANSWER_LOST && reply.arrives() ? Reply.timeout() : reply;
    Call call =
        new Call(
            journal.next(),
            calls.size() + 1,
            clock.instant(),
            clock.instant().plus(told.latency()),
            worker,
            headers.getOrDefault("webhook-id", ""),
            request,
            reply,
            told);
    calls.add(call);
    story.tell(
        endpoint,
        () ->
            (call.arrived() ? "gets" : "never gets")
                + " request %d, %s of %s: %s"
                    .formatted(call.serial(), request.url(), call.deliveryId(), describe(reply)));
    return call;
  }

  /** The rest of it, for a worker that lives to see it. */
  Transport.Exchange finish(Call call) {
    scheduler.pause(call.told().latency());
    Reply told = call.told();
    return new Transport.Exchange(
        new AttemptResult(
            told.outcome(),
            told.httpStatus(),
            Attempt.Latency.ofTotal((int) told.latency().toMillis()),
            told.httpStatus() == null ? null : "request " + call.serial(),
            told.isDelivered() ? null : "request " + call.serial()),
        told.retryAfter());
  }

  /** Which request an attempt of the log was; null if its words are not ours. */
  @Nullable Call callOf(Attempt attempt) {
    String words =
        attempt.result().error() == null
            ? attempt.result().responseSnippet()
            : attempt.result().error();
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
