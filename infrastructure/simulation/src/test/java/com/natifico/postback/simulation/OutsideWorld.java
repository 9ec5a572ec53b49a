package com.natifico.postback.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.access.Role;
import com.natifico.postback.aws.json.DeadLetterCodec;
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
 * Everybody who uses the stack: the ad network, which repeats a push until it knows the end of it,
 * affiliates and their managers, and an operator.
 */
final class OutsideWorld {
  static final List<String> AFFILIATES = List.of("77", "88");

  private static final int MOST_TRIES = 60;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final Cloud cloud;
  private final Random random;
  private int tests;

  OutsideWorld(Cloud cloud) {
    this.cloud = cloud;
    this.random = cloud.random(7);
  }

  /** This postback is there from the beginning. */
  void given(Postback postback) {
    Drafts.write(cloud, postback);
  }

  /** Somebody does this at that time after the start. */
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

  /** Pushes until the answer is final. */
  void push(Pushed pushed) {
    Answer answer =
        untilFinal(
            "pushes " + pushed.token(),
            () -> conversions("POST /v1/conversions").body(pushed.json()));
    told(pushed, answer.status(), answer.json());
  }

  /** The same as a URL. */
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
    told(pushed, answer.status(), answer.json());
  }

  /** Many at a time; those that were not taken are pushed again. */
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
          told(now.get(result.path("index").asInt()), result.path("status").asInt(), result);
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

  private void told(Pushed pushed, int status, JsonNode answer) {
    cloud.story.tell("network", () -> "is told " + status + " for " + pushed.token());
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

  /** Asks once for each of the affiliate's deliveries like this, as they stand now. */
  void resend(String affiliateId, Predicate<Delivery> which) {
    cloud
        .log
        .list(affiliateId, DeliveryFilter.ALL, DeliveryLog.Order.OLDEST_FIRST, null, 1_000)
        .items()
        .stream()
        .filter(which)
        .map(Delivery::id)
        .forEach(id -> resendOne(affiliateId, id));
  }

  private void resendOne(String affiliateId, String deliveryId) {
    asking(
        affiliateId,
        deliveryId,
        () ->
            api("POST /v1/affiliates/{affiliate_id}/deliveries/{delivery_id}/resend", affiliateId)
                .path("delivery_id", deliveryId));
  }

  /** Everything that failed or is held. */
  void resendAll(String affiliateId) {
    asking(
        affiliateId,
        null,
        () ->
            api("POST /v1/affiliates/{affiliate_id}/resends", affiliateId)
                .body("{\"since\":\"2026-01-01T00:00:00Z\"}"));
  }

  /** An impatient person asks once more when there is no answer, and then leaves it. */
  private void asking(String affiliateId, @Nullable String deliveryId, Supplier<Call> call) {
    String what = "resends " + (deliveryId == null ? "all" : deliveryId);
    for (int i = 0; i < 2; i++) {
      long since = cloud.journal.next();
      Answer answer = once(affiliateId, what, call);
      cloud.journal.asked(since, cloud.journal.next(), affiliateId, deliveryId);
      if (answer != null && isFinal(answer.status())) {
        return;
      }
      backOff(i);
    }
  }

  /** A test conversion, once; whoever gets no answer tries a new one. */
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

  /** Puts every dead letter back on CallbackQueue, as the runbook says. */
  void redrive() {
    for (String letter : cloud.deadLetters.takeAll()) {
      Delivery delivery = DeadLetterCodec.decode(letter);
      cloud.story.tell("operator", () -> "redrives " + delivery.id());
      cloud.journal.asked(
          cloud.journal.next(), Long.MAX_VALUE, delivery.callback().affiliateId(), delivery.id());
      cloud.callbacks.send(letter, Duration.ZERO);
    }
  }

  // All of them ---------------------------------------------------------------------------------

  private Answer untilFinal(String what, Supplier<Call> call) {
    for (int i = 0; ; i++) {
      Answer answer = once("network", what, call);
      if (answer != null && isFinal(answer.status())) {
        return answer;
      }
      giveUpAfter(i);
      backOff(i);
    }
  }

  private @Nullable Answer once(String who, String what, Supplier<Call> call) {
    cloud.story.tell(who, () -> what);
    try {
      Answer answer = call.get().send();
      cloud.story.tell(who, () -> what + ": " + answer.status());
      return answer;
    } catch (SimulatedGateway.NoAnswer e) {
      cloud.story.tell(who, () -> what + ": no answer");
      return null;
    }
  }

  private static boolean isFinal(int status) {
    return status < 500;
  }

  private static void giveUpAfter(int tries) {
    if (tries > MOST_TRIES) {
      throw new IllegalStateException("never answered");
    }
  }

  private void backOff(int tries) {
    Duration wait = Duration.ofSeconds(1L << Math.min(tries, 6));
    cloud.scheduler.pause(
        (wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT).plusMillis(random.nextInt(1_000)));
  }
}
