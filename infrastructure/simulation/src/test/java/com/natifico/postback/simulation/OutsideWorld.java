package com.natifico.postback.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.access.Role;
import com.natifico.postback.aws.sqs.DeadLetterCodec;
import com.natifico.postback.aws.testing.HttpCalls.Answer;
import com.natifico.postback.aws.testing.HttpCalls.Call;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The users of the stack: the ad network, which repeats a push until the response is final,
 * affiliates and their managers, and an operator.
 */
final class OutsideWorld {
  static final List<String> AFFILIATES = List.of("77", "88");

  private static final int MAX_TRIES = 1_000;
  private static final Duration MAX_WAIT = Duration.ofMinutes(1);

  private final Cloud cloud;
  private final Random random;
  private int tests;
  private int resends;

  OutsideWorld(Cloud cloud) {
    this.cloud = cloud;
    this.random = cloud.random(7);
  }

  /** Adds a postback that exists from the beginning. */
  void given(Postback postback) {
    Drafts.write(cloud, postback);
  }

  /** Schedules an action at this time after the start. */
  void at(Duration time, Runnable action) {
    Instant when = Samples.NOW.plus(time);
    cloud.scheduler.spawn(
        null,
        () -> {
          cloud.scheduler.pause(Duration.between(cloud.clock.instant(), when));
          action.run();
        });
  }

  // The ad network ------------------------------------------------------------------------------

  /** Pushes until the response is final. */
  void push(Pushed pushed) {
    Answer answer =
        untilFinal(
            "pushes " + pushed.token(),
            () -> conversions("POST /v1/conversions").body(pushed.json()));
    record(pushed, answer.status(), answer.json());
  }

  /** Pushes by URL until the response is final. */
  void pushByUrl(Pushed pushed) {
    Answer answer =
        untilFinal(
            "pushes by URL " + pushed.token(),
            () ->
                conversions("GET /v1/conversions/postback")
                    .query("conversion_id", pushed.conversionId())
                    .query("affiliate_id", pushed.affiliateId())
                    .query("offer_id", pushed.offerId())
                    .query("status", pushed.status())
                    .query("goal", pushed.goal())
                    .query("ref_id", pushed.token())
                    .query("sum", "12.5")
                    .query("secure", "k"));
    record(pushed, answer.status(), answer.json());
  }

  /** Pushes a batch; conversions that were not accepted are pushed again. */
  void pushAll(List<Pushed> batch) {
    List<Pushed> rest = batch;
    for (int i = 0; !rest.isEmpty(); i++) {
      List<Pushed> now = rest;
      Answer answer =
          untilFinal(
              "pushes a batch of " + now.size(),
              () ->
                  conversions("POST /v1/conversions/batch")
                      .body(
                          now.stream()
                              .map(Pushed::json)
                              .collect(Collectors.joining(",", "{\"conversions\":[", "]}"))));
      JsonNode results = answer.json().path("results");
      rest =
          StreamSupport.stream(results.spliterator(), false)
              .filter(result -> !isFinal(result.path("status").asInt()))
              .map(result -> now.get(result.path("index").asInt()))
              .toList();
      for (JsonNode result : results) {
        if (isFinal(result.path("status").asInt())) {
          record(now.get(result.path("index").asInt()), result.path("status").asInt(), result);
        }
      }
      giveUpAfter(i);
      if (!rest.isEmpty()) {
        backOff(i);
      }
    }
  }

  private Call conversions(String route) {
    return cloud.conversions().route(route).as(Role.NETWORK);
  }

  private void record(Pushed pushed, int status, JsonNode answer) {
    cloud.trace.add("network", () -> "receives " + status + " for " + pushed.token());
    cloud.journal.pushed(
        new Journal.Push(
            pushed,
            status,
            StreamSupport.stream(answer.path("callbacks").spliterator(), false)
                .map(each -> each.path("delivery_id").asText())
                .toList()));
  }

  // Affiliates and managers ---------------------------------------------------------------------

  /** Replaces a postback by a changed one. */
  void put(Postback postback) {
    edit(
        "puts " + postback.postbackId() + " " + postback.status(),
        () -> postback(postback, "PUT").body(Drafts.json(postback)));
  }

