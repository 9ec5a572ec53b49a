package com.natifico.postback.simulation;

import com.natifico.postback.delivery.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A stack with the usual traffic, in which something breaks, and the alarms that must go off: each
 * with the minutes after which it must have, and no other one.
 */
enum AlarmWorld {
  /** Names are not resolved. */
  NO_EGRESS(Map.of("EgressDown", 10)) {
    @Override
    Reply reply(String host, Reply usual) {
      return Reply.unsent(Outcome.DNS);
    }
  },
  ALL_TRACKERS_ANSWER_5XX(Map.of("SuccessRate", 10)) {
    @Override
    Reply reply(String host, Reply usual) {
      return Reply.status(503);
    }
  },
  ONE_TRACKER_ANSWERS_5XX(Map.of()) {
    @Override
    Reply reply(String host, Reply usual) {
      return host.equals(HOSTS.getFirst()) ? Reply.status(500) : usual;
    }
  },
  ONE_TRACKER_DOES_NOT_ANSWER(Map.of()) {
    @Override
    Reply reply(String host, Reply usual) {
      return host.equals(HOSTS.getFirst()) ? Reply.timeout() : usual;
    }
  },
  /** Their first attempts are soon deferred, and this must not end the alarm. */
  EIGHT_TRACKERS_DO_NOT_ANSWER(Map.of("SuccessRate", 10)) {
    @Override
    Reply reply(String host, Reply usual) {
      return HOSTS.indexOf(host) < 8 ? Reply.timeout() : usual;
    }
  },
  /** Each is paused by its first callback. */
  EIGHT_TRACKERS_ARE_GONE(Map.of("PostbacksPaused", 10)) {
    @Override
    Map<String, String> parameters() {
      return Map.of("AlarmPausedPostbacks", "8");
    }

    @Override
    Reply reply(String host, Reply usual) {
      return HOSTS.indexOf(host) < 8 ? Reply.status(410) : usual;
    }
  },
  AUTHORIZER_FAILS(Map.of("FunctionErrors", 10, "ApiErrors", 10)) {
    @Override
    Wiring.Authorization authorization() {
      return Wiring.Authorization.FAILED;
    }
  },
  KEY_IS_REVOKED(Map.of("PushesRefused", 10)) {
    @Override
    Wiring.Authorization authorization() {
      return Wiring.Authorization.DENIED;
    }
  },
  /** No alarm is right for every network, so none goes off by default. */
  NETWORK_IS_SILENT(Map.of()) {
    @Override
    boolean isPushing() {
      return false;
    }
  },
  NETWORK_IS_SILENT_AND_MUST_NOT_BE(Map.of("Silence", 20)) {
    @Override
    Map<String, String> parameters() {
      return Map.of("AlarmSilentSeconds", "900");
    }

    @Override
    boolean isPushing() {
      return false;
    }
  },
  /** As when the role of the sender was changed. */
  DELIVERIES_TABLE_REFUSES(Map.of("StoreRefusals", 10)) {
    @Override
    Fault fault(Step step, Cloud cloud, PublishedMetrics metrics) {
      return step.port().equals("DeliveryLog") ? Fault.REFUSED : Fault.NONE;
    }
  },
  /** For ten minutes; after that, callbacks have waited for their first attempts. */
  DELIVERIES_TABLE_IS_THROTTLED(Map.of()) {
    @Override
    Duration breaksFor() {
      return Duration.ofMinutes(10);
    }

    @Override
    Map<String, Integer> expected() {
      return Map.of("StoreRefusals", 10, "TableThrottles", 10, "FirstAttemptLatency", 20);
    }

    @Override
    Fault fault(Step step, Cloud cloud, PublishedMetrics metrics) {
      if (!step.port().equals("DeliveryLog")) {
        return Fault.NONE;
      }
      metrics.tableThrottled("DeliveriesTable", !step.method().equals("save"));
      return Fault.REFUSED;
    }
  },
  EVENTS_TABLE_REFUSES(Map.of("ApiErrors", 10)) {
    @Override
    Fault fault(Step step, Cloud cloud, PublishedMetrics metrics) {
      return step.port().equals("EventStore") ? Fault.REFUSED : Fault.NONE;
    }
  },
  EVENTS_TABLE_IS_SLOW(Map.of("AcceptLatency", 10)) {
    @Override
    Fault fault(Step step, Cloud cloud, PublishedMetrics metrics) {
      if (step.port().equals("EventStore")) {
        cloud.scheduler.pause(Duration.ofSeconds(3));
      }
      return Fault.NONE;
    }
  },
  CALLBACK_MAPPING_IS_OFF(Map.of("CallbackQueueAge", 10)) {
    @Override
    void breakDown(Cloud cloud) {
      cloud.stopFirstAttempts();
    }
  },
  /** Its schedule does not invoke it. */
  TIMER_STOPS(Map.of("TimerStopped", 10)) {
    @Override
    void breakDown(Cloud cloud) {
      cloud.stopTimer();
    }
  },
  /** Takes longer, because the age of a message includes its delay of up to 15 minutes. */
  RETRY_MAPPING_IS_OFF(Map.of("RetryQueueAge", 45)) {
    @Override
    Duration length() {
      return BEFORE.plus(Duration.ofMinutes(50));
    }

    @Override
    void breakDown(Cloud cloud) {
      cloud.stopRetries();
    }
  },
  /** The same; the callbacks of an endpoint that does not respond wait there. */
  SLOW_MAPPING_IS_OFF(Map.of("SlowQueueAge", 45)) {
    @Override
    Duration length() {
      return BEFORE.plus(Duration.ofMinutes(50));
    }

    @Override
    void breakDown(Cloud cloud) {
      cloud.stopSlowEndpoints();
    }

    @Override
    Reply reply(String host, Reply usual) {
      return HOSTS.getFirst().equals(host) ? Reply.timeout() : usual;
    }
  },
  /**
   * The sender crashes at the first call of every batch. The messages come back after their
   * visibility timeout, so they get old, and after twenty receives they are unprocessed.
   */
  SENDER_CRASHES(Map.of("FunctionErrors", 10, "CallbackQueueAge", 10, "Unprocessed", 20)) {
    @Override
    Fault fault(Step step, Cloud cloud, PublishedMetrics metrics) {
      return SENDERS.stream().anyMatch(step.worker().toString()::startsWith)
          ? Fault.KILLED_BEFORE
          : Fault.NONE;
    }
  },
  /** Other functions use up the account's concurrency. */
  SENDER_IS_THROTTLED(Map.of("FunctionThrottles", 10, "CallbackQueueAge", 10, "Unprocessed", 20)) {
    @Override
    SimulationSettings settings() {
      Window throttled = Window.of(BEFORE, length().minus(BEFORE));
      return super.settings().with(Conditions.USUAL.with(Outage.THROTTLED, throttled));
    }
  },
  /**
   * The sender no longer declares {@code RecursiveLoop: Allow}. Lambda stops a chain of about 16
   * invocations; with this schedule they take 16 minutes.
   */
  RECURSION_IS_FORBIDDEN(Map.of("RecursionStopped", 25)) {
    @Override
    SimulationSettings settings() {
      return super.settings().withSchedule("1m" + ",1m".repeat(29));
    }

    @Override
    boolean allowsRecursion() {
      return false;
    }

    @Override
    Reply reply(String host, Reply usual) {
      return host.equals(HOSTS.getFirst()) ? Reply.status(500) : usual;
    }
  },
  /** Every message fails with an exception. Lambda does not count that as an error. */
  SENDER_FAILS_EVERY_MESSAGE(Map.of("CallbackQueueAge", 10, "Unprocessed", 20)) {
    @Override
    Reply reply(String host, Reply usual) {
      throw new IllegalStateException("a bug");
    }
  },
  /**
   * Five percent of all deliveries fail permanently. AlarmDeadLetters is reached after about eight
   * minutes.
   */
  DEAD_LETTERS(Map.of("DeadLetters", 15)) {
    @Override
    SimulationSettings settings() {
      return super.settings().withSchedule("1m");
    }

    @Override
    Map<String, String> parameters() {
      return Map.of("AlarmDeadLetters", "6");
    }

    @Override
    Reply reply(String host, Reply usual) {
      return host.equals(HOSTS.getFirst()) ? Reply.status(404) : usual;
    }
  },
  /** Nothing breaks; about two percent of all attempts fail. */
  HEALTHY_DAY(Map.of()) {
    @Override
    Duration length() {
      return Duration.ofDays(1);
    }
  };

