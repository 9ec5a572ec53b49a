package com.natifico.postback.endtoend.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.cli.PostbackCommand;
import com.natifico.postback.cli.Surroundings;
import com.natifico.postback.endtoend.Api;
import com.natifico.postback.endtoend.Engine;
import com.natifico.postback.endtoend.TestTracker;
import com.natifico.postback.local.LocalStack;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command of the command line that calls the API. */
final class CommandLineTest {
  private static LocalStack stack;
  private static TestTracker tracker;
  private static Api api;

  private final String affiliate = "a" + UUID.randomUUID().toString().substring(0, 8);
  private final String path = "/" + affiliate;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    stack =
        Engine.startEmbedded(
            "RetrySchedule=1s EgressAllow=127.0.0.0/8 PostbackCacheSeconds=0"
                + " SenderBatchWindowSeconds=0");
    tracker = new TestTracker();
    api = new Api(stack.port());
  }

  @AfterAll
  static void stop() {
    tracker.close();
    stack.close();
  }

  /** What a command printed, and how it ended. */
  private record Ended(int status, String out, String err) {
    JsonNode json() throws Exception {
      return new ObjectMapper().readTree(out);
    }
  }

  private static Ended runWith(String key, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        PostbackCommand.run(
            new Surroundings(
                Map.of("POSTBACK_URL", "http://localhost:" + stack.port(), "POSTBACK_KEY", key),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                InstantSource.system(),
                Thread::sleep),
            arguments);
    return new Ended(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** As the affiliate's account manager. */
  private Ended run(String... arguments) {
    return runWith(
        "local-manager",
        Stream.concat(Stream.of(arguments), Stream.of("--affiliate", affiliate))
            .toArray(String[]::new));
  }

  private String postback(String json) {
    Api.Answer answer =
        api.post("local-manager", "/v1/affiliates/" + affiliate + "/postbacks", json);
    assertEquals(201, answer.status(), answer.json().toString());
    return answer.json().path("postback_id").asText();
  }

  private String postbackTo(String target) {
    return postback("{\"url\":\"" + tracker.url(target + "?c={ref_id}") + "\"}");
  }

  /** Pushes a conversion and returns the ids of its deliveries. */
  private List<String> push(String id, String click) {
    Api.Answer answer =
        api.post(
            "local-network",
            "/v1/conversions",
            """
            {"conversion_id":"%s","affiliate_id":"%s","offer_id":"1042","status":"approved",
             "ref_id":"%s","sum":12.50}
            """
                .formatted(id, affiliate, click));
    assertEquals(202, answer.status(), answer.json().toString());
    return answer.json().path("callbacks").findValuesAsText("delivery_id");
  }

  private void awaitState(String deliveryId, String state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () ->
                assertEquals(
                    state,
                    api.get(
                            "local-manager",
                            "/v1/affiliates/" + affiliate + "/deliveries/" + deliveryId)
                        .json()
                        .path("state")
                        .asText()));
  }

  @Test
  void makesRestrictsListsAndRevokesKeys() throws Exception {
    Ended made =
        runWith(
            "local-admin",
            "keys",
            "create",
            "--role",
            "network",
            "--label",
            affiliate,
            "-o",
            "json");
    assertEquals(0, made.status(), made.err());
    JsonNode key = made.json().path(0);
    String id = key.path("key_id").asText();
    Ended narrowed =
        runWith("local-admin", "keys", "narrow", id, "--offer", "1042,1043", "--output", "json");
    assertEquals(affiliate, narrowed.json().path(0).path("label").asText(), narrowed.err());
    assertEquals("[\"1042\",\"1043\"]", narrowed.json().path(0).path("offer_ids").toString());
    assertTrue(runWith("local-admin", "keys", "list").out().contains(id));
    assertEquals(0, runWith("local-admin", "keys", "revoke", id).status());
    assertEquals(3, runWith("local-admin", "keys", "revoke", id).status());

    Ended refused = runWith("local-admin", "keys", "create", "--role", "affiliate");
    assertEquals(3, refused.status());
    assertTrue(refused.err().contains("affiliate_id: "), refused.err());
    assertEquals(3, runWith("local-manager", "keys", "list").status());
  }

  @Test
  void importsAnExportWithoutChangingAnything() throws Exception {
    postback(
        """
        {"url":"https://track.example.com/?c={ref_id|upper}","label":"=one, \\"two\\"","offer_id":"1042",
         "statuses":["hold","approved"],"goals":["Sale","a,b"],"also_global":true,"max_per_second":2.5}
        """);
    postback(
        """
        {"url":"https://track.example.com/post","method":"POST","body":"{\\"a\\":\\"{sum}\\"}",
         "headers":{"X-Key":"{secret.token}"},"secrets":{"token":"s3cret"},
         "signing_secret":"whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz","state":"paused"}
        """);
    for (String format : List.of("json", "csv")) {
      Ended exported = run("postbacks", "export", "--output", format);
      assertEquals(0, exported.status(), exported.err());
      assertTrue(!exported.out().contains("s3cret"));
      Path file = Files.writeString(directory.resolve("export." + format), exported.out());
      Ended imported = run("postbacks", "import", file.toString(), "--output", "json");
      assertEquals(0, imported.status(), imported.err());
      assertEquals(
          List.of("unchanged", "unchanged"), imported.json().findValuesAsText("action"), format);
    }
    assertEquals(2, run("postbacks", "list", "--output", "json").json().size());
  }

  @Test
  void importsForSeveralAffiliatesAndSaysWhatIsRefused() throws Exception {
    String other = affiliate + "-2";
    String kept = postbackTo("/kept");
    Path file =
        Files.writeString(
            directory.resolve("postbacks.csv"),
            """
            affiliate_id,postback_id,url,label
            %1$s,%2$s,https://track.example.com/new?c={ref_id},renamed
            %3$s,,https://track.example.com/?c={ref_id},
            %3$s,,https://track.example.com/?c={ref_id},
            %3$s,,https://track.example.com/?c={refid},
            """
                .formatted(affiliate, kept, other));
    String[] dryRun = {"postbacks", "import", file.toString(), "--dry-run", "-o", "json"};
    Ended checked = runWith("local-manager", dryRun);
    List<String> actions = List.of("change", "create", "unchanged", "refused");
    assertEquals(1, checked.status(), checked.err());
    assertEquals(actions, checked.json().findValuesAsText("action"));
    assertTrue(
        checked.json().path(3).path("message").asText().contains("Suggestion: ref_id"),
        checked.out());
    assertEquals(
        "[]\n",
        runWith("local-manager", "postbacks", "list", "--affiliate", other, "-o", "json").out());

    Ended imported = runWith("local-manager", "postbacks", "import", file.toString(), "-o", "json");
    assertEquals(1, imported.status());
    assertEquals(actions, imported.json().findValuesAsText("action"));
    Ended repeated = runWith("local-manager", "postbacks", "import", file.toString(), "-o", "json");
    assertEquals(
        List.of("unchanged", "unchanged", "unchanged", "refused"),
        repeated.json().findValuesAsText("action"));
    JsonNode stored = run("postbacks", "list", "--output", "json").json();
    assertEquals("renamed", stored.path(0).path("label").asText());
  }

  @Test
  void listsDeliveriesByTheirFilters() throws Exception {
    postbackTo(path);
    awaitState(push("c-1", "click-1").getFirst(), "delivered");
    awaitState(push("c-2", "click-2").getFirst(), "delivered");
    Ended csv = run("deliveries", "--click", "click-2", "--since", "1h", "-o", "csv");
    assertEquals(0, csv.status(), csv.err());
    assertEquals(2, csv.out().lines().count(), csv.out());
    assertTrue(csv.out().contains(",c-2,click-2,"), csv.out());
    Ended limited = run("deliveries", "--limit", "1", "--output", "json");
    assertEquals(1, limited.json().size());
    assertTrue(limited.err().contains("There are more"), limited.err());
    Ended refused = run("deliveries", "--state", "lost");
    assertEquals(3, refused.status());
    assertTrue(refused.err().contains("state: "), refused.err());
  }

  @Test
  void saysWhyATrackerDidNotGetIt() throws Exception {
    tracker.answers(path, 404, 404);
    postbackTo(path);
    String delivery = push("c-1", "click-1").getFirst();
    awaitState(delivery, "failed");
    String event = delivery.replaceFirst("\\..*", "");
    for (String id : List.of("c-1", "click-1", delivery, event)) {
      Ended ended = run("doctor", id);
      assertEquals(1, ended.status(), ended.err());
      assertTrue(
          ended.out().contains("It was sent, but your tracker did not accept it."), ended.out());
      assertTrue(ended.out().contains("check the path in your URL. Then resend it."), ended.out());
    }
    Ended json = run("doctor", "c-1", "--output", "json");
    assertEquals("failed", json.json().at("/events/0/verdict").asText());

    assertEquals(0, run("resend", delivery, "--force").status());
    awaitState(delivery, "delivered");
    assertEquals(0, run("doctor", "c-1").status());
    Ended unknown = run("doctor", "c-2");
    assertEquals(1, unknown.status());
    assertTrue(unknown.out().startsWith("Nothing has the id “c-2”."), unknown.out());
  }

  @Test
  void resendsWhatFailedInAPeriod() {
    tracker.answers(path, 404, 404);
    postbackTo(path);
    String delivery = push("c-1", "click-1").getFirst();
    awaitState(delivery, "failed");
    Ended ended = run("resend", "--since", "1h");
    assertEquals(0, ended.status(), ended.err());
    assertEquals("1 resent", ended.out().strip());
    awaitState(delivery, "delivered");
    assertEquals(3, run("resend", delivery + "x").status());
  }

  @Test
  void backfillsOnlyWhenAskedTo() {
    postbackTo(path);
    awaitState(push("c-1", "click-1").getFirst(), "delivered");
    String late = postback("{\"url\":\"" + tracker.url(path + "/late?c={ref_id}") + "\"}");
    Ended counted = run("backfill", "--postback", late, "--since", "1h");
    assertEquals(0, counted.status(), counted.err());
    assertTrue(counted.out().startsWith("1 would be sent"), counted.out());
    assertTrue(counted.out().contains("/late?c=click-1"), counted.out());
    assertEquals(List.of(), tracker.received(path + "/late"));
    assertEquals(
        "1 sent", run("backfill", "--postback", late, "--since", "1h", "--send").out().strip());
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertEquals(1, tracker.received(path + "/late").size()));
    assertEquals(3, run("backfill", "--postback", "pb_none", "--since", "1h").status());
  }

  @Test
  void followsTheLog() {
    postbackTo(path);
    String delivery = push("c-1", "click-1").getFirst();
    awaitState(delivery, "delivered");
    Ended ended = run("tail", "--since", "1h", "--for", "0s");
    assertEquals(0, ended.status(), ended.err());
    assertTrue(
        Pattern.compile("delivered +1 +delivered +200 .*" + Pattern.quote(delivery))
            .matcher(ended.out())
            .find(),
        ended.out());
    assertEquals(3, run("tail", "--state", "lost", "--for", "0s").status());
  }

  @Test
  void letsAnAffiliateUseOnlyItsOwn() {
    assertEquals(0, runWith("local-affiliate-77", "postbacks", "list").status());
    assertEquals(
        2, runWith("local-affiliate-77", "postbacks", "list", "--affiliate", "88").status());
    assertEquals(2, runWith("local-manager", "postbacks", "list").status());
  }
}
