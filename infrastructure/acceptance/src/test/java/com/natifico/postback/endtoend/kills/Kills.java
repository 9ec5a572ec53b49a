package com.natifico.postback.endtoend.kills;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.endtoend.kills.Load.Promised;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Runs the local stack on a data directory under load, kills it repeatedly with SIGKILL, and
 * accounts for every accepted conversion by the requests that the trackers received and by the
 * operators' reconciliation: {@code mvn -Pkills}.
 *
 * <p>Optional arguments: the number of conversions (20,000), the number of kills (6), the seed
 * (random).
 */
public final class Kills implements AutoCloseable {
  /** Few workers with large batches, because each worker makes a restart slower. */
  private static final String PARAMETERS =
      "EgressAllow=127.0.0.0/8 RetrySchedule=1s,2s SenderMaximumConcurrency=8 SenderBatchSize=50"
          + " SenderBatchWindowSeconds=1 RetryMaximumConcurrency=8";

  private final Plan plan;
  private final List<Behaviour> endpoints;
  private final KillTrackers trackers;
  private final StackProcess stack;
  private final Network network;
  private final Load load;

  /** The numbers of accepted conversions after which the stack is killed. */
  private final TreeSet<Integer> killsAhead = new TreeSet<>();

  private final AtomicInteger kills = new AtomicInteger();
  private final Map<Integer, String> postbackIds = new HashMap<>();
  private final long start = System.nanoTime();

  Kills(Plan plan) throws IOException {
    this.plan = plan;
    endpoints =
        IntStream.range(0, plan.endpoints())
            .mapToObj(each -> Behaviour.of(each, plan.hangs()))
            .toList();
    trackers = new KillTrackers(endpoints);
    stack = StackProcess.start(plan.root(), plan.directory(), plan.parameters());
    network = new Network(stack);
    load = new Load(plan, network, this::accepted);
    Random random = new Random(plan.seed());
    while (killsAhead.size() < plan.kills() - 1) {
      killsAhead.add(1 + random.nextInt(plan.conversions()));
    }
  }

  public static void main(String[] arguments) throws Exception {
    List<String> given =
        Stream.of(String.join(" ", arguments).split(" ")).filter(each -> !each.isEmpty()).toList();
    int conversions = given.isEmpty() ? 20_000 : Integer.parseInt(given.getFirst());
    int kills = given.size() > 1 ? Integer.parseInt(given.get(1)) : 6;
    long seed = given.size() > 2 ? Long.parseLong(given.get(2)) : new Random().nextInt(1_000_000);
    Plan plan =
        new Plan(
            Path.of(System.getProperty("project.root", "")).toAbsolutePath(),
            Files.createTempDirectory("kills"),
            conversions,
            40,
            kills,
            true,
            PARAMETERS,
            seed,
            Duration.ofMinutes(12));
    System.out.printf(
        "%d conversions to %d endpoints, %d kills, seed %d, data and log in %s%n",
        conversions, plan.endpoints(), kills, seed, plan.directory());
    int status = 1;
    try (Kills run = new Kills(plan)) {
      KillVerdict verdict = run.run();
      verdict.lost().stream().limit(50).forEach(System.out::println);
      System.out.println(run.report(verdict));
      status = verdict.lost().isEmpty() ? 0 : 1;
    } finally {
      Runtime.getRuntime().halt(status);
    }
  }

  /** Runs everything and returns the verdict. */
  KillVerdict run() throws IOException, InterruptedException {
    LocalDate firstDay = LocalDate.now(ZoneOffset.UTC);
    IntStream.range(0, plan.endpoints()).forEach(this::savePostback);
    load.push();
    say("all accepted");
    killAndRestart();
    IntStream.range(0, plan.endpoints())
        .filter(each -> endpoints.get(each) == Behaviour.HANGING)
        .forEach(this::pausePostback);
    Ends ends = new Ends(network, load.promised());
    try {
      Awaitility.await()
          .pollInterval(Duration.ofSeconds(2))
          .atMost(plan.patience())
          .until(() -> isQuiet(ends));
    } catch (ConditionTimeoutException e) {
      say("the time limit is exceeded");
    }
    return KillVerdict.of(load.promised(), ends.states(), trackers.seen(), endpoints)
        .with(operatorsFaults(firstDay));
  }

  private List<String> operatorsFaults(LocalDate firstDay)
      throws IOException, InterruptedException {
    List<String> affiliates =
        load.promised().values().stream().map(Promised::affiliateId).distinct().sorted().toList();
    return new Operators(stack.dynamoDb())
        .faults(affiliates, firstDay, LocalDate.now(ZoneOffset.UTC), load.promised().size());
  }

  private boolean isQuiet(Ends ends) {
    int open = ends.open();
    say(open + " have not reached a final state");
    return open == 0;
  }

  String report(KillVerdict verdict) {
    return String.format(
        Locale.ROOT,
        "accepted %d delivered %d failed %d held %d lost %d kills %d pushes repeated %d"
            + " duplicates %d (%.3f %% of the delivered)",
        load.accepted(),
        verdict.count(DeliveryState.DELIVERED),
        verdict.count(DeliveryState.FAILED),
        verdict.count(DeliveryState.HELD),
        verdict.lost().size(),
        kills.get(),
        network.repeats(),
        verdict.duplicates(),
        verdict.duplicateRate());
  }

  private void say(String what) {
    System.out.printf("%4d s %s%n", Duration.ofNanos(System.nanoTime() - start).toSeconds(), what);
  }

  private void savePostback(int endpoint) {
    JsonNode saved =
        network.post("local-manager", postbacks(endpoint), postback(endpoint, "active")).json();
    postbackIds.put(endpoint, saved.path("postback_id").asText());
  }

  private void pausePostback(int endpoint) {
    network.put(
        "local-manager",
        postbacks(endpoint) + "/" + postbackIds.get(endpoint),
        postback(endpoint, "paused"));
  }

  private static String postbacks(int endpoint) {
    return "/v1/affiliates/" + Load.affiliateId(endpoint) + "/postbacks";
  }

  private String postback(int endpoint, String state) {
    return "{\"offer_id\":\"%s\",\"url\":\"http://127.0.0.1:%d/?c={ref_id}&s={sum}\",\"state\":\"%s\"}"
        .formatted(Load.offerId(endpoint), trackers.port(endpoint), state);
  }

  /**
   * Kills the stack when enough has been accepted, in the thread that pushed last, while the others
   * continue.
   */
  private void accepted(int count) {
    synchronized (killsAhead) {
      while (!killsAhead.isEmpty() && killsAhead.first() <= count) {
        killsAhead.pollFirst();
        killAndRestart();
      }
    }
  }

  private void killAndRestart() {
    stack.killAndRestart();
    say("killed for the " + kills.incrementAndGet() + ". time, " + load.accepted() + " accepted");
    stack.api();
  }

  @Override
  public void close() {
    stack.close();
    trackers.close();
  }
}