  /** The trackers of the affiliates; each has one. */
  static final List<String> HOSTS =
      IntStream.range(0, 20).mapToObj(i -> "t" + i + ".example.com").toList();

  /** How long everything works before something breaks. */
  static final Duration BEFORE = Duration.ofMinutes(30);

  private static final Set<String> SENDERS = Set.of("callbacks", "retries", "slow");
  private static final Duration BETWEEN_PUSHES = Duration.ofSeconds(5);

  @SuppressWarnings("ImmutableEnumChecker") // Created by Map.of.
  private final Map<String, Integer> expected;

  /**
   * @param expected the alarms that must go off, with the minutes after which each must have
   */
  AlarmWorld(Map<String, Integer> expected) {
    this.expected = expected;
  }

  Map<String, Integer> expected() {
    return expected;
  }

  SimulationSettings settings() {
    return SimulationSettings.USUAL;
  }

  /** The parameters of the template that are not at their defaults. */
  Map<String, String> parameters() {
    return Map.of();
  }

  /** How long the world lasts, including the time before something breaks. */
  Duration length() {
    return BEFORE.plus(Duration.ofMinutes(35));
  }

  /** For how long it is broken; by default until the end of the world. */
  Duration breaksFor() {
    return length().minus(BEFORE);
  }

  /** Whether it works again at the end. */
  boolean isRepaired() {
    return BEFORE.plus(breaksFor()).compareTo(length()) < 0;
  }

