package com.natifico.postback.benchmarks.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.aws.testing.SqsTestEngine;
import com.natifico.postback.benchmarks.lambda.BootedFunction.How;
import com.natifico.postback.benchmarks.lambda.BootedFunction.Timed;
import com.natifico.postback.benchmarks.lambda.Packages.Name;
import com.natifico.postback.local.server.LoopbackServer;
import com.natifico.postback.local.server.LoopbackServer.Answer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the hooks that the runtime interface client calls around a snapshot, and checks what
 * happened before it and that none of it remains.
 */
final class SnapshotTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Packages packages = new Packages(Path.of(System.getProperty("project.root")));

  @ParameterizedTest
  @EnumSource(
      value = Name.class,
      names = {"AUTHORIZER", "API", "CONVERSION"})
  void aRestoredFunctionAnswers(Name name) throws Exception {
    try (BootedFunction function = packages.boot(name, How.asOnLambda(true))) {
      function.ready();
      assertFalse(function.output().contains("not primed"), function.output());
      assertEquals(0, messages(), "priming enqueues nothing");
      function.restore();

      Timed answer =
          function.invoke(
              switch (name) {
                case AUTHORIZER -> Events.authorize(Packages.BOOTSTRAP_KEY);
                case API -> Events.list();
                default -> Events.push("c-1");
              });

      assertFalse(answer.failed(), answer::body);
      JsonNode json = JSON.readTree(answer.body());
      assertEquals(
          switch (name) {
            case AUTHORIZER -> "true";
            case API -> "200";
            default -> "202";
          },
          (name == Name.AUTHORIZER ? json.path("isAuthorized") : json.path("statusCode")).asText());
    }
  }

  @Test
  void primingSendsNothingAndClosesItsConnections() throws Exception {
    Set<Integer> connections = ConcurrentHashMap.newKeySet();
    Map<String, String> requests = new ConcurrentHashMap<>();
    AtomicInteger claims = new AtomicInteger();
    try (LoopbackServer aws =
            LoopbackServer.answering(
                request -> {
                  connections.add(request.clientPort());
                  String target = request.header("x-amz-target");
                  requests.put(target, request.text());
                  if (target.endsWith("PutItem")) {
                    claims.incrementAndGet();
                  }
                  return Answer.ok(
                      "application/x-amz-json-1.0",
                      target.endsWith("Query") ? "{\"Items\": [], \"Count\": 0}" : "{}");
                });
        BootedFunction function =
            packages.boot(
                Name.CONVERSION, How.asOnLambda(true), "http://127.0.0.1:" + aws.port())) {
      function.ready();

      assertEquals(
          Set.of(
              "DynamoDB_20120810.Query", "DynamoDB_20120810.PutItem", "AmazonSQS.SendMessageBatch"),
          requests.keySet());
      assertEquals(
          0,
          JSON.readTree(requests.get("AmazonSQS.SendMessageBatch")).path("Entries").size(),
          "no message");
      assertEquals(20, claims.get(), "priming sends no request outside the process");
      Set<Integer> ofPriming = new HashSet<>(connections);
      connections.clear();
      function.restore();
      function.invoke(Events.push("c-1"));

      assertNotEquals(Set.of(), connections);
      connections.retainAll(ofPriming);
      assertEquals(Set.of(), connections, "a connection was in the snapshot");
    }
  }

  private int messages() {
    return SqsTestEngine.shared()
        .client()
        .receiveMessage(
            receive -> receive.queueUrl(packages.environment().get("CALLBACK_QUEUE_URL")))
        .messages()
        .size();
  }
}
