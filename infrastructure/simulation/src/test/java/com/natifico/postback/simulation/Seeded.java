package com.natifico.postback.simulation;

import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Derives a run from a seed: the deployment, the faults, what the users do, and when. */
final class Seeded {
  private static final String FULL_SCHEDULE = "1m,5m,15m,1h,4h,12h,24h";

  /** Short schedules, because the cost of a run is the number of its message hops. */
  private static final List<String> SCHEDULES =
      List.of("1m,5m,15m,1h", "1m,5m", "1s,2s,4s", "30s,20m", "2m", "1m,1m,1m,1m,1m");

  private static final List<String> HOSTS =
      List.of("t1.example.com", "t2.example.com", "t3.example.com");
  private static final List<String> STATUSES = List.of("approved", "pending", "declined");
  private static final List<String> GOALS = List.of("1", "Install", "install");

  private final Random random;
  private final SimulationSettings settings;
  private final double kills;
  private final double failures;
  private final Random faultRandom;
  private final Random later;
  private final Random longAfter;
  private final Random limits;
  private final Duration horizon;

  Seeded(long seed) {
    random = new Random(seed * 6_700_417L + 17);
    faultRandom = new Random(seed * 179_424_673L + 5);
    later = new Random(seed * 32_452_843L + 11);
    longAfter = new Random(seed * 49_979_687L + 13);
    limits = new Random(seed * 99_990_001L + 19);
    boolean isFine = one(5);
    RetrySchedule schedule = RetrySchedule.parse(one(40) ? FULL_SCHEDULE : any(SCHEDULES));
    double rate = 1.0 / Math.max(1, hops(schedule));
    kills = isFine || one(3) ? 0 : random.nextDouble() * Math.min(0.03, rate / 4);
    failures = isFine || one(3) ? 0 : random.nextDouble() * Math.min(0.06, rate / 2);
    SimulationSettings ofStack =
        new SimulationSettings(
            schedule,
            Duration.ofSeconds(one(3) ? 0 : 5),
            1 + random.nextInt(10),
            1 + random.nextInt(3),
            isFine || !one(3) ? 0 : random.nextDouble() * 0.02,
            isFine || one(2) ? SimulatedQueue.Mishaps.NONE : mishaps(hops(schedule)),
            Conditions.USUAL);
    horizon =
        any(
            List.of(
                Duration.ofSeconds(5),
                Duration.ofMinutes(2),
                Duration.ofHours(5),
                Duration.ofHours(40)));
    settings =
        ofStack.with(
            conditions(
                !ofStack.mishaps().equals(SimulatedQueue.Mishaps.NONE),
                new Random(seed * 15_485_863L + 3),
                new Random(seed * 67_867_967L + 7),
                new Random(seed * 86_028_121L + 9)));
  }

  /** Drawn from sequences of their own, so that they do not change what else happens. */
  private Conditions conditions(
      boolean multiplies, Random random, Random upgrades, Random refusals) {
    Conditions conditions = Conditions.USUAL;
    if (random.nextInt(8) == 0) {
      conditions = conditions.with(Outage.THROTTLED, window(random, 12, 120));
    }
    if (random.nextInt(20) == 0) {
      conditions = conditions.with(Outage.UNPOLLED, window(random, 60, 5_000));
    }
    if (random.nextInt(20) == 0) {
      conditions = conditions.with(Outage.UNSENT, window(random, 40, 360));
    }
    if (refusals.nextInt(20) == 0) {
      boolean both = refusals.nextBoolean();
      // What one store refuses is sent on, so messages that are handed out twice multiply.
      Window window = window(refusals, 40, both || !multiplies ? 360 : 60);
      conditions = conditions.with(Outage.UNSTORED, window);
      if (both) {
        conditions = conditions.with(Outage.UNSENT, window);
      }
    }
    if (random.nextInt(10) == 0) {
      conditions = conditions.with(Outage.TIMER_STOPPED, window(random, 12, 360));
    }
    if (random.nextInt(3) == 0) {
      conditions =
          conditions.with(
              Bound.INDEX_LAG,
              random.nextBoolean() ? Duration.ofMillis(800) : Duration.ofSeconds(30));
    }
    if (random.nextInt(8) == 0) {
      conditions = conditions.with(Outage.HOT_KEY, window(random, 10, 120));
    }
    if (random.nextInt(50) == 0) {
      conditions = conditions.with(Outage.UNREACHABLE, window(random, 60, 300));
    }
    if (upgrades.nextInt(8) == 0) {
      conditions = conditions.with(Outage.UPGRADING, window(upgrades, 2, 30));
    }
    if (random.nextInt(5) == 0) {
      conditions = conditions.with(Bound.CLOCK_SKEW, Duration.ofMillis(random.nextInt(3_000)));
    }
    if (random.nextInt(8) == 0) {
      conditions =
          conditions.with(Bound.LATE_START, Duration.ofSeconds(random.nextBoolean() ? 14 : 45));
    }
    return conditions;
  }

