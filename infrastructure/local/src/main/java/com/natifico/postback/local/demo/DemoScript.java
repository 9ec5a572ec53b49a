package com.natifico.postback.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Demonstrates the main use in the terminal: an affiliate saves postbacks, the network pushes
 * conversions, the tracker receives the callbacks, and the log shows them. It uses only the public
 * API.
 */
public final class DemoScript {
  private static final String AFFILIATE = "77";
  private static final String OFFER = "1042";
  private static final String OTHER_OFFER = "2001";

  /** How long to wait for a callback or the log. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  private final URI api;
  private final DemoTracker tracker;
  private final PrintStream out;
  private final InstantSource clock;

  public DemoScript(URI api, DemoTracker tracker, PrintStream out, InstantSource clock) {
    this.api = api;
    this.tracker = tracker;
    this.out = out;
    this.clock = clock;
  }

  /**
   * @throws IOException if a step has an unexpected result; the message says which
   */
  public void play() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      ApiClient affiliate = new ApiClient(http, api, "local-affiliate-77");
      ApiClient network = new ApiClient(http, api, "local-network");
      deleteEarlierPostbacks(affiliate);
      savePostbacks(affiliate);
      Set<String> deliveries = pushConversions(network);
      showCallbacks(deliveries.size());
      showLog(affiliate, deliveries);
      printNextSteps();
    }
  }

  private static String postbacks() {
    return "/v1/affiliates/" + AFFILIATE + "/postbacks";
  }

  /** With DATA_DIR the postbacks of the last run are still there and name its tracker's port. */
  private static void deleteEarlierPostbacks(ApiClient affiliate)
      throws IOException, InterruptedException {
    for (JsonNode postback : affiliate.get(postbacks() + "?limit=200").path("items")) {
      if (postback.path("label").asText().startsWith("demo")) {
        affiliate.delete(postbacks() + "/" + postback.path("postback_id").asText());
      }
    }
  }

  private void savePostbacks(ApiClient affiliate) throws IOException, InterruptedException {
    out.println();
    out.println("1. Affiliate 77 saves three postbacks, which say how its tracker is called.");
    out.println("   POST " + postbacks() + "   with the key local-affiliate-77");
    save(affiliate, null, "/any-offer?click={ref_id}&payout={sum}&date={date}");
    save(affiliate, OFFER, "/offer-1042?click={ref_id}&payout={sum}&city={city}");
    save(affiliate, OFFER, "/statistics?click={ref_id}&payout={sum}&os={os}");
  }

  private void save(ApiClient affiliate, @Nullable String offer, String template)
      throws IOException, InterruptedException {
    String url = tracker.url() + template;
    Map<String, String> postback =
        offer == null
            ? Map.of("url", url, "label", "demo")
            : Map.of("url", url, "label", "demo", "offer_id", offer);
    affiliate.post(postbacks(), postback, 201);
    out.printf("     %-14s %s%n", offer == null ? "any offer" : "offer " + offer, url);
  }

  private Set<String> pushConversions(ApiClient network) throws IOException, InterruptedException {
    out.println();
    out.println("2. The ad network pushes two conversions of affiliate 77.");
    out.println("   POST /v1/conversions   with the key local-network");
    String run = Long.toString(clock.millis() / 1000, 36);
    Set<String> deliveries = new HashSet<>();
    deliveries.addAll(push(network, "demo-" + run + "-1", OFFER, "w8J3kUG5", "12.50", "Berlin"));
    deliveries.addAll(push(network, "demo-" + run + "-2", OTHER_OFFER, "p2Qx9LmA", "3.75", "Rome"));
    return deliveries;
  }

  private List<String> push(
      ApiClient network, String id, String offer, String click, String sum, String city)
      throws IOException, InterruptedException {
    Map<String, String> conversion =
        Map.of(
            "conversion_id", id,
            "affiliate_id", AFFILIATE,
            "offer_id", offer,
            "status", "approved",
            "ref_id", click,
            "sum", sum,
            "city", city,
            "os", "Android");
    JsonNode accepted = network.post("/v1/conversions", conversion, 202);
    List<String> deliveries = new ArrayList<>();
    accepted
        .path("callbacks")
        .forEach(callback -> deliveries.add(callback.path("delivery_id").asText()));
    out.printf(
        "     offer %s, click id %s, payout %s: accepted, %s%n",
        offer, click, sum, callbacks(deliveries.size()));
    for (JsonNode skipped : accepted.path("skipped")) {
      out.println("       one postback is not called: " + why(skipped.path("reason").asText()));
    }
    return deliveries;
  }

  private static String why(String reason) {
    return reason.equals("replaced_by_offer_postback")
        ? "the one for any offer, because this offer has its own"
        : reason;
  }

  private static String callbacks(int count) {
    return count == 1 ? "1 callback" : count + " callbacks";
  }

  private void showCallbacks(int expected) throws IOException, InterruptedException {
    out.println();
    out.println("3. The tracker receives the callbacks, with click id and payout in them.");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (int i = 0; i < expected; i++) {
      String line = tracker.next(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        throw new IOException(
            "the tracker received %s instead of %s within %s s"
                .formatted(callbacks(i), expected, PATIENCE.toSeconds()));
      }
      out.println("     " + line);
    }
  }

  private void showLog(ApiClient affiliate, Set<String> expected)
      throws IOException, InterruptedException {
    String path = "/v1/affiliates/" + AFFILIATE + "/deliveries";
    out.println();
    out.println("4. The delivery log shows both as delivered.");
    out.println("   GET " + path + "   with the key local-affiliate-77");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<JsonNode> delivered = delivered(affiliate.get(path), expected);
    while (delivered.size() < expected.size()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(
            "the log shows %s of %s callbacks as delivered"
                .formatted(delivered.size(), expected.size()));
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
      delivered = delivered(affiliate.get(path), expected);
    }
    for (JsonNode delivery : delivered) {
      JsonNode attempt = delivery.path("attempts").path(0);
      out.printf(
          "     %s  offer %s  attempt %s  HTTP %s  %s ms  %s%n",
          delivery.path("state").asText(),
          delivery.path("offer_id").asText(),
          attempt.path("number").asText(),
          attempt.path("http_status").asText(),
          attempt.path("latency_ms").asText(),
          delivery.path("url").asText());
    }
  }

  private static List<JsonNode> delivered(JsonNode log, Set<String> expected) {
    List<JsonNode> delivered = new ArrayList<>();
    for (JsonNode delivery : log.path("items")) {
      if (expected.contains(delivery.path("delivery_id").asText())
          && delivery.path("state").asText().equals("delivered")) {
        delivered.add(delivery);
      }
    }
    return delivered;
  }

  private void printNextSteps() {
    out.println();
    out.println(
        "Your turn: requests that the tracker receives are shown here. Ctrl-C stops the stack.");
    out.printf("  In a browser: %s, signed in with local-affiliate-77%n", api);
    out.printf(
        """
          curl %s/v1/conversions -H 'Authorization: Bearer local-network' \\
            -H 'Content-Type: application/json' \\
            -d '{"conversion_id":"c-1","affiliate_id":"77","offer_id":"1042","status":"approved","ref_id":"mine","sum":1.50}'
        """,
        api);
  }
}
