package com.natifico.postback.simulation;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.simulation.SimulatedTrackers.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Checks a finished run: compares what was pushed, what the trackers received and what the engines
 * store. It uses none of the code that it checks.
 */
final class Checker {
  /**
   * The twentieth receive of a message is 19 visibility timeouts after the first; stated
   * independently of the template.
   */
  private static final Duration HARMLESS_THROTTLING = Duration.ofSeconds(19 * 45);

  /** High, because a run has few changes. */
  private static final double KILLS_WHILE_COUNTING = 0.1;

  private static final double REFUSALS_WHILE_COUNTING = 0.1;

  private final Cloud cloud;
  private final Journal journal;
  private final History history;
  private final List<String> lost = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final Map<String, List<Call>> calls = new LinkedHashMap<>();
  private final Map<String, List<Journal.Effect>> saves = new LinkedHashMap<>();

  /** An event's identity. */
  private record Identity(String affiliateId, String conversionId, String goal, String status) {
    static Identity of(ConversionEvent event) {
      return new Identity(
          event.conversion().affiliateId(),
          event.conversion().conversionId(),
          event.conversion().goal().toLowerCase(Locale.ROOT),
          event.conversion().status().name().toLowerCase(Locale.ROOT));
    }

    static Identity of(Pushed pushed) {
      return new Identity(
          pushed.affiliateId(),
          pushed.conversionId(),
          pushed.goal().toLowerCase(Locale.ROOT),
          pushed.status());
    }
  }

  Checker(Cloud cloud) {
    this.cloud = cloud;
    this.journal = cloud.journal;
    this.history = new History(journal);
    cloud
        .trackers
        .calls()
        .forEach(
            call -> calls.computeIfAbsent(call.deliveryId(), _ -> new ArrayList<>()).add(call));
    for (Journal.Effect effect : journal.effects()) {
      if (effect.is("DeliveryLog", "save") && Boolean.TRUE.equals(effect.result())) {
        saves.computeIfAbsent(DeliveryCheck.rowOf(effect).id(), _ -> new ArrayList<>()).add(effect);
      }
    }
  }

  /**
   * The maximum age of a function's knowledge of a postback when it acts on it: the cache time,
   * plus the time of the few steps in between, of which one may stall. The lag of the index by
   * which postbacks are matched comes in addition; the sender does not read it.
   */
  static Duration staleness(SimulationSettings settings) {
    return settings.postbackCache().plusSeconds(settings.stalls() > 0 ? 20 : 1);
  }

  Verdict check() {
    Map<Identity, Journal.Effect> claims = claims();
    Set<Identity> accepted = checkPushes(claims);
    Set<String> expected = new HashSet<>();
    // A push that was never answered with 2xx may leave a pending row, of which nothing becomes.
    Set<String> promised = new HashSet<>();
    OrderCheck order =
        new OrderCheck(
            cloud, claims.values().stream().map(Checker::eventOf).toList(), saves, violations::add);
    Set<String> tests = new HashSet<>();
    int duplicates = 0;
    for (Map.Entry<Identity, Journal.Effect> claim : claims.entrySet()) {
      ConversionEvent event = eventOf(claim.getValue());
      checkMatching(event, claim.getValue().at());
      for (String postbackId : toBeDelivered(event)) {
        String id = event.id().value() + "." + postbackId;
        expected.add(id);
        if (accepted.contains(claim.getKey())) {
          promised.add(id);
        }
        if (event.test()) {
          tests.add(id);
        }
        order.check(event, postbackId, calls.getOrDefault(id, List.of()));
        duplicates += checkDelivery(event, postbackId, id, accepted.contains(claim.getKey()));
      }
      BackfillCheck backfills =
          new BackfillCheck(cloud, history, event, claim.getValue(), saves, expected);
      violations.addAll(backfills.unasked());
      lost.addAll(backfills.missing());
      for (String postbackId : backfills.sent()) {
        String id = event.id().value() + "." + postbackId;
        duplicates += checkDelivery(event, postbackId, id, true);
        expected.add(id);
        promised.add(id);
      }
    }
    checkNothingElse(expected);
    cloud.expirations.inUse().stream()
        .filter(row -> row.state() == DeliveryState.RETRYING || promised.contains(row.id()))
        .forEach(row -> violations.add("deleted while in use: " + row.id() + " " + row.state()));
    checkThrottling();
    checkHotKey();
    new EgressCheck(cloud, saves, violations::add).check();
    cloud.count(KILLS_WHILE_COUNTING, REFUSALS_WHILE_COUNTING);
    new StatisticsCheck(cloud, violations::add).check();
    new TimerCheck(journal, violations::add).check();
    new CreationCheck(journal, violations::add).check();
    new PauseCheck(cloud, history, violations::add).check();
    new LaneCheck(cloud, tests, violations::add).check();
    new PaceCheck(cloud, tests, violations::add).check();
    return new Verdict(
        List.copyOf(lost),
        List.copyOf(violations),
        duplicates,
        (int) cloud.trackers.calls().stream().filter(Call::arrived).count(),
        saves.size());
  }

