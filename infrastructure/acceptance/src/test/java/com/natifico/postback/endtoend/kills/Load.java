package com.natifico.postback.endtoend.kills;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ad network: pushes conversions, singly and in batches, and repeats each until it gets a 2xx.
 */
final class Load {
  private static final int PUSHERS = 4;
  private static final int MAX_BATCH = 50;

  /** The number of conversions in ten that are pushed singly. */
  private static final int SINGLE_PUSHES_IN_TEN = 3;

  /** A callback that was promised with a 2xx. */
  record Promised(String affiliateId, int endpoint) {}

  private final Plan plan;
  private final Network network;
  private final IntConsumer progress;
  private final Map<String, Promised> promised = new ConcurrentHashMap<>();
  private final AtomicInteger accepted = new AtomicInteger();

  /**
   * @param progress called with the number of accepted conversions, in the thread that pushed
   */
  Load(Plan plan, Network network, IntConsumer progress) {
    this.plan = plan;
    this.network = network;
    this.progress = progress;
  }

  static String affiliateId(int endpoint) {
    return "kills-" + endpoint / Behaviour.CYCLE;
  }

  static String offerId(int endpoint) {
    return "o" + endpoint;
  }

  /** The callbacks of all accepted conversions, by delivery id. */
  Map<String, Promised> promised() {
    return Map.copyOf(promised);
  }

  int accepted() {
    return accepted.get();
  }

  /** Pushes everything. */
  void push() throws InterruptedException {
    try (ExecutorService pushers =
        Executors.newFixedThreadPool(PUSHERS, Thread.ofVirtual().factory())) {
      List<Future<?>> pushes = new ArrayList<>();
      for (List<Integer> each : parts()) {
        pushes.add(pushers.submit(() -> push(each)));
      }
      for (Future<?> push : pushes) {
        push.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** All conversions in a random order, cut into batches and single ones. */
  private List<List<Integer>> parts() {
    Random random = new Random(plan.seed());
    List<Integer> all = new ArrayList<>(IntStream.range(0, plan.conversions()).boxed().toList());
    Collections.shuffle(all, random);
    int alone = plan.conversions() * SINGLE_PUSHES_IN_TEN / 10;
    List<List<Integer>> parts = new ArrayList<>();
    all.subList(0, alone).forEach(each -> parts.add(List.of(each)));
    for (int from = alone; from < all.size(); ) {
      int to = Math.min(all.size(), from + 1 + random.nextInt(MAX_BATCH));
      parts.add(all.subList(from, to));
      from = to;
    }
    Collections.shuffle(parts, random);
    return parts;
  }

  private void push(List<Integer> conversions) {
    if (conversions.size() == 1) {
      int conversion = conversions.getFirst();
      accept(conversion, network.post("local-network", "/v1/conversions", json(conversion)).json());
    } else {
      pushBatch(conversions);
    }
    progress.accept(accepted.addAndGet(conversions.size()));
  }

  private void pushBatch(List<Integer> conversions) {
    Set<Integer> left = new HashSet<>(conversions);
    while (!left.isEmpty()) {
      List<Integer> batch = List.copyOf(left);
      JsonNode results =
          network
              .post(
                  "local-network",
                  "/v1/conversions/batch",
                  batch.stream()
                      .map(this::json)
                      .collect(Collectors.joining(",", "{\"conversions\":[", "]}")))
              .json()
              .path("results");
      for (int i = 0; i < batch.size(); i++) {
        JsonNode result = results.path(i);
        int status = result.path("status").asInt();
        if (status >= 200 && status < 300) {
          accept(batch.get(i), result);
          left.remove(batch.get(i));
        } else if (status >= 400 && status < 500) {
          throw new IllegalStateException("refused: " + result);
        }
      }
    }
  }

  /** Every conversion has exactly one postback, which may be paused by now. */
  private void accept(int conversion, JsonNode answer) {
    List<String> ids = new ArrayList<>();
    answer.path("callbacks").forEach(each -> ids.add(each.path("delivery_id").asText()));
    for (JsonNode each : answer.path("skipped")) {
      if (each.has("delivery_id")) {
        ids.add(each.path("delivery_id").asText());
      }
    }
    if (ids.size() != 1) {
      throw new IllegalStateException("not accepted with exactly one callback: " + answer);
    }
    int endpoint = endpoint(conversion);
    promised.put(ids.getFirst(), new Promised(affiliateId(endpoint), endpoint));
  }

  private int endpoint(int conversion) {
    return conversion % plan.endpoints();
  }

  private String json(int conversion) {
    int endpoint = endpoint(conversion);
    return """
        {"conversion_id":"c%d","affiliate_id":"%s","offer_id":"%s","status":"approved",\
        "ref_id":"w8J3kUG5-%d","sum":12.50,"geo":"DE"}"""
        .formatted(conversion, affiliateId(endpoint), offerId(endpoint), conversion);
  }
}
