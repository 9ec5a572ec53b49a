package com.natifico.postback.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.local.LocalStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the README's curl commands as printed, except for the two ports. */
final class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root"));
  private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest(name = "on {0}")
  @MethodSource("com.natifico.postback.endtoend.Engine#all")
  void worksAsPrinted(Engine engine) throws Exception {
    try (TestTracker tracker = new TestTracker();
        LocalStack stack = engine.start("EgressAllow=127.0.0.0/8")) {
      List<String> lines =
          SHELL
              .matcher(Files.readString(ROOT.resolve("README.md")))
              .results()
              .map(
                  match ->
                      match
                          .group(1)
                          .replace("http://localhost:8080", "http://localhost:" + stack.port())
                          .replace("http://localhost:8081", tracker.url("")))
              .toList();
      assertEquals(4, lines.size(), "save, push, read, test");

      assertEquals("active", run(lines.get(0)).path("state").asText());
      JsonNode accepted = run(lines.get(1));
      assertEquals(1, accepted.path("callbacks").size(), accepted.toString());
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> assertEquals("delivered", run(lines.get(2)).at("/items/0/state").asText()));
      assertEquals(
          "click=w8J3kUG5&payout=12.50&city=Berlin",
          tracker.received("/readme").getFirst().query());
      JsonNode report = run(lines.get(3));
      assertTrue(report.path("complete").asBoolean(), report.toString());
      assertEquals("delivered", report.at("/deliveries/0/state").asText());
    }
  }

  private static JsonNode run(String line) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return new ObjectMapper().readTree(output);
  }
}