  /** What breaks once. */
  void breakDown(Cloud cloud) {}

  /** The reply of a tracker from then on. */
  Reply reply(String host, Reply usual) {
    return usual;
  }

  /** What the authorizer decides from then on. */
  Wiring.Authorization authorization() {
    return Wiring.Authorization.ALLOWED;
  }

  /** Whether the network pushes from then on. */
  boolean isPushing() {
    return true;
  }

  /** Whether the sender declares {@code RecursiveLoop: Allow} from then on. */
  boolean allowsRecursion() {
    return true;
  }

  /** The fault that a step meets from then on. */
  Fault fault(Step step, Cloud cloud, PublishedMetrics metrics) {
    return Fault.NONE;
  }

  /** Postbacks of each affiliate, and an even stream of conversions. */
  void prepareTraffic(OutsideWorld outside) {
    for (int i = 0; i < HOSTS.size(); i++) {
      outside.given(Drafts.of("a" + i, "pb" + i, null, HOSTS.get(i)));
    }
    Duration at = BETWEEN_PUSHES;
    for (int i = 0; at.compareTo(isPushing() ? length() : BEFORE) < 0; i++) {
      Pushed pushed = new Pushed("a" + i % HOSTS.size(), "c" + i, "1", "approved", "1", "t" + i);
      outside.at(at, () -> outside.push(pushed));
      at = at.plus(BETWEEN_PUSHES);
    }
  }

  /** What trackers do every day. */
  static Reply usualReply(Random random) {
    return switch (random.nextInt(300)) {
      case 0 -> Reply.status(404);
      case 1 -> Reply.status(429, "30");
      case 2 -> Reply.status(500);
      case 3 -> Reply.status(503);
      case 4 -> Reply.timeout();
      case 5 -> Reply.unsent(Outcome.CONNECT);
      default -> Reply.status(200).after(Duration.ofMillis(20 + random.nextInt(400)));
    };
  }
}