  /** A period within the horizon of one of these two lengths or of less. */
  private Window window(Random random, int shortMinutes, int longMinutes) {
    int minutes = random.nextInt(3) == 0 ? longMinutes : shortMinutes;
    return Window.of(
        Duration.ofMillis((long) (horizon.toMillis() * random.nextDouble())),
        Duration.ofMillis((long) (Duration.ofMinutes(minutes).toMillis() * random.nextDouble())));
  }

  /** How often a message is sent on while a delivery waits for its whole schedule. */
  private static long hops(RetrySchedule schedule) {
    return schedule.waits().stream().mapToLong(Duration::toMinutes).sum() / 15;
  }

  /**
   * A waiting message that is handed out twice becomes two, so messages multiply with every hop. At
   * the real rates of SQS this is negligible.
   */
  private SimulatedQueue.Mishaps mishaps(long hops) {
    double rate = Math.min(0.3, 1.5 / Math.max(1, hops));
    return new SimulatedQueue.Mishaps(random.nextDouble() * rate, random.nextDouble() * rate / 3);
  }

  /** Runs this seed. */
  static Run run(long seed, Wiring wiring, boolean traced) {
    Seeded seeded = new Seeded(seed);
    return Run.of(
        seed,
        seeded.settings,
        seeded::prepare,
        Faults.random(seeded.faultRandom, seeded.kills, seeded.failures),
        wiring,
        traced);
  }