  /**
   * Creates a postback like this one, with an id of its own, under a name. The first try has a
   * mistake, which the user corrects; the last is repeated after it was answered.
   */
  void create(Postback postback, String name) {
    String affiliateId = postback.affiliateId();
    String json = Drafts.json(postback).replaceFirst("[{]", "{\"label\":\"" + name + "\",");
    String mistaken = json.replaceFirst("\"method\":\"GET\"", "\"method\":\"GOT\"");
    for (String body : List.of(mistaken, json, json)) {
      Answer answer =
          untilFinal(
              "creates " + name,
              () ->
                  api("POST /v1/affiliates/{affiliate_id}/postbacks", affiliateId)
                      .header("idempotency-key", name)
                      .body(body));
      if (answer.status() == 201) {
        cloud.journal.created(
            new Journal.Created(affiliateId, name, answer.json().path("postback_id").asText()));
      }
    }
  }

  void delete(Postback postback) {
    edit("deletes " + postback.postbackId(), () -> postback(postback, "DELETE"));
  }

  private Call postback(Postback postback, String method) {
    return api(
            method + " /v1/affiliates/{affiliate_id}/postbacks/{postback_id}",
            postback.affiliateId())
        .path("postback_id", postback.postbackId());
  }

  private void edit(String what, Supplier<Call> call) {
    untilFinal(what, call);
  }

  /**
   * Requests once to send each of the affiliate's current deliveries that match, every other one
   * with a new webhook-id.
   */
  void resend(String affiliateId, Predicate<Delivery> which) {
    ids(affiliateId, which).forEach(id -> resendOne(affiliateId, id));
  }

  private List<String> ids(String affiliateId, Predicate<Delivery> which) {
    return cloud
        .log
        .list(affiliateId, DeliveryFilter.ALL, DeliveryLog.Order.OLDEST_FIRST, null, 1_000)
        .items()
        .stream()
        .filter(which)
        .map(Delivery::id)
        .toList();
  }

  private void resendOne(String affiliateId, String deliveryId) {
    resendOne(affiliateId, deliveryId, ++resends % 2 == 0);
  }

  /** Requests once to send each of the affiliate's current deliveries with a new webhook-id. */
  void force(String affiliateId) {
    ids(affiliateId, _ -> true).forEach(id -> resendOne(affiliateId, id, true));
  }

  private void resendOne(String affiliateId, String deliveryId, boolean force) {
    requestResend(
        affiliateId,
        deliveryId,
        force,
        () ->
            api("POST /v1/affiliates/{affiliate_id}/deliveries/{delivery_id}/resend", affiliateId)
                .path("delivery_id", deliveryId)
                .body("{\"force\":%s}".formatted(force)));
  }

  /** Requests to send every failed or held delivery again. */
  void resendAll(String affiliateId) {
    requestResend(
        affiliateId,
        null,
        false,
        () ->
            api("POST /v1/affiliates/{affiliate_id}/resends", affiliateId)
                .body("{\"since\":\"2026-01-01T00:00:00Z\"}"));
  }

  /** Requests to send a postback what it has not had, until all of it is answered. */
  void backfill(String affiliateId, String postbackId) {
    long since = cloud.journal.next();
    Instant from = cloud.clock.instant();
    String cursor = "";
    Answer answer;
    do {
      String position = cursor.isEmpty() ? "" : ",\"cursor\":\"" + cursor + '"';
      answer =
          untilFinal(
              "back-fills " + postbackId,
              () ->
                  api("POST /v1/affiliates/{affiliate_id}/backfills", affiliateId)
                      .body(
                          "{\"postback_id\":\"%s\",\"since\":\"2026-01-01T00:00:00Z\",\"dry_run\":false%s}"
                              .formatted(postbackId, position)));
      cursor = answer.json().path("next").asText("");
    } while (!cursor.isEmpty());
    cloud.journal.backfilled(
        new Journal.Backfilled(
            since,
            cloud.journal.next(),
            from,
            cloud.clock.instant(),
            affiliateId,
            postbackId,
            answer.status() == 202));
  }

