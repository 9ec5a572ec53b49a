package com.natifico.postback.endtoend;

import com.natifico.postback.conversion.EventId;
import com.natifico.postback.local.LocalStack;
import com.natifico.postback.local.function.FunctionError;
import com.natifico.postback.local.function.LocalFunction;
import com.natifico.postback.local.server.LoopbackServer;
import com.natifico.postback.local.server.LoopbackServer.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Measures how much a slow endpoint delays the others. For each way of being slow it pushes the
 * same conversions as in a run in which all endpoints respond, but 30 % of them go to the slow
 * endpoint. It prints the time of the other callbacks from the claim of their event to their
 * arrival, without a batching window and with one of a second. Conversions are pushed singly, and
 * the sender's execution environments have been used before, so that cold starts are not measured.
 *
 * <p>{@code mvn -Pisolation -pl infrastructure/acceptance -am package -DskipTests}, and for other
 * arguments {@code -Disolation="2400 40 SenderMaximumConcurrency=100"}.
 *
 * <p>Optional arguments: the number of conversions in a run (2,400), how many are pushed per second
 * (40), and template parameters, {@code SenderMaximumConcurrency=100}.
 */
public final class Isolation implements AutoCloseable {
  private static final String AFFILIATE = "isolation";
  private static final int WELL = 7;

  /** The offer whose endpoint takes {@link #WARM_UP_MS}. */
  private static final int WARM = WELL + 1;

  private static final int WARM_UP = 400;

  /** Together they keep about 50 environments busy. */
  private static final int WARM_UP_RATE = 70;

  private static final int WARM_UP_MS = 700;
  private static final String SENDER = "SenderFunction";

  /** SenderMaximumConcurrency and SlowMaximumConcurrency, as in template.yaml. */
  private static final int ENVIRONMENTS = 50 + 10;

  private final LocalStack stack;
  private final Api api;
  private final SlowTracker slow;
  private final List<LoopbackServer> trackers = new ArrayList<>();

  /** The first arrival of each delivery, by id. */
  private final Map<String, Instant> arrivals = new ConcurrentHashMap<>();

