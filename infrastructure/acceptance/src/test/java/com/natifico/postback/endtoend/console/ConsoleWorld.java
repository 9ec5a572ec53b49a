package com.natifico.postback.endtoend.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.natifico.postback.endtoend.Api;
import com.natifico.postback.endtoend.Engine;
import com.natifico.postback.endtoend.TestTracker;
import com.natifico.postback.local.LocalStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/** The local stack, a tracker and the installed Chromium, shared by all console tests. */
final class ConsoleWorld implements AutoCloseable {
  /** The path in the environment, then the usual paths. */
  private static final List<String> BROWSERS =
      List.of(
          System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"),
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome");

  /** Switches off the browser's own requests, which could be mistaken for the page's. */
  private static final List<String> QUIET =
      List.of(
          "--disable-gpu",
          "--disable-quic",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--no-first-run");

  /** The number of deliveries of the busy affiliate. */
  static final int MANY = 10_000;

  private static final int SOME = 800;

  private final LocalStack stack;
  private final TestTracker tracker = new TestTracker();
  private final Api api;
  private final Playwright playwright;
  private final Browser browser;
  private @Nullable Affiliate busy;
  private @Nullable Affiliate usual;

  /** An affiliate with its own key. */
  record Affiliate(String id, String key) {}

  ConsoleWorld(Path chromium) {
    stack =
        Engine.startEmbedded(
            "RetrySchedule=1s,5m EgressAllow=127.0.0.0/8 PostbackCacheSeconds=0"
                + " AuthorizerCacheSeconds=0 SenderBatchWindowSeconds=0 StatisticsWindowSeconds=1");
    api = new Api(stack.port());
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    PlaywrightAssertions.setDefaultAssertionTimeout(Visitor.PATIENCE);
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    .setChromiumSandbox(!"root".equals(System.getProperty("user.name")))
                    .setArgs(QUIET));
  }

  /** The installed Chromium; null if there is none. */
  static @Nullable Path chromium() {
    return BROWSERS.stream().map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
  }

  LocalStack stack() {
    return stack;
  }

  TestTracker tracker() {
    return tracker;
  }

  Api api() {
    return api;
  }

  Browser browser() {
    return browser;
  }

  String url() {
    return "http://localhost:" + stack.port() + "/";
  }

  /** A new affiliate. */
  Affiliate affiliate() {
    return affiliate("a" + UUID.randomUUID().toString().substring(0, 8));
  }

  private Affiliate affiliate(String id) {
    JsonNode made =
        api.post(
                "local-admin",
                "/v1/keys",
                "{\"role\":\"affiliate\",\"affiliate_id\":\"" + id + "\"}")
            .json();
    return new Affiliate(id, made.path("key").asText());
  }

  /** An affiliate with 10,000 deliveries in the last 20 hours, which tests only read. */
  Affiliate busy() {
    Affiliate known = busy;
    if (known == null) {
      Affiliate made = withDeliveries(affiliate(), MANY);
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> counted(made, "delivered", "retrying", "failed", "held") == MANY);
      known = made;
      busy = known;
    }
    return known;
  }

  /** An affiliate with a few hundred deliveries in the last 20 hours, which tests only read. */
  Affiliate usual() {
    Affiliate known = usual;
    if (known == null) {
      known = withDeliveries(affiliate("1077"), SOME);
      usual = known;
    }
    return known;
  }

  /** The number of deliveries in these states, by the statistics. */
  int counted(Affiliate affiliate, String... states) {
    return api.get(affiliate.key(), "/v1/affiliates/" + affiliate.id() + "/statistics")
        .json()
        .path("items")
        .valueStream()
        .flatMap(item -> Stream.of(states).map(item::path))
        .mapToInt(JsonNode::asInt)
        .sum();
  }

  private Affiliate withDeliveries(Affiliate made, int count) {
    List<String> postbacks =
        Stream.of(
                """
                {"label": "Voluum", "offer_id": "1042",
                 "url": "https://trk.example.com/postback?cid={ref_id}&payout={sum}"}
                """,
                """
                {"label": "Keitaro", "url": "https://track.example.net/8b5d1fa/postback?subid={ref_id}"}
                """)
            .map(json -> postback(made, json).path("postback_id").asText())
            .toList();
    new ManyDeliveries(this, made).write(count, Duration.ofHours(20), postbacks);
    return made;
  }

  /** Saves a postback through the API and returns the response. */
  JsonNode postback(Affiliate affiliate, String json) {
    Api.Answer answer =
        api.post(affiliate.key(), "/v1/affiliates/" + affiliate.id() + "/postbacks", json);
    Assertions.assertEquals(201, answer.status(), answer.json()::toString);
    return answer.json();
  }

  /** Pushes an approved conversion and returns the response. */
  JsonNode push(Affiliate affiliate, String conversionId, String offerId) {
    Api.Answer answer =
        api.post(
            "local-network",
            "/v1/conversions",
            """
            {"conversion_id": "%s", "affiliate_id": "%s", "offer_id": "%s", "status": "approved",
             "ref_id": "w8J3kUG5", "sum": 12.50, "city": "Köln", "os": "Android"}
            """
                .formatted(conversionId, affiliate.id(), offerId));
    Assertions.assertEquals(202, answer.status(), answer.json()::toString);
    return answer.json();
  }

  @Override
  public void close() {
    Stream.<AutoCloseable>of(browser, playwright, tracker, stack)
        .forEach(
            resource -> {
              try {
                resource.close();
              } catch (Exception e) {
                throw new IllegalStateException("cannot close " + resource, e);
              }
            });
  }
}
