package com.natifico.postback.simulation;

import static com.natifico.postback.simulation.Drafts.with;

import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The short scenarios whose every step is crashed. Together they cover every side effect of the
 * functions; {@code CrashPointsTest} fails when one is missing.
 */
enum Script implements Scenario {
  ACCEPTS_ONE {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(postback(null));
      outside.at(SOON, () -> outside.push(conversion(1)));
    }
  },
  ACCEPTS_A_BATCH {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(postback(null));
      outside.given(Drafts.of("88", "pb2", "1", HOST));
      List<Pushed> batch =
          IntStream.range(0, 5)
              .mapToObj(
                  i -> new Pushed(i % 2 == 0 ? "77" : "88", "c" + i, "1", "approved", "1", "b" + i))
              .toList();
      outside.at(SOON, () -> outside.pushAll(batch));
    }
  },
  PUSHES_TWICE_AT_ONCE_AND_LATER {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(postback(null));
      for (int seconds : List.of(1, 1, 11, 600)) {
        outside.at(Duration.ofSeconds(seconds), () -> outside.push(conversion(1)));
      }
    }
  },
  PUSHES_WITHOUT_A_POSTBACK {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.at(SOON, () -> outside.push(conversion(1)));
      outside.at(LATER, () -> outside.push(conversion(2)));
    }
  },
  CONFLICTS {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(postback(null));
      outside.at(SOON, () -> outside.push(conversion(1)));
      outside.at(SOON, () -> outside.pushByUrl(conversion(1).withToken("other")));
      outside.at(LATER, () -> outside.pushByUrl(conversion(1).withStatus("pending")));
    }
  },
  RETRIES {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(postback(null));
      cloud.trackers.describe(HOST, (nth, _) -> Reply.status(nth < 3 ? 503 : 200));
      outside.at(SOON, () -> outside.push(conversion(1)));
    }
  },
  WAITS_AS_LONG_AS_IT_IS_ASKED_TO {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(postback(null));
      cloud.trackers.describe(
          HOST, (nth, _) -> nth == 1 ? Reply.status(429, "1500") : Reply.status(200));
      outside.at(SOON, () -> outside.push(conversion(1)));
    }
  },
  GIVES_UP_AND_IS_REDRIVEN {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(postback(null));
      cloud.trackers.describe(HOST, (nth, _) -> Reply.status(nth < 4 ? 404 : 200));
      outside.at(SOON, () -> outside.push(conversion(1)));
      outside.at(MUCH_LATER, outside::redrive);
    }
  },
  IS_GONE {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      Postback postback = postback(null);
      outside.given(postback);
      cloud.trackers.describe(HOST, (nth, _) -> Reply.status(nth < 3 ? 410 : 200));
      outside.at(SOON, () -> outside.push(conversion(1)));
      outside.at(SOON, () -> outside.push(conversion(2)));
      outside.at(LATER, () -> outside.push(conversion(3)));
      outside.at(LATER, () -> outside.push(conversion(3)));
      outside.at(MUCH_LATER, () -> outside.put(with(postback, PostbackStatus.healthy())));
      outside.at(MUCH_LATER.plus(LATER), () -> outside.resendAll("77"));
    }
  },
  FAILS_FOR_A_DAY {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(postback(null));
      cloud.trackers.describe(HOST, (_, _) -> Reply.status(500));
      for (int i = 0; i < 7; i++) {
        Pushed pushed = conversion(i);
        outside.at(Duration.ofHours(4L * i), () -> outside.push(pushed));
      }
    }
  },
  RESENDS_ONE {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(postback(null));
      outside.at(SOON, () -> outside.push(conversion(1)));
      outside.at(LATER, () -> outside.resend("77", row -> row.state() == DeliveryState.DELIVERED));
    }
  },
  FORCES_TWICE_AND_IS_REDRIVEN {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(postback(null));
      cloud.trackers.describe(HOST, (nth, _) -> Reply.status(nth == 4 ? 404 : 200));
      outside.at(SOON, () -> outside.push(conversion(1)));
      outside.at(LATER, () -> outside.force("77"));
      outside.at(LATER.plusSeconds(35), () -> outside.force("77"));
      outside.at(MUCH_LATER, () -> outside.force("77"));
      outside.at(MUCH_LATER.plus(LATER), outside::redrive);
    }
  },
  RESENDS_WHAT_WAITS {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(postback(null));
      cloud.trackers.describe(HOST, (nth, _) -> Reply.status(nth < 3 ? 500 : 200));
      outside.at(SOON, () -> outside.push(conversion(1)));
      outside.at(
          Duration.ofSeconds(30),
          () -> outside.resend("77", row -> row.state() == DeliveryState.RETRYING));
    }
  },
  RESENDS_WHAT_WAS_HELD {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      Postback postback = postback(null);
      outside.given(with(postback, Drafts.PAUSED));
      for (int i = 0; i < 3; i++) {
        Pushed pushed = conversion(i);
        outside.at(SOON, () -> outside.push(pushed));
      }
      outside.at(LATER, () -> outside.put(with(postback, PostbackStatus.healthy())));
      outside.at(MUCH_LATER, () -> outside.resendAll("77"));
    }
  },
  BACKFILLS {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(Drafts.of("77", "pb0", "2", HOST));
      for (int i = 0; i < 2; i++) {
        Pushed pushed = conversion(i);
        outside.at(SOON, () -> outside.push(pushed));
      }
      outside.at(SOON, () -> outside.push(new Pushed("77", "c9", "2", "approved", "1", "t9")));
      outside.at(LATER, () -> outside.given(with(postback(null), PostbackStatus.healthy())));
      outside.at(MUCH_LATER, () -> outside.backfill("77", "pb1"));
      outside.at(MUCH_LATER.plusMillis(20), () -> outside.backfill("77", "pb1"));
    }
  },
  TESTS {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(postback("1"));
      outside.given(with(Drafts.of("77", "pb2", "1", HOST), Drafts.PAUSED));
      cloud.trackers.describe(HOST, (_, _) -> Reply.status(500));
      outside.at(SOON, () -> outside.test("77", "1"));
    }
  },
  PAUSES_MEANWHILE {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      Postback postback = postback(null);
      outside.given(postback);
      cloud.trackers.describe(HOST, (_, _) -> Reply.status(500));
      outside.at(SOON, () -> outside.push(conversion(1)));
      outside.at(Duration.ofSeconds(30), () -> outside.put(with(postback, Drafts.PAUSED)));
    }
  },
  DELETES_MEANWHILE {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      Postback postback = postback("1");
      outside.given(postback);
      cloud.trackers.describe(HOST, (_, _) -> Reply.status(500));
      outside.at(SOON, () -> outside.push(conversion(1)));
      outside.at(Duration.ofSeconds(30), () -> outside.delete(postback));
    }
  },
  LETS_AN_ENDPOINT_REST {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(postback(null));
      cloud.trackers.describe(HOST, (nth, _) -> nth < 4 ? Reply.timeout() : Reply.status(200));
      for (int i = 0; i < 4; i++) {
        Pushed pushed = conversion(i);
        outside.at(Duration.ofSeconds(12L * i), () -> outside.push(pushed));
      }
    }
  },
  TAKES_FEWER_REQUESTS_THAN_THERE_ARE {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(postback(null));
      cloud.trackers.describe(
          HOST, (nth, _) -> nth == 1 || nth == 4 ? Reply.status(429) : Reply.status(200));
      for (int i = 0; i < 4; i++) {
        Pushed pushed = conversion(i);
        outside.at(Duration.ofSeconds(3L * i), () -> outside.push(pushed));
      }
    }
  },
  MAY_BE_SENT_SLOWLY_ONLY {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(Drafts.limited(postback(null), "0.2"));
      cloud.trackers.describe(HOST, (nth, _) -> Reply.status(nth == 1 ? 500 : 200));
      for (int i = 0; i < 3; i++) {
        Pushed pushed = conversion(i);
        outside.at(SOON, () -> outside.push(pushed));
      }
    }
  },
  IS_HANDED_OUT_TWICE {
    @Override
    SimulationSettings settings() {
      return new SimulationSettings(
          SimulationSettings.USUAL.withSchedule("1m,5m").schedule(),
          Duration.ofSeconds(5),
          10,
          2,
          0,
          new SimulatedQueue.Mishaps(0.7, 0.3),
          Conditions.USUAL);
    }

    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(postback(null));
      cloud.trackers.describe(
          HOST, (nth, _) -> Reply.status(nth < 3 ? 500 : 200).after(Duration.ofSeconds(5)));
      outside.at(SOON, () -> outside.push(conversion(1)));
    }
  },
  WAITS_WHILE_EVERYTHING_REFUSES {
    @Override
    SimulationSettings settings() {
      Window outage = Window.of(Duration.ofSeconds(30), Duration.ofMinutes(10));
      return super.settings()
          .with(Conditions.USUAL.with(Outage.UNSENT, outage).with(Outage.UNSTORED, outage));
    }

    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(postback(null));
      cloud.trackers.describe(HOST, (nth, _) -> Reply.status(nth < 2 ? 503 : 200));
      outside.at(SOON, () -> outside.push(conversion(1)));
    }
  },
  CREATES_UNDER_A_NAME {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.at(SOON, () -> outside.create(postback(null), "n1"));
      outside.at(MUCH_LATER, () -> outside.push(conversion(1)));
    }
  },
  SENDS_A_SECRET {
    @Override
    public void prepare(Cloud cloud, OutsideWorld outside) {
      outside.given(Drafts.withSecret(postback(null)));
      cloud.trackers.describe(HOST, (nth, _) -> Reply.status(nth < 2 ? 503 : 200));
      outside.at(SOON, () -> outside.push(conversion(1)));
    }
  };

  private static final String HOST = "t1.example.com";
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(60);
  private static final Duration MUCH_LATER = Duration.ofHours(1);

  /** The deployment of this script. */
  SimulationSettings settings() {
    return SimulationSettings.USUAL.withSchedule("1m,5m");
  }

  /** The seed of its scheduler, so that two runs take the same steps. */
  long seed() {
    return List.of(values()).indexOf(this) + 1L;
  }

  /** Runs the script, which is always the same except for the faults. */
  Run run(Faults faults, boolean traced) {
    return Run.of(seed(), settings(), this, faults, Wiring.DEPLOYED, traced);
  }

  private static Postback postback(@Nullable String offerId) {
    return Drafts.of("77", "pb1", offerId, HOST);
  }

  private static Pushed conversion(int number) {
    return new Pushed("77", "c" + number, "1", "approved", "1", "t" + number);
  }
}
