package com.natifico.postback.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.cli.api.ScriptedApi;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PostbackCommandTest {
  private static final String ME = "{\"role\":\"affiliate\",\"affiliate_id\":\"77\"}";

  private final ScriptedApi server = new ScriptedApi();
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Duration> waited = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-02T14:00:00Z");

  PostbackCommandTest() throws Exception {
    environment.put("POSTBACK_URL", server.url());
    environment.put("POSTBACK_KEY", "key");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private int run(String... arguments) {
    return PostbackCommand.run(
        new Surroundings(
            environment,
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            () -> now,
            time -> {
              waited.add(time);
              now = now.plus(time);
            }),
        arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "keys",
        "nothing",
        "deliveries --limit 0",
        "deliveries --since yesterday",
        "deliveries --output xml",
        "resend",
        "resend d1 --since 24h",
        "resend --since 24h --force",
        "backfill --since 24h",
        "keys narrow k1",
        "doctor c-1 --output csv",
        "tail --for long",
        "postbacks export --output table",
        "postbacks import missing.csv",
        "reconcile 7#7 2026-11-02",
        "reconcile 77 today",
        "erase 77 c-1 --anyway",
        "completion fish"
      })
  void endsWith2IfItIsUsedWrongly(String line) {
    server.answers(200, ME);
    assertEquals(2, run(line.isEmpty() ? new String[0] : line.split(" ")), err());
    assertFalse(err().isBlank());
    assertFalse(err().contains("\tat "), err());
  }

  @Test
  void explainsWhereUrlAndKeyAreGiven(@TempDir Path directory) throws Exception {
    environment.remove("POSTBACK_KEY");
    assertEquals(2, run("keys", "list"));
    assertTrue(err().contains("set POSTBACK_KEY"), err());
    Path key = Files.writeString(directory.resolve("key"), "secret\n");
    server.answers(200, "{\"items\":[],\"next\":null}");
    assertEquals(0, run("keys", "list", "--key-file", key.toString()));
    environment.remove("POSTBACK_URL");
    assertEquals(2, run("keys", "list", "--key-file", key.toString()));
    assertTrue(err().contains("set POSTBACK_URL"), err());
  }

  @Test
  void endsWith3IfTheApiRefuses() {
    server.answers(403, "{\"message\":\"Forbidden\"}");
    assertEquals(3, run("keys", "list", "--output", "json"));
    assertTrue(err().startsWith("The key is not accepted"), err());
    assertEquals("", out());
  }

  @Test
  void endsWith4IfThereIsNoAnswer() {
    server.close();
    assertEquals(4, run("keys", "list"));
    assertTrue(err().contains("gave no answer"), err());
  }

  @ParameterizedTest
  @CsvSource({"network", "admin"})
  void refusesAKeyThatIsNotForAffiliates(String role) {
    server.answers(200, "{\"role\":\"" + role + "\",\"affiliate_id\":null}");
    assertEquals(2, run("deliveries"));
    assertTrue(err().contains("the key's role is " + role), err());
  }

  @Test
  void narrowsAKeyWithoutLosingItsOtherRestrictions() {
    server.answers(
        200,
        """
        {"items":[{"key_id":"k1","role":"network","label":"main","status_map":{"ok":"approved"},
          "offer_ids":["1","2"],"cidrs":[],"expires_at":null}],"next":null}
        """);
    server.answers(200, "{\"key_id\":\"k1\"}");
    assertEquals(0, run("keys", "narrow", "k1", "--cidr", "203.0.113.0/24"), err());
    assertEquals(
        "PUT /v1/keys/k1 {\"label\":\"main\",\"status_map\":{\"ok\":\"approved\"},"
            + "\"offer_ids\":[\"1\",\"2\"],\"cidrs\":[\"203.0.113.0/24\"]}",
        server.requests().getLast());
  }

  @Test
  void readsTimesAsInstantsDaysAndAges() {
    server.answers(200, ME);
    server.answers(200, "{\"items\":[],\"next\":null,\"searched_until\":null}");
    assertEquals(0, run("deliveries", "--since", "24h", "--until", "2026-11-02", "-o", "json"));
    String request = server.requests().getLast();
    assertTrue(request.contains("since=2026-11-01T14%3A00%3A00Z"), request);
    assertTrue(request.contains("until=2026-11-02T00%3A00%3A00Z"), request);
    assertEquals("[]\n", out());
  }

  @Test
  void resendsAPeriodUntilNothingIsLeft() {
    server.answers(200, ME);
    server.answers(202, "{\"count\":10000,\"next\":\"c1\"}");
    server.answers(202, "{\"count\":18,\"next\":null}");
    assertEquals(0, run("resend", "--since", "2026-11-01", "--state", "failed,held"), err());
    assertEquals("10018 resent" + System.lineSeparator(), out());
    assertEquals(
        "POST /v1/affiliates/77/resends {\"since\":\"2026-11-01T00:00:00Z\","
            + "\"states\":[\"failed\",\"held\"],\"cursor\":\"c1\"}",
        server.requests().getLast());
  }

  @Test
  void reportsWhatWasImportedBeforeTheApiBecameUnreachable(@TempDir Path directory)
      throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("a.json"),
            "[{\"url\":\"https://a.example/\"},{\"url\":\"https://b.example/\"}]");
    server.answers(200, ME);
    server.answers(200, "{\"items\":[],\"next\":null}");
    server.answers(201, "{\"postback_id\":\"pb_1\",\"url\":\"https://a.example/\"}");
    server.answers(403, "{\"message\":\"Forbidden\"}");
    assertEquals(3, run("postbacks", "import", file.toString()));
    assertTrue(out().contains("create  77            pb_1"), out());
  }

  @Test
  void printsADeliveryOnceAndAgainWhenItChanges() {
    String delivery = "{\"delivery_id\":\"d%d\",\"state\":\"%s\",\"attempts\":[{\"number\":1}]}";
    String page = "{\"items\":[%s],\"next\":null,\"searched_until\":null}";
    server.answers(200, ME);
    server.answers(200, page.formatted(delivery.formatted(1, "retrying")));
    server.answers(
        200,
        page.formatted(
            delivery.formatted(2, "delivered") + "," + delivery.formatted(1, "retrying")));
    server.answers(
        200,
        page.formatted(
            delivery.formatted(2, "delivered") + "," + delivery.formatted(1, "delivered")));
    assertEquals(0, run("tail", "--for", "4s", "--output", "json"), err());
    assertEquals(
        List.of(
            delivery.formatted(1, "retrying"),
            delivery.formatted(2, "delivered"),
            delivery.formatted(1, "delivered")),
        out().lines().toList());
    assertEquals(List.of(Duration.ofSeconds(2), Duration.ofSeconds(2)), waited);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void completesEveryCommand(String shell) {
    assertEquals(0, run("completion", shell));
    for (String command : List.of("doctor", "backfill", "reconcile", "import", "narrow")) {
      assertTrue(out().contains(command), command);
    }
    assertTrue(out().contains("complete -F _complete_postback"), out());
  }

  @Test
  void explainsEveryCommand() {
    assertEquals(0, run("--help"));
    assertEquals(0, run("postbacks", "import", "--help"));
    assertTrue(out().contains("--dry-run"), out());
  }
}