  /** Repeats the request once if there is no response, like an impatient user. */
  private void requestResend(
      String affiliateId, @Nullable String deliveryId, boolean force, Supplier<Call> call) {
    String what = "resends " + (deliveryId == null ? "all" : deliveryId);
    for (int i = 0; i < 2; i++) {
      long since = cloud.journal.next();
      Answer answer = once(affiliateId, what, call);
      cloud.journal.asked(
          new Journal.Asked(
              since, cloud.journal.next(), affiliateId, deliveryId, forced(force, answer)));
      if (answer != null && isFinal(answer.status())) {
        return;
      }
      backOff(i);
    }
  }

  private static Journal.Asked.Force forced(boolean force, @Nullable Answer answer) {
    if (!force) {
      return Journal.Asked.Force.NOT_REQUESTED;
    }
    return answer != null && answer.status() == 202
        ? Journal.Asked.Force.ACCEPTED
        : Journal.Asked.Force.REQUESTED;
  }

  /** Sends a test conversion once; a user who gets no response sends a new one. */
  void test(String affiliateId, String offerId) {
    for (int i = 0; i < 3; i++) {
      String token = "test-" + affiliateId + "-" + ++tests;
      Answer answer =
          once(
              affiliateId,
              "tests " + token,
              () ->
                  cloud
                      .conversions()
                      .route("POST /v1/test-conversions")
                      .as(Role.MANAGER)
                      .body(
                          """
                          {"affiliate_id":"%s","offer_id":"%s","wait_seconds":%d,"ref_id":"%s"}"""
                              .formatted(affiliateId, offerId, random.nextInt(15), token)));
      if (answer != null && isFinal(answer.status())) {
        String id = answer.json().path("test_conversion_id").asText();
        cloud.journal.tested(affiliateId, id);
        return;
      }
      backOff(i);
    }
  }

  private Call api(String route, String affiliateId) {
    return cloud.api().route(route).asAffiliate(affiliateId).path("affiliate_id", affiliateId);
  }

  // The operator --------------------------------------------------------------------------------

  /** Sends every dead-letter message back to CallbackQueue, as the runbook says. */
  void redrive() {
    for (String letter : cloud.deadLetters.takeAll()) {
      Delivery delivery = DeadLetterCodec.decode(letter);
      cloud.trace.add("operator", () -> "redrives " + delivery.id());
      cloud.journal.asked(
          new Journal.Asked(
              cloud.journal.next(),
              Long.MAX_VALUE,
              delivery.callback().affiliateId(),
              delivery.id(),
              Journal.Asked.Force.NOT_REQUESTED));
      cloud.callbacks.send(letter, Duration.ZERO);
    }
  }

  // All of them ---------------------------------------------------------------------------------

  private Answer untilFinal(String what, Supplier<Call> call) {
    for (int i = 0; ; i++) {
      Answer answer = once("network", what, call);
      if (answer != null && isFinal(answer.status()) && !isRunning(answer)) {
        return answer;
      }
      giveUpAfter(i);
      backOff(i);
    }
  }

  private @Nullable Answer once(String who, String what, Supplier<Call> call) {
    cloud.trace.add(who, () -> what);
    try {
      Answer answer = call.get().send();
      cloud.trace.add(who, () -> what + ": " + answer.status());
      return answer;
    } catch (SimulatedGateway.NoAnswer e) {
      cloud.trace.add(who, () -> what + ": no answer");
      return null;
    }
  }

  private static boolean isFinal(int status) {
    return status < 500;
  }

  /** Whether an earlier try of the same request is being carried out. */
  private static boolean isRunning(Answer answer) {
    return answer.status() == 409
        && answer.json().path("type").asText().endsWith(":request_running");
  }

  private static void giveUpAfter(int tries) {
    if (tries > MAX_TRIES) {
      throw new IllegalStateException("never answered");
    }
  }

  private void backOff(int tries) {
    Duration wait = Duration.ofSeconds(1L << Math.min(tries, 6));
    cloud.scheduler.pause(
        (wait.compareTo(MAX_WAIT) < 0 ? wait : MAX_WAIT).plusMillis(random.nextInt(1_000)));
  }
}
