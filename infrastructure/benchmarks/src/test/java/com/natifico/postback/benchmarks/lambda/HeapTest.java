package com.natifico.postback.benchmarks.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.aws.dynamodb.DynamoDbPostbackStore;
import com.natifico.postback.aws.sqs.CallbackMessageCodec;
import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.benchmarks.lambda.BootedFunction.Timed;
import com.natifico.postback.benchmarks.lambda.Packages.Name;
import com.natifico.postback.benchmarks.sender.Messages;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.local.server.LoopbackServer;
import com.natifico.postback.local.server.LoopbackServer.Answer;
import com.natifico.postback.local.server.LoopbackServer.Received;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.EventFilter;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.Judging;
import com.natifico.postback.postback.PostbackSettings;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.RequestBody;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.postback.Scope;
import com.natifico.postback.postback.SendingSettings;
import com.natifico.postback.testing.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The deployed packages, with the deployed heap, at the corner of all limits at once. */
final class HeapTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int BATCH = 100;

  /** 16 KiB of one macro. */
  private static final String LONGEST_BODY = "{sub1}".repeat(16 * 1024 / 6);

  /** With a body of the greatest length, the request has 94 KB. */
  private static final String VALUE = "v".repeat(35);

  private final Packages packages = new Packages(Path.of(System.getProperty("project.root")));
  private final AtomicInteger enqueued = new AtomicInteger();

  /** 40 callbacks of 94 KB for each of 98 conversions: 370 MB. */
  @Test
  void theConversionFunctionAcceptsTheLargestBatch() throws IOException {
    givenTwentyPostbacks(new Scope.Global());
    givenTwentyPostbacks(new Scope.Offer("large"));
    try (LoopbackServer sqs = LoopbackServer.answering(this::taken);
        BootedFunction function =
            packages.bootWithDeployedHeap(
                Name.CONVERSION,
                Map.of(
                    "AWS_ENDPOINT_URL_SQS",
                    sqs.endpoint().toString(),
                    "CALLBACK_QUEUE_URL",
                    sqs.endpoint() + "/000000000000/callbacks"))) {
      JsonNode answer = answer(function, batch());

      assertEquals(200, answer.path("statusCode").asInt(), answer::toString);
      JsonNode results = JSON.readTree(answer.path("body").asText()).path("results");
      assertEquals(BATCH, results.size());
      for (JsonNode result : results) {
        assertEquals(202, result.path("status").asInt(), () -> result + "\n" + function.output());
        assertEquals(40, result.path("callbacks").size());
      }
      assertEquals((BATCH - 1) * 40, enqueued.get(), "one conversion is too large");
      assertFalse(function.output().contains("OutOfMemoryError"));
    }
  }

  /** As many callbacks as an event of 6 MB, Lambda's limit, can have. */
  @Test
  void theSenderSendsTheLargestBatch() throws Exception {
    AtomicInteger arrived = new AtomicInteger();
    try (LoopbackServer tracker =
            LoopbackServer.answering(
                _ -> {
                  arrived.incrementAndGet();
                  return Answer.ok("text/plain", "x".repeat(64 * 1024));
                });
        BootedFunction function = packages.bootWithDeployedHeap(Name.SENDER, Map.of())) {
      String url = "http://127.0.0.1:" + tracker.port() + "/";
      JsonNode answer = answer(function, callbacks(url));

      assertEquals("{\"batchItemFailures\":[]}", answer.toString());
      assertEquals(BATCH, arrived.get());
      assertFalse(function.output().contains("OutOfMemoryError"));
    }
  }

  private void givenTwentyPostbacks(Scope scope) {
    PostbackStore postbacks =
        new DynamoDbPostbackStore(
            DynamoDbEngine.shared().client(),
            Objects.requireNonNull(packages.environment().get("POSTBACKS_TABLE")),
            new Random(7));
    for (int i = 0; i < 20; i++) {
      String id = "pb_large_" + scope.hashCode() + "_" + i;
      PostbackSettings settings =
          new PostbackSettings(
              scope,
              new RequestTemplate(
                  HttpMethod.POST,
                  "https://track.example.com/" + id,
                  new RequestBody(LONGEST_BODY, FORM)),
              EventFilter.APPROVED,
              true,
              null,
              SendingSettings.USUAL,
              Judging.BY_STATUS);
      assertEquals(
          PostbackStore.Written.DONE,
          postbacks.create(Samples.with(Samples.postback(id, null), settings)));
    }
  }

  /** One of the conversions has a value of 1,024 emoji. */
  private static String batch() throws IOException {
    StringJoiner conversions = new StringJoiner(",", "{\"conversions\":[", "]}");
    for (int i = 0; i < BATCH; i++) {
      conversions.add(
          "{\"conversion_id\":\"heap-%d\",\"affiliate_id\":\"77\",\"offer_id\":\"large\","
                  .formatted(i)
              + "\"status\":\"approved\",\"sub1\":\"%s\"}"
                  .formatted(i == 50 ? "\ud83d\ude00".repeat(1024) : VALUE));
    }
    ObjectNode event = (ObjectNode) JSON.readTree(Events.push("c-1"));
    event.put("routeKey", "POST /v1/conversions/batch");
    event.put("body", conversions.toString());
    return event.toString();
  }

  private static String callbacks(String url) throws IOException {
    ObjectNode event = (ObjectNode) JSON.readTree(Events.callback(url));
    ObjectNode record = (ObjectNode) event.path("Records").path(0);
    List<ObjectNode> records =
        IntStream.range(0, BATCH)
            .mapToObj(
                i -> {
                  CallbackMessage message = Messages.message(url + i);
                  CallbackRequest large =
                      new CallbackRequest(HttpMethod.POST, url + i, "b".repeat(58 * 1024), FORM);
                  return record
                      .deepCopy()
                      .put("messageId", "m-" + i)
                      .put(
                          "body",
                          CallbackMessageCodec.encode(
                              new CallbackMessage(
                                  message.callback().withRequest(large),
                                  1,
                                  message.dueAt(),
                                  message.sentAt())));
                })
            .toList();
    event.putArray("Records").addAll(records);
    assertTrue(event.toString().length() < 6 * 1024 * 1024);
    return event.toString();
  }

  /** Takes messages like SQS, and keeps none. */
  private Answer taken(Received request) throws IOException {
    StringJoiner taken = new StringJoiner(", ", "{\"Successful\": [", "], \"Failed\": []}");
    for (JsonNode entry : JSON.readTree(request.text()).path("Entries")) {
      enqueued.incrementAndGet();
      byte[] body = entry.path("MessageBody").asText().getBytes(StandardCharsets.UTF_8);
      taken.add(
          "{\"Id\": \"%s\", \"MessageId\": \"m\", \"MD5OfMessageBody\": \"%s\"}"
              .formatted(entry.path("Id").asText(), md5(body)));
    }
    return Answer.ok("application/x-amz-json-1.0", taken.toString());
  }

  private static String md5(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }

  private static JsonNode answer(BootedFunction function, String event) throws IOException {
    Timed answer = function.invoke(event);
    assertFalse(answer.failed(), () -> answer.body() + "\n" + function.output());
    return JSON.readTree(answer.body());
  }
}
