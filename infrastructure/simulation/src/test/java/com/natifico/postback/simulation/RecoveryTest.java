package com.natifico.postback.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.simulation.Journal.HandOut;
import com.natifico.postback.simulation.Journal.Injected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A crash of a sender delays its callbacks by at most a minute. */
final class RecoveryTest {
  private static final Duration WITHIN = Duration.ofSeconds(60);

  /** Attempts that were made again in the current test. */
  private int again;

  @ParameterizedTest
  @EnumSource(names = {"ACCEPTS_ONE", "ACCEPTS_A_BATCH", "RETRIES"})
  void attemptsAKilledWorkersCallbacksAgainWithinAMinute(Script script) {
    int steps = script.run(Faults.NONE, false).steps().size();
    List<String> late = new ArrayList<>();
    for (int step = 1; step <= steps; step++) {
      for (Fault kill : Fault.KILLS) {
        late.addAll(late(script, step, kill));
      }
    }
    assertEquals(List.of(), late);
    assertTrue(again > 0, "no callback was attempted again");
  }

  /** The callbacks that were not attempted again in time after this crash. */
  private List<String> late(Script script, int step, Fault kill) {
    Cloud cloud =
        new Cloud(
            script.seed(),
            script.settings(),
            Faults.at(Map.of(step, kill)),
            Wiring.DEPLOYED,
            false);
    script.prepare(cloud, new OutsideWorld(cloud));
    cloud.scheduler.run();
    cloud.scheduler.close();
    Injected crash = cloud.journal.faults().getFirst();
    List<String> late = new ArrayList<>();
    for (HandOut held : heldAt(crash, cloud.journal)) {
      Instant next = nextAttempt(held, crash, cloud);
      again++;
      if (next == null || next.isAfter(crash.at().plus(WITHIN))) {
        late.add(
            "%s step %d %s %s at %s: %s at %s"
                .formatted(
                    script, step, crash.step().name(), kill, crash.at(), held.deliveryId(), next));
      }
    }
    return late;
  }

  /** The messages of the killed worker whose attempt was due and not recorded. */
  private static List<HandOut> heldAt(Injected crash, Journal journal) {
    Map<String, HandOut> held = new LinkedHashMap<>();
    for (HandOut each : journal.handOuts()) {
      if (each.worker() == crash.step().worker() && !each.message().dueAt().isAfter(crash.at())) {
        held.put(each.messageId(), each);
      }
    }
    for (Journal.Effect effect : journal.effects()) {
      if (effect.order() < crash.order() && effect.is("DeliveryLog", "save")) {
        held.values().removeIf(each -> isRecordOf(each, effect));
      }
    }
    return List.copyOf(held.values());
  }

  private static boolean isRecordOf(HandOut held, Journal.Effect save) {
    var row = DeliveryCheck.rowOf(save);
    return Boolean.TRUE.equals(save.result())
        && row.id().equals(held.deliveryId())
        && row.history().count() >= held.message().attempt();
  }

  private static @Nullable Instant nextAttempt(HandOut held, Injected crash, Cloud cloud) {
    return cloud.trackers.calls().stream()
        .filter(call -> call.order() > crash.order())
        .filter(call -> call.deliveryId().equals(held.deliveryId()))
        .map(SimulatedTrackers.Call::at)
        .findFirst()
        .orElse(null);
  }

  /** The simulation has its own copies of the numbers that decide how long a crash delays. */
  @Test
  void usesTheNumbersOfTheTemplate() throws IOException {
    String template =
        Files.readString(Path.of(System.getProperty("project.root"), "template.yaml"));
    Matcher queues =
        Pattern.compile("VisibilityTimeout: (\\d+)\\n(?:.+\\n)*? +maxReceiveCount: (\\d+)\\n")
            .matcher(template);
    String expected =
        SimulatedQueue.VISIBILITY_TIMEOUT.toSeconds() + " " + Wiring.DEPLOYED.maxReceiveCount();
    assertEquals(
        List.of(expected, expected, expected),
        queues.results().map(found -> found.group(1) + " " + found.group(2)).toList());
    Matcher sender =
        Pattern.compile("\\n  SenderFunction:\\n(?:.+\\n)*? +Timeout: (\\d+)\\n").matcher(template);
    assertTrue(sender.find());
    assertEquals(SimulatedMapping.TIMEOUT, Duration.ofSeconds(Long.parseLong(sender.group(1))));
  }
}