  /**
   * Checks that throttling moved messages to UnprocessedQueue only if it lasted for as many
   * receives as the template allows. Messages that were received by a function, or are delivered
   * twice, are received more often.
   */
  private void checkThrottling() {
    if (cloud.settings.mishaps().handedOutTwice() > 0
        || cloud
                .settings
                .conditions()
                .window(Outage.THROTTLED)
                .length()
                .compareTo(HARMLESS_THROTTLING)
            > 0) {
      return;
    }
    Set<String> invoked = new HashSet<>();
    journal.handOuts().forEach(each -> invoked.add(each.messageId()));
    for (SimulatedQueue queue : List.of(cloud.callbacks, cloud.retries, cloud.slow)) {
      queue.moved().stream()
          .filter(messageId -> !invoked.contains(messageId))
          .forEach(messageId -> violations.add("moved because of short throttling: " + messageId));
    }
  }

  /**
   * Checks that refusals of one key do not affect others: if nothing else happens, each message of
   * another affiliate is received once.
   */
  private void checkHotKey() {
    if (journal.faults().isEmpty()
        || !journal.faults().stream()
            .allMatch(
                each ->
                    each.fault() == Fault.REFUSED && each.step().isAbout(Conditions.HOT_AFFILIATE))
        || !journal.stops().isEmpty()
        || journal.hasDeaths()
        || cloud.settings.stalls() > 0
        || !cloud.settings.mishaps().equals(SimulatedQueue.Mishaps.NONE)
        || cloud.settings.conditions().maximum(Bound.LATE_START).isPositive()) {
      return;
    }
    Set<String> received = new HashSet<>();
    for (Journal.HandOut each : journal.handOuts()) {
      if (!each.message().callback().affiliateId().equals(Conditions.HOT_AFFILIATE)
          && !received.add(each.messageId())) {
        violations.add("received again because of another key: " + each.messageId());
      }
    }
  }

  private Map<Identity, Journal.Effect> claims() {
    Map<Identity, Journal.Effect> claims = new LinkedHashMap<>();
    for (Journal.Effect effect : journal.effects()) {
      if (effect.is("EventStore", "claim")
          && effect.result() == null
          && claims.put(Identity.of(eventOf(effect)), effect) != null) {
        violations.add("claimed twice: " + Identity.of(eventOf(effect)));
      }
    }
    return claims;
  }

  private static ConversionEvent eventOf(Journal.Effect claim) {
    return (ConversionEvent) Objects.requireNonNull(claim.arguments().getFirst());
  }

  private static List<String> toBeDelivered(ConversionEvent event) {
    List<String> all = new ArrayList<>();
    Oracle.claimed(event)
        .forEach(
            (postbackId, fate) -> {
              if (fate.equals("sent") || (fate.equals("paused") && !event.test())) {
                all.add(postbackId);
              }
            });
    return all;
  }

