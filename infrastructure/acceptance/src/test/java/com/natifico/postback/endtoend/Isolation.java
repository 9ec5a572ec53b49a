package com.natifico.postback.endtoend;

import com.natifico.postback.conversion.EventId;
import com.natifico.postback.local.LocalStack;
import com.natifico.postback.local.server.LoopbackServer;
import com.natifico.postback.local.server.LoopbackServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Measures how much a hanging endpoint delays the others. It pushes the same conversions twice:
 * first all endpoints respond, then 30 % of the conversions go to an endpoint that accepts
 * connections and never responds. For both runs it prints the time of the other callbacks from the
 * claim of their event to their arrival.
 *
 * <p>{@code mvn -Pisolation -pl infrastructure/acceptance -am package -DskipTests}, and for other
 * arguments {@code -Disolation="2400 40 SenderMaximumConcurrency=100"}. The first 20 s of a run, in
 * which each worker detects the hanging endpoint by two timeouts of 10 s, are also shown
 * separately.
 *
 * <p>Optional arguments: the number of conversions in a run (2,400), how many are pushed per second
 * (40), and template parameters, {@code SenderMaximumConcurrency=100}.
 */
public final class Isolation implements AutoCloseable {
  private static final String AFFILIATE = "isolation";
  private static final int WELL = 7;
  private static final int BATCH = 20;
  private static final int WARM_UP = 300;
  private static final int LEARNING_SECONDS = 20;

  private final LocalStack stack;
  private final Api api;
  private final List<LoopbackServer> trackers = new ArrayList<>();
  private final List<Socket> hanging = new CopyOnWriteArrayList<>();
  private final ServerSocket hangingServer;

  /** The first arrival of each delivery, by id. */
  private final Map<String, Instant> arrivals = new ConcurrentHashMap<>();

  private Isolation(String overrides, boolean hangs) throws IOException {
    stack = Engine.startEmbedded("EgressAllow=127.0.0.0/8 " + overrides);
    api = new Api(stack.port());
    hangingServer = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::hang);
    for (int offer = 0; offer < WELL; offer++) {
      postback(offer, tracker());
    }
    postback(WELL, hangs ? hangingServer.getLocalPort() : tracker());
  }

  public static void main(String[] arguments) throws IOException {
    List<String> given = List.of(String.join(" ", arguments).strip().split(" +"));
    int count = given.getFirst().isEmpty() ? 2_400 : Integer.parseInt(given.getFirst());
    int rate = given.size() > 1 ? Integer.parseInt(given.get(1)) : 40;
    String overrides = String.join(" ", given.subList(Math.min(2, given.size()), given.size()));
    System.out.printf(
        "%d conversions a run, %d a second, %s%n",
        count, rate, overrides.isEmpty() ? "the template's own parameters" : overrides);
    run(overrides, false, WARM_UP, rate); // warms up the engines
    long[] well = run(overrides, false, count, rate);
    long[] hung = run(overrides, true, count, rate);
    System.out.println("claim to arrival, ms               all well   30 % hang   ratio");
    print("the whole run", well, hung);
    int learning = (int) ((long) well.length * LEARNING_SECONDS * rate / count);
    print(
        "its first " + LEARNING_SECONDS + " s",
        Arrays.copyOf(well, Math.min(well.length, learning)),
        Arrays.copyOf(hung, Math.min(hung.length, learning)));
    // The engines' threads would keep the process alive.
    Runtime.getRuntime().halt(0);
  }

  private static void print(String name, long[] wellInOrder, long[] hungInOrder) {
    long[] well = Arrays.stream(wellInOrder).sorted().toArray();
    long[] hung = Arrays.stream(hungInOrder).sorted().toArray();
    for (double quantile : new double[] {0.5, 0.9, 0.99, 1}) {
      long before = quantile(well, quantile);
      long after = quantile(hung, quantile);
      System.out.printf(
          "%-20s p%-5s %14d %11d %7.2f%n",
          name, Math.round(quantile * 100), before, after, (double) after / before);
    }
  }

  /** The times of deliveries to responding endpoints, in milliseconds, in the order of pushes. */
  private static long[] run(String overrides, boolean hangs, int count, int rate)
      throws IOException {
    try (Isolation isolation = new Isolation(overrides, hangs)) {
      // Warms up the code that both runs share.
      isolation.wave("warm", WARM_UP, rate, true);
      return isolation.wave("run", count, rate, false);
    }
  }

  private static long quantile(long[] sorted, double quantile) {
    return sorted[(int) Math.ceil(quantile * sorted.length) - 1];
  }

  private long[] wave(String name, int count, int rate, boolean onlyWell) {
    List<String> expected = new ArrayList<>();
    long start = System.nanoTime();
    for (int from = 0; from < count; from += BATCH) {
      long due = start + TimeUnit.SECONDS.toNanos(1) * from / rate;
      LockSupport.parkNanos(due - System.nanoTime());
      expected.addAll(push(name, from, Math.min(count, from + BATCH), onlyWell));
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
        .toArray();
  }

  /** Returns the deliveries whose endpoint responds. */
  private List<String> push(String wave, int from, int to, boolean onlyWell) {
    List<Integer> offers =
        IntStream.range(from, to).mapToObj(i -> onlyWell || i % 10 < 7 ? i % WELL : WELL).toList();
    String conversions =
        String.join(
            ",",
            IntStream.range(0, offers.size())
                .mapToObj(i -> conversion(wave + "-" + (from + i), offers.get(i)))
                .toList());
    var results =
        api.post(
                "local-network", "/v1/conversions/batch", "{\"conversions\":[" + conversions + "]}")
            .json()
            .path("results");
    List<String> well = new ArrayList<>();
    for (int i = 0; i < offers.size(); i++) {
      var result = results.path(i);
      if (result.path("status").asInt() != 202) {
        throw new IllegalStateException("not accepted: " + result);
      }
      if (offers.get(i) < WELL) {
        well.add(result.at("/callbacks/0/delivery_id").asText());
      }
    }
    return well;
  }

  private static String conversion(String id, int offer) {
    return """
        {"conversion_id":"%s","affiliate_id":"%s","offer_id":"o%d","status":"approved",\
        "ref_id":"w8J3kUG5","sum":12.50}
        """
        .formatted(id, AFFILIATE, offer);
  }

  private void postback(int offer, int port) {
    var answer =
        api.post(
            "local-manager",
            "/v1/affiliates/" + AFFILIATE + "/postbacks",
            "{\"offer_id\":\"o%d\",\"url\":\"http://127.0.0.1:%d/?c={ref_id}&s={sum}\"}"
                .formatted(offer, port));
    if (answer.status() != 201) {
      throw new IllegalStateException("no postback: " + answer.json());
    }
  }

  /** Starts a tracker that responds at once, and returns its port. */
  private int tracker() {
    LoopbackServer server =
        LoopbackServer.answering(
            request -> {
              arrivals.putIfAbsent(request.header("webhook-id"), Instant.now());
              return Answer.of(204);
            });
    trackers.add(server);
    return server.port();
  }

  private void hang() {
    try {
      while (true) {
        hanging.add(hangingServer.accept());
      }
    } catch (IOException e) {
      // The measurement is over.
    }
  }

  @Override
  public void close() throws IOException {
    stack.close();
    trackers.forEach(LoopbackServer::close);
    hangingServer.close();
    for (Socket socket : hanging) {
      socket.close();
    }
  }
}
