package com.natifico.postback.benchmarks.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.aws.testing.SqsTestEngine;
import com.natifico.postback.benchmarks.lambda.BootedFunction.How;
import com.natifico.postback.benchmarks.lambda.BootedFunction.Timed;
import com.natifico.postback.benchmarks.lambda.Packages.Name;
import com.natifico.postback.local.server.LoopbackServer;
import com.natifico.postback.local.server.LoopbackServer.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The deployed packages start, and respond to recorded events with real calls. */
final class PackagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Packages packages = new Packages(Path.of(System.getProperty("project.root")));

  @Test
  void theAuthorizerAcceptsOnlyAValidKey() throws IOException {
    try (BootedFunction function = packages.boot(Name.AUTHORIZER, How.asOnLambda(false))) {
      JsonNode good = answer(function, Events.authorize(Packages.BOOTSTRAP_KEY));
      assertTrue(good.path("isAuthorized").asBoolean());
      assertEquals("admin", good.path("context").path("role").asText());

      JsonNode bad = answer(function, Events.authorize("npb_admin_unknown"));
      assertFalse(bad.path("isAuthorized").asBoolean());
    }
  }

  @Test
  void theApiListsPostbacks() throws IOException {
    try (BootedFunction function = packages.boot(Name.API, How.asOnLambda(false))) {
      JsonNode answer = answer(function, Events.list());

      assertEquals(200, answer.path("statusCode").asInt());
      assertEquals(
          "pb_1m6e94cj0001",
          JSON.readTree(answer.path("body").asText())
              .path("items")
              .path(0)
              .path("postback_id")
              .asText());
    }
  }

  @Test
  void acceptsAPushAndEnqueuesItsCallback() throws IOException {
    try (BootedFunction function = packages.boot(Name.CONVERSION, How.asOnLambda(false))) {
      JsonNode answer = answer(function, Events.push("c-1"));

      assertEquals(202, answer.path("statusCode").asInt(), answer.toString());
      var messages =
          SqsTestEngine.shared()
              .client()
              .receiveMessage(
                  receive ->
                      receive
                          .queueUrl(packages.environment().get("CALLBACK_QUEUE_URL"))
                          .waitTimeSeconds(5))
              .messages();
      assertEquals(
          "https://track.example.com/postback?cid=w8J3kUG5s0dKQ2m7Zx1v&payout=12.50&txid=c-1",
          JSON.readTree(messages.getFirst().body()).path("url").asText());
      assertEquals(
          200, answer(function, Events.push("c-1")).path("statusCode").asInt(), "a repeat");
    }
  }

  @Test
  void theSenderSendsACallback() throws Exception {
    BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    try (LoopbackServer tracker =
            LoopbackServer.answering(
                request -> {
                  arrived.add(request.target());
                  return Answer.of(200);
                });
        BootedFunction function = packages.boot(Name.SENDER, How.asOnLambda(false))) {
      JsonNode answer =
          answer(
              function, Events.callback("http://127.0.0.1:" + tracker.port() + "/postback?cid=1"));

      assertEquals("{\"batchItemFailures\":[]}", answer.toString());
      assertEquals("/postback?cid=1", arrived.poll(5, TimeUnit.SECONDS));
    }
  }

  /** The decision json: the API alone pays for jackson-databind when it starts. */
  @ParameterizedTest
  @CsvSource({"AUTHORIZER, false", "CONVERSION, false", "SENDER, false", "API, true"})
  void onlyTheApiLoadsDatabind(Name name, boolean loads) throws IOException {
    try (BootedFunction function = packages.boot(name, How.asOnLambda(false).listingClasses())) {
      answer(
          function,
          switch (name) {
            case AUTHORIZER -> Events.authorize(Packages.BOOTSTRAP_KEY);
            case CONVERSION -> Events.push("c-2");
            case SENDER -> Events.callback("http://127.0.0.1:1/");
            case API -> Events.list();
          });

      assertEquals(
          loads,
          function.loadedClasses().stream()
              .anyMatch(each -> each.startsWith("com.fasterxml.jackson.databind.")));
    }
  }

  private static JsonNode answer(BootedFunction function, String event) throws IOException {
    Timed answer = function.invoke(event);
    assertFalse(answer.failed(), () -> answer.body() + "\n" + function.output());
    return JSON.readTree(answer.body());
  }
}