  /** Checks that every response was correct, and returns the accepted events. */
  private Set<Identity> checkPushes(Map<Identity, Journal.Effect> claims) {
    Set<Identity> accepted = new HashSet<>();
    Map<String, Integer> answers = new HashMap<>();
    for (Journal.Push push : journal.pushes()) {
      Pushed pushed = push.pushed();
      Identity identity = Identity.of(pushed);
      Journal.Effect claim = claims.get(identity);
      String token =
          claim == null
              ? ""
              : eventOf(claim).conversion().fields().byName().getOrDefault("ref_id", "");
      List<String> callbacks =
          claim != null && token.equals(pushed.token()) ? callbacksOf(eventOf(claim)) : null;
      boolean same = callbacks != null;
      if (push.status() >= 200 && push.status() < 300) {
        accepted.add(identity);
        if (callbacks == null) {
          lost.add("accepted but not stored: " + pushed);
        } else if (!push.callbacks().equals(callbacks)) {
          violations.add("the response lists other callbacks: " + pushed + " " + push.callbacks());
        }
      } else if (push.status() == 409 ? claim == null || same : claim != null && same) {
        violations.add("refused with " + push.status() + " but stored: " + pushed);
      }
      answers.merge(pushed.token(), push.status() < 300 ? 200 : 400, Math::min);
    }
    for (Journal.Tested test : journal.tests()) {
      claims.keySet().stream()
          .filter(identity -> identity.affiliateId().equals(test.affiliateId()))
          .filter(identity -> identity.conversionId().equals(test.testConversionId()))
          .forEach(accepted::add);
    }
    for (Call call : cloud.trackers.calls()) {
      for (Map.Entry<String, Integer> answer : answers.entrySet()) {
        if (answer.getValue() == 400
            && call.request().url().contains("cid=" + answer.getKey() + "&")) {
          violations.add("refused and yet delivered: " + answer.getKey());
        }
      }
    }
    return accepted;
  }

  private static List<String> callbacksOf(ConversionEvent event) {
    return event.callbacks().stream()
        .map(postbackId -> event.id().value() + "." + postbackId)
        .toList();
  }

  private void checkMatching(ConversionEvent event, Instant claimedAt) {
    Map<String, String> claimed = Oracle.claimed(event);
    boolean right =
        history
            .configurations(
                event.conversion().affiliateId(),
                claimedAt
                    .minus(staleness(cloud.settings))
                    .minus(cloud.settings.conditions().maximum(Bound.INDEX_LAG)),
                claimedAt,
                cloud.settings.conditions().maximum(Bound.INDEX_LAG).isPositive())
            .stream()
            .anyMatch(postbacks -> Oracle.fates(event.conversion(), postbacks).equals(claimed));
    if (!right) {
      violations.add("matched wrongly: " + event.id().value() + " " + claimed);
    }
  }

  private int checkDelivery(
      ConversionEvent event, String postbackId, String id, boolean isAccepted) {
    Delivery found = cloud.log.find(event.conversion().affiliateId(), id);
    Delivery row = found == null ? cloud.expirations.lastOf(id) : found;
    if (isAccepted && (row == null || isUnderWay(row))) {
      lost.add(
          id
              + (row == null
                  ? " is not in the log"
                  : " is waiting without a message: " + row.state()));
    }
    return new DeliveryCheck(
            cloud,
            history,
            event,
            postbackId,
            row,
            calls.getOrDefault(id, List.of()),
            saves.getOrDefault(id, List.of()),
            violations::add)
        .check();
  }

  private static boolean isUnderWay(Delivery row) {
    return row.state() == DeliveryState.PENDING || row.state() == DeliveryState.RETRYING;
  }

  /** Checks that the engines store, and the trackers received, only what the events require. */
  private void checkNothingElse(Set<String> expected) {
    saves.keySet().stream()
        .filter(id -> !expected.contains(id))
        .forEach(id -> violations.add("in the log without an event: " + id));
    calls.keySet().stream()
        .filter(id -> !expected.contains(id))
        .forEach(id -> violations.add("sent without an event: " + id));
    Set<String> listed = new HashSet<>();
    for (String affiliateId : OutsideWorld.AFFILIATES) {
      cloud
          .log
          .list(affiliateId, DeliveryFilter.ALL, DeliveryLog.Order.OLDEST_FIRST, null, 10_000)
          .items()
          .forEach(
              row -> {
                if (!listed.add(row.id()) || !row.callback().affiliateId().equals(affiliateId)) {
                  violations.add("listed twice, or with another affiliate: " + row.id());
                }
              });
    }
    if (!saves.keySet().containsAll(listed)) {
      violations.add("the log lists a delivery that was never written");
    }
    for (SimulatedQueue queue :
        List.of(cloud.callbacks, cloud.retries, cloud.slow, cloud.unprocessed)) {
      queue.bodies().forEach(body -> violations.add("left on " + queue + ": " + body));
    }
  }
}
