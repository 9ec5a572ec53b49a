package com.natifico.postback.endtoend.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.endtoend.Api;
import com.natifico.postback.endtoend.Engine;
import com.natifico.postback.endtoend.TestTracker;
import com.natifico.postback.local.LocalStack;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The jar as it is released, in processes of its own. */
final class ExecutableJarTest {
  private static final Path JAR =
      Path.of(System.getProperty("project.root")).resolve("infrastructure/cli/target/postback.jar");

  private static LocalStack stack;
  private static TestTracker tracker;
  private static Api api;

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

  private static Process process(String key, String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(
                    Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        JAR.toString()),
                    Stream.of(arguments))
                .toList());
    builder.environment().put("POSTBACK_URL", "http://localhost:" + stack.port());
    builder.environment().put("POSTBACK_KEY", key);
    builder.environment().put("AWS_ENDPOINT_URL_DYNAMODB", stack.dynamoEndpoint().toString());
    builder.environment().put("AWS_REGION", "us-east-1");
    builder.environment().put("AWS_ACCESS_KEY_ID", "local");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "local");
    for (String table : List.of("Events", "Deliveries", "Postbacks", "Limits")) {
      builder
          .environment()
          .put(table.toUpperCase(Locale.ROOT) + "_TABLE", stack.namePrefix() + table + "Table");
    }
    return builder.start();
  }

  /** Returns what it printed, on standard output and then on standard error. */
  private static String run(int status, String... arguments) throws Exception {
    Process process = process("local-manager", arguments);
    process.outputWriter().close();
    String out = text(process.getInputStream()) + text(process.getErrorStream());
    assertEquals(status, process.waitFor(), out);
    return out;
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String delivered(String affiliate, String conversion) {
    api.post(
        "local-manager",
        "/v1/affiliates/" + affiliate + "/postbacks",
        "{\"url\":\"" + tracker.url("/" + affiliate + "?c={ref_id}") + "\"}");
    return pushed(affiliate, conversion, "delivered");
  }

  private static String pushed(String affiliate, String conversion, String state) {
    JsonNode accepted =
        api.post(
                "local-network",
                "/v1/conversions",
                """
                {"conversion_id":"%s","affiliate_id":"%s","offer_id":"1","status":"approved",
                 "ref_id":"click-1"}
                """
                    .formatted(conversion, affiliate))
            .json();
    String id = accepted.at("/callbacks/0/delivery_id").asText();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertEquals(
                    state,
                    api.get("local-manager", "/v1/affiliates/" + affiliate + "/deliveries/" + id)
                        .json()
                        .path("state")
                        .asText()));
    return id;
  }

  @Test
  void knowsItsVersion() throws Exception {
    assertTrue(run(0, "--version").startsWith("postback 1."));
  }

  @Test
  void reconcilesADay() throws Exception {
    delivered("601", "c-1");
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    assertTrue(
        run(0, "reconcile", "601", today, "--read-units", "5000")
            .startsWith("affiliate 601 on " + today + ": events 1 accepted 1 delivered 1 "));
    assertEquals("not ids of affiliates: [6#1]", run(2, "reconcile", "6#1", today).strip());
  }

  @Test
  void erasesAConversion() throws Exception {
    delivered("602", "c-1");
    assertTrue(
        run(1, "erase", "602", "c-1")
            .startsWith("affiliate 602 conversion c-1: events 1 deliveries 1 "));
    assertTrue(run(0, "erase", "602", "c-1", "--now").contains("erased"));
    assertTrue(run(0, "erase", "602", "c-1").contains("events 0 deliveries 0 "));
    assertTrue(run(1, "erase", "602", "--now").contains("delete the postbacks first"));
  }

  /** A conversation over the pipes of a process. */
  private static final class Assistant implements AutoCloseable {
    private final Process process;
    private final BufferedReader in;
    private final BufferedWriter out;
    private int id;

    Assistant(String key, String... arguments) throws IOException {
      process = process(key, arguments);
      in = process.inputReader(StandardCharsets.UTF_8);
      out = process.outputWriter(StandardCharsets.UTF_8);
    }

    JsonNode ask(String method, String params) throws IOException {
      id++;
      send(
          "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}"
              .formatted(id, method, params));
      JsonNode answer = new ObjectMapper().readTree(in.readLine());
      assertEquals(id, answer.path("id").asInt(), answer.toString());
      return answer.path("result");
    }

    void send(String message) throws IOException {
      out.write(message + "\n");
      out.flush();
    }

    JsonNode call(String tool, String arguments) throws IOException {
      return ask("tools/call", "{\"name\":\"%s\",\"arguments\":%s}".formatted(tool, arguments));
    }

    List<String> tools() throws IOException {
      List<String> names = new ArrayList<>();
      ask("tools/list", "{}").path("tools").forEach(tool -> names.add(tool.path("name").asText()));
      Collections.sort(names);
      return names;
    }

    @Override
    public void close() throws IOException {
      out.close();
      assertEquals(null, in.readLine());
      try {
        assertEquals(0, process.waitFor());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String text(JsonNode result) {
    return result.at("/content/0/text").asText();
  }

  @Test
  void answersAnAssistantWithAnAffiliatesKey() throws Exception {
    tracker.answers("/77", 404, 404);
    api.post(
        "local-affiliate-77",
        "/v1/affiliates/me/postbacks",
        "{\"url\":\"" + tracker.url("/77?c={ref_id}") + "\"}");
    pushed("77", "c-1", "failed");
    try (Assistant assistant = new Assistant("local-affiliate-77", "mcp")) {
      JsonNode hello =
          assistant.ask(
              "initialize",
              """
              {"protocolVersion":"2025-06-18","capabilities":{},
               "clientInfo":{"name":"test","version":"1"}}\
              """
                  .replace("\n", ""));
      assertEquals("2025-06-18", hello.path("protocolVersion").asText());
      assistant.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
      assertEquals("{}", assistant.ask("ping", "{}").toString());
      assertEquals(
          List.of("list_deliveries", "list_postbacks", "preview", "statistics", "why"),
          assistant.tools());
      JsonNode why = assistant.call("why", "{\"id\":\"click-1\"}");
      assertFalse(why.path("isError").asBoolean(), why.toString());
      assertTrue(text(why).contains("check the path in your URL. Then resend it."), why.toString());
      JsonNode listed = assistant.call("list_deliveries", "{\"state\":\"failed\",\"limit\":1}");
      assertTrue(text(listed).contains("\"conversion_id\":\"c-1\""), listed.toString());
      assertTrue(text(assistant.call("list_postbacks", "{}")).contains("/77?c={ref_id}"));
      assertTrue(text(assistant.call("statistics", "{\"by\":\"day\"}")).contains("\"items\":"));
      JsonNode refused = assistant.call("preview", "{\"url\":\"https://t.example/?c={refid}\"}");
      assertTrue(refused.path("isError").asBoolean(), refused.toString());
      assertTrue(text(refused).contains("Suggestion: ref_id"), refused.toString());
    }
  }

  @Test
  void letsAnAssistantWriteOnlyIfItIsAllowed() throws Exception {
    String delivery = delivered("603", "c-1");
    String postback = delivery.replaceFirst(".*\\.", "");
    try (Assistant assistant = new Assistant("local-manager", "mcp", "--allow-writes")) {
      assertEquals(9, assistant.tools().size());
      String named = "{\"affiliate_id\":\"603\",\"postback_id\":\"" + postback + "\"}";
      assertTrue(text(assistant.call("pause", named)).contains("\"state\":\"paused\""));
      assertTrue(text(assistant.call("resume", named)).contains("\"state\":\"active\""));
      JsonNode resent =
          assistant.call(
              "resend", "{\"affiliate_id\":\"603\",\"delivery_id\":\"" + delivery + "\"}");
      assertFalse(resent.path("isError").asBoolean(), resent.toString());
      JsonNode counted =
          assistant.call(
              "backfill",
              "{\"affiliate_id\":\"603\",\"postback_id\":\"%s\",\"since\":\"2026-01-01T00:00:00Z\"}"
                  .formatted(postback));
      assertTrue(text(counted).contains("\"count\":0"), counted.toString());
      JsonNode missing = assistant.call("why", "{\"id\":\"c-1\"}");
      assertTrue(text(missing).startsWith("affiliate_id is missing"), missing.toString());
    }
  }

  @Test
  void servesNoAssistantWithAKeyForAnotherPurpose() throws Exception {
    Process process = process("local-network", "mcp");
    assertEquals(2, process.waitFor());
    assertEquals("", text(process.getInputStream()));
    assertTrue(text(process.getErrorStream()).contains("the key's role is network"));
  }
}