  /**
   * Where the endpoints are.
   *
   * @param way how the slow endpoint is slow; null if it is as fast as the others
   * @param isShared whether the slow endpoint has its host and port in common with the others
   */
  private record Endpoints(SlowTracker.@Nullable Way way, boolean isShared) {
    String kind() {
      String kind = way == null ? "ALL_RESPOND" : way.name();
      return (isShared ? kind + "_ON_A_SHARED_HOST" : kind).toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param size the number of conversions
   * @param rate how many are pushed per second
   * @param overrides template parameters
   */
  private record Load(int size, int rate, String overrides) {
    Load with(String parameter) {
      return new Load(size, rate, (parameter + " " + overrides).strip());
    }
  }

  /**
   * The result of a run.
   *
   * @param sorted the times of deliveries to responding endpoints, in milliseconds
   * @param busy the highest number of workers that were busy at the same time
   */
  private record Measured(List<Long> sorted, int busy) {
    long quantile(double quantile) {
      return sorted.get((int) Math.ceil(quantile * sorted.size()) - 1);
    }
  }

  private Isolation(String overrides, Endpoints endpoints) throws IOException {
    stack = Engine.startEmbedded("EgressAllow=127.0.0.0/8 " + overrides);
    api = new Api(stack.port());
    SlowTracker.Way way = endpoints.way();
    slow = new SlowTracker(way == null ? SlowTracker.Way.HANGS : way, this::arrived);
    for (int offer = 0; offer < WELL; offer++) {
      postback(offer, endpoints.isShared() ? slow.well() : tracker());
    }
    String last = endpoints.isShared() ? slow.well() : tracker();
    postback(WELL, way == null ? last : slow.slow());
    postback(WARM, tracker(WARM_UP_MS));
  }

  public static void main(String[] arguments) throws IOException {
    List<String> given = List.of(String.join(" ", arguments).strip().split(" +"));
    Load load =
        new Load(
            given.getFirst().isEmpty() ? 2_400 : Integer.parseInt(given.getFirst()),
            given.size() > 1 ? Integer.parseInt(given.get(1)) : 40,
            String.join(" ", given.subList(Math.min(2, given.size()), given.size())));
    System.out.printf(
        "%d conversions a run, %d a second, %d environments; claim to arrival of the others, ms%n",
        load.size(), load.rate(), environments());
    run(load, new Endpoints(null, false)); // warms up the engines
    for (String window : property("windows", "0,1").split(",")) {
      System.out.printf(
          "%n%-46s %6s %6s %6s %6s %6s%n", window + " s window", "p50", "", "p99", "", "busy");
      Load windowed = load.with("SenderBatchWindowSeconds=" + window);
      for (boolean isShared : new boolean[] {false, true}) {
        List<Endpoints> others =
            Arrays.stream(SlowTracker.Way.values())
                .filter(way -> !isShared || way == SlowTracker.Way.HANGS)
                .map(way -> new Endpoints(way, isShared))
                .filter(Isolation::isWanted)
                .toList();
        compare(windowed, new Endpoints(null, isShared), others);
      }
    }
    // The engines' threads would keep the process alive.
    Runtime.getRuntime().halt(0);
  }

  /** A system property; Maven passes an empty one if it is not given. */
  private static String property(String name, String usual) {
    String given = System.getProperty(name, "");
    return given.isEmpty() ? usual : given;
  }

  private static int environments() {
    return Integer.parseInt(property("environments", Integer.toString(ENVIRONMENTS)));
  }

  private static boolean isWanted(Endpoints endpoints) {
    String kinds = property("kinds", "");
    return kinds.isEmpty() || List.of(kinds.split(",")).contains(endpoints.kind());
  }

  private static void compare(Load load, Endpoints responding, List<Endpoints> others)
      throws IOException {
    if (others.isEmpty()) {
      return;
    }
    Measured alone = run(load, responding);
    print(responding, alone, alone);
    for (Endpoints endpoints : others) {
      print(endpoints, run(load, endpoints), alone);
    }
  }

  private static void print(Endpoints endpoints, Measured measured, Measured alone) {
    StringBuilder line = new StringBuilder("%-46s".formatted(endpoints.kind()));
    for (double quantile : new double[] {0.5, 0.99}) {
      long now = measured.quantile(quantile);
      line.append(" %6d %6.2f".formatted(now, (double) now / alone.quantile(quantile)));
    }
    System.out.println(line.append(" %6d".formatted(measured.busy())));
  }

  private static Measured run(Load load, Endpoints endpoints) throws IOException {
    try (Isolation isolation = new Isolation(load.overrides(), endpoints)) {
      LocalFunction sender = isolation.stack.function(SENDER);
      sender.prepare(environments());
      // Every environment has served an event before, and has its connections.
      isolation.wave("warm", new Load(WARM_UP, WARM_UP_RATE, ""), _ -> WARM);
      sender.forgetMostBusy();
      List<Long> sorted = isolation.wave("run", load, i -> i % 10 < 7 ? i % WELL : WELL);
      return new Measured(sorted, sender.mostBusy());
    } catch (FunctionError e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The times of deliveries to responding endpoints, in milliseconds, sorted.
   *
   * @param offers the offer of each conversion
   */
  private List<Long> wave(String name, Load load, IntUnaryOperator offers) {
    List<String> expected = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < load.size(); i++) {
      long due = start + TimeUnit.SECONDS.toNanos(1) * i / load.rate();
      LockSupport.parkNanos(due - System.nanoTime());
      int offer = offers.applyAsInt(i);
      String delivery = push(name + "-" + i, offer);
      if (offer != WELL) {
        expected.add(delivery);
      }
    }
    Awaitility.await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> arrivals.keySet().containsAll(expected));
    return expected.stream()
        .mapToLong(
            id ->
                Duration.between(
                        EventId.ofDelivery(id).claimedAt(), arrivals.getOrDefault(id, Instant.MAX))
                    .toMillis())
        .sorted()
        .boxed()
        .toList();
  }

  /** Returns the delivery's id. */
  private String push(String conversionId, int offer) {
    var answer = api.post("local-network", "/v1/conversions", conversion(conversionId, offer));
    if (answer.status() != 202) {
      throw new IllegalStateException("not accepted: " + answer.json());
    }
    return answer.json().at("/callbacks/0/delivery_id").asText();
  }

  private static String conversion(String id, int offer) {
    return """
        {"conversion_id":"%s","affiliate_id":"%s","offer_id":"o%d","status":"approved",\
        "ref_id":"w8J3kUG5","sum":12.50}
        """
        .formatted(id, AFFILIATE, offer);
  }

  private void postback(int offer, String url) {
    var answer =
        api.post(
            "local-manager",
            "/v1/affiliates/" + AFFILIATE + "/postbacks",
            "{\"offer_id\":\"o%d\",\"url\":\"%s?c={ref_id}&s={sum}\"}".formatted(offer, url));
    if (answer.status() != 201) {
      throw new IllegalStateException("no postback: " + answer.json());
    }
  }

  /** Starts a tracker that responds at once, and returns its URL. */
  private String tracker() {
    return tracker(0);
  }

  private String tracker(int afterMs) {
    LoopbackServer server =
        LoopbackServer.answering(
            request -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(afterMs));
              arrived(request.header("webhook-id"));
              return Answer.of(204);
            });
    trackers.add(server);
    return "http://127.0.0.1:" + server.port() + "/";
  }

  private void arrived(@Nullable String webhookId) {
    if (webhookId != null) {
      arrivals.putIfAbsent(webhookId, Instant.now());
    }
  }

  @Override
  public void close() throws IOException {
    stack.close();
    trackers.forEach(LoopbackServer::close);
    slow.close();
  }
}