  private void prepare(Cloud cloud, OutsideWorld outside) {
    cloud.trace.add(
        "conditions", () -> "kills %.4f, failures %.4f, %s".formatted(kills, failures, settings));
    HOSTS.forEach(host -> cloud.trackers.describe(host, behaviour()));
    List<Postback> postbacks = new ArrayList<>();
    for (String affiliateId : OutsideWorld.AFFILIATES) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        postbacks.add(postback(affiliateId, postbacks.size()));
      }
    }
    if (settings.conditions().outages().containsKey(Outage.UNREACHABLE)) {
      postbacks.addAll(ofManyEndpoints());
    }
    postbacks.replaceAll(this::limitedAtTimes);
    postbacks.forEach(outside::given);
    List<Pushed> pushed = new ArrayList<>();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      pushSomething(outside, pushed);
    }
    for (Outage outage : List.of(Outage.HOT_KEY, Outage.UNREACHABLE)) {
      pushDuring(settings.conditions().window(outage), outside, pushed);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      changeSomething(outside, any(postbacks));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      askForSomething(cloud, outside);
    }
    backfill(outside, postbacks);
    returnLate(cloud, outside, postbacks);
  }

  /** So many that a worker can recognise that it reaches none of them. */
  private static List<Postback> ofManyEndpoints() {
    List<Postback> postbacks = new ArrayList<>();
    for (int i = 10; i < 22; i++) {
      String affiliateId = OutsideWorld.AFFILIATES.get(i % OutsideWorld.AFFILIATES.size());
      postbacks.add(Drafts.of(affiliateId, "pb" + i, null, "t" + i + ".example.com"));
    }
    return postbacks;
  }

  /** Drawn from a sequence of its own, so that it does not change what else happens. */
  private Postback limitedAtTimes(Postback postback) {
    return limits.nextInt(4) > 0
        ? postback
        : Drafts.limited(postback, List.of("0.1", "0.5", "5").get(limits.nextInt(3)));
  }

  private Postback postback(String affiliateId, int number) {
    String id = "pb" + number;
    String path = one(5) ? "shared" : id;
    return Drafts.of(
        affiliateId,
        id,
        one(2) ? null : one(4) ? "2" : "1",
        "https://" + any(HOSTS) + "/a" + affiliateId + "/" + path,
        one(3)
            ? EnumSet.of(ConversionStatus.APPROVED, ConversionStatus.PENDING)
            : Set.of(ConversionStatus.APPROVED),
        one(5) ? List.of("INSTALL") : List.of(),
        one(4),
        one(8) ? Drafts.PAUSED : PostbackStatus.healthy());
  }

  private void pushSomething(OutsideWorld outside, List<Pushed> pushed) {
    Duration when = sometime();
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> {
        Pushed one = conversion(pushed);
        outside.at(when, () -> outside.push(one));
        if (one(4)) {
          outside.at(when.plusMillis(random.nextInt(40_000)), () -> outside.push(one));
        }
      }
      case 3 -> {
        Pushed one = conversion(pushed);
        outside.at(when, () -> outside.pushByUrl(one));
      }
      case 4, 5 -> {
        List<Pushed> batch = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
          batch.add(one(6) && !batch.isEmpty() ? any(batch) : conversion(pushed));
        }
        outside.at(when, () -> outside.pushAll(batch));
      }
      case 6 -> {
        Pushed one = pushed.isEmpty() ? conversion(pushed) : any(pushed);
        Pushed other = one.withToken(one.token() + "-other" + pushed.size());
        outside.at(when, () -> outside.push(other));
      }
      default -> {
        Pushed one = pushed.isEmpty() ? conversion(pushed) : any(pushed);
        Pushed next = one.withStatus(any(STATUSES));
        pushed.add(next);
        outside.at(when, () -> outside.push(next));
      }
    }
  }

  /** Two batches with conversions of every affiliate. */
  private static void pushDuring(Window window, OutsideWorld outside, List<Pushed> pushed) {
    for (int i = 0; i < 2 && window.length().isPositive(); i++) {
      List<Pushed> batch = new ArrayList<>();
      for (String affiliateId : OutsideWorld.AFFILIATES) {
        String id = "d" + pushed.size();
        Pushed one = new Pushed(affiliateId, id, "1", "approved", "1", affiliateId + "-" + id);
        pushed.add(one);
        batch.add(one);
      }
      outside.at(
          Duration.between(Samples.NOW, window.from())
              .plus(window.length().multipliedBy(i).dividedBy(3)),
          () -> outside.pushAll(batch));
    }
  }

  private Pushed conversion(List<Pushed> pushed) {
    int number = pushed.size();
    String affiliateId = any(OutsideWorld.AFFILIATES);
    Pushed one =
        new Pushed(
            affiliateId,
            "c" + number,
            one(4) ? "2" : "1",
            one(4) ? any(STATUSES) : "approved",
            any(GOALS),
            "a" + affiliateId + "-c" + number);
    pushed.add(one);
    return one;
  }

  private void changeSomething(OutsideWorld outside, Postback postback) {
    Duration when = sometime();
    switch (random.nextInt(6)) {
      case 0, 1 -> outside.at(when, () -> outside.put(Drafts.with(postback, Drafts.PAUSED)));
      case 2 -> outside.at(when, () -> outside.delete(postback));
      case 3 ->
          outside.at(
              when,
              () ->
                  outside.put(
                      Samples.with(
                          postback,
                          RequestTemplate.get(
                              postback.settings().request().url().replace("?", "/new?")))));
      default -> {
        outside.at(when, () -> outside.put(Drafts.with(postback, Drafts.PAUSED)));
        outside.at(
            when.plus(sometime()),
            () -> outside.put(Drafts.with(postback, PostbackStatus.healthy())));
      }
    }
  }

  private void askForSomething(Cloud cloud, OutsideWorld outside) {
    Duration when = one(2) ? sometime() : sometime().plus(Duration.ofHours(random.nextInt(12)));
    String affiliateId = any(OutsideWorld.AFFILIATES);
    switch (random.nextInt(6)) {
      case 0, 1 ->
          outside.at(
              when, () -> outside.resend(affiliateId, row -> row.state() != DeliveryState.PENDING));
      case 2 -> outside.at(when, () -> outside.resendAll(affiliateId));
      case 3 -> outside.at(when, () -> outside.test(affiliateId, "1"));
      case 4 -> outside.at(when, outside::redrive);
      default -> outside.at(when, () -> cloud.unprocessed.moveBack());
    }
  }

  /** Drawn from a sequence of its own, so that it does not change what else happens. */
  private void backfill(OutsideWorld outside, List<Postback> postbacks) {
    if (later.nextInt(3) > 0) {
      return;
    }
    Postback known = postbacks.get(later.nextInt(postbacks.size()));
    Postback late =
        Drafts.of(
            known.affiliateId(),
            "pb9",
            later.nextBoolean() ? null : "1",
            HOSTS.get(later.nextInt(HOSTS.size())));
    Duration created = horizon.multipliedBy(later.nextInt(100)).dividedBy(100);
    outside.at(created, () -> outside.given(late));
    for (int i = later.nextInt(3); i >= 0; i--) {
      Duration when = created.plus(horizon.multipliedBy(later.nextInt(200)).dividedBy(100));
      Postback to = later.nextInt(4) == 0 ? known : late;
      outside.at(when, () -> outside.backfill(to.affiliateId(), to.postbackId()));
    }
  }

  /**
   * Rows are resent or redriven about when they expire. Drawn from a sequence of its own, so that
   * it does not change what else happens.
   */
  private void returnLate(Cloud cloud, OutsideWorld outside, List<Postback> postbacks) {
    if (longAfter.nextInt(20) > 0) {
      return;
    }
    // What stays in UnprocessedQueue for 14 days is deleted there; see fidelity.md.
    outside.at(Duration.ofDays(12), () -> cloud.unprocessed.moveBack());
    Duration expiring = Wiring.ROWS_KEPT.minusHours(longAfter.nextInt(4));
    for (Postback postback : postbacks) {
      if (longAfter.nextBoolean()) {
        outside.at(expiring, () -> outside.put(Drafts.with(postback, PostbackStatus.healthy())));
      }
    }
    outside.at(expiring.minusDays(longAfter.nextInt(8)), outside::redrive);
    for (String affiliateId : OutsideWorld.AFFILIATES) {
      for (int i = longAfter.nextInt(3); i >= 0; i--) {
        Duration when = expiring.plusMinutes(longAfter.nextInt(180));
        outside.at(when, () -> outside.resendAll(affiliateId));
      }
    }
  }

  /** How a tracker behaves: correctly, badly, or alternating. */
  private SimulatedTrackers.Behaviour behaviour() {
    Random moods = new Random(random.nextLong());
    return switch (random.nextInt(11)) {
      case 0, 1, 2 -> (_, _) -> Reply.status(200);
      case 3 -> (nth, _) -> nth < 4 ? Reply.status(503) : Reply.status(200);
      case 4 -> (_, _) -> Reply.status(500 + moods.nextInt(5));
      case 5 -> (_, _) -> Reply.timeout();
      case 6 -> (_, _) -> Reply.status(List.of(404, 400, 403).get(moods.nextInt(3)));
      case 7 -> (_, _) -> Reply.status(410);
      case 8 -> (nth, _) -> nth % 3 == 0 ? Reply.status(410) : Reply.status(200);
      default -> (_, _) -> mood(moods);
    };
  }

  private static Reply mood(Random moods) {
    return switch (moods.nextInt(17)) {
      case 0, 1, 2, 3 -> Reply.status(200);
      case 4 -> Reply.status(204).after(Duration.ofMillis(moods.nextInt(9_900)));
      case 5 -> Reply.status(429, Integer.toString(moods.nextInt(4_000)));
      case 6 -> Reply.status(503, moods.nextInt(4_000) + ".5");
      case 7 -> Reply.status(408);
      case 8 -> Reply.status(302);
      case 9 -> Reply.timeout();
      case 10 -> Reply.reset();
      case 11 -> Reply.unsent(Outcome.DNS);
      case 13 -> Reply.refusal();
      case 14 -> Reply.unknownClick();
      case 15 -> Reply.deferral();
      case 12 -> Reply.unsent(moods.nextBoolean() ? Outcome.TLS : Outcome.BLOCKED);
      default -> Reply.status(404);
    };
  }

  private Duration sometime() {
    return Duration.ofMillis((long) (horizon.toMillis() * random.nextDouble()));
  }

  private boolean one(int of) {
    return random.nextInt(of) == 0;
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
