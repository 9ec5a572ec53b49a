package com.natifico.postback.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.aws.sqs.CallbackMessageCodec;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.local.LocalStack;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** An operator moves messages back with the move task of SQS, as the runbook says. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(
    "SenderRedriveTest") // Methods run one at a time, because each counts all dead-letter messages.
@OnEveryEngine(
    "RetrySchedule=1s EgressAllow=127.0.0.0/8 PostbackCacheSeconds=0"
        + " SenderBatchWindowSeconds=0")
final class SenderRedriveTest {
  private final LocalStack stack;
  private final TestTracker tracker;
  private final Api api;
  private final SqsClient sqs;

  private final String affiliate = "a" + UUID.randomUUID().toString().substring(0, 8);
  private final String path = "/" + affiliate;

  SenderRedriveTest(Running running) {
    stack = running.stack();
    tracker = running.tracker();
    api = running.api();
    sqs = running.sqs();
  }

  private String url(String queue) {
    return Objects.requireNonNull(stack.queueUrls().get(queue));
  }

  private String arn(String queue) {
    return Objects.requireNonNull(
        sqs.getQueueAttributes(
                get -> get.queueUrl(url(queue)).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN));
  }

  /**
   * {@code aws sqs start-message-move-task}. Unlike ElasticMQ, AWS allows it only for a queue that
   * is the dead-letter queue of another.
   */
  private void move(String from, String to) {
    assertFalse(
        sqs.listDeadLetterSourceQueues(list -> list.queueUrl(url(from))).queueUrls().isEmpty(),
        from + " is not a dead-letter queue: SQS would refuse the task");
    sqs.startMessageMoveTask(task -> task.sourceArn(arn(from)).destinationArn(arn(to)));
  }

  private int size(String queue) {
    return Integer.parseInt(
        Objects.requireNonNull(
            sqs.getQueueAttributes(
                    get ->
                        get.queueUrl(url(queue))
                            .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .attributes()
                .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)));
  }

  private String postback() {
    return api.post(
            "local-manager",
            "/v1/affiliates/" + affiliate + "/postbacks",
            "{\"url\":\"" + tracker.url(path + "?c={ref_id}") + "\"}")
        .json()
        .path("postback_id")
        .asText();
  }

  private JsonNode awaitState(String deliveryId, String state) {
    String resource = "/v1/affiliates/" + affiliate + "/deliveries/" + deliveryId;
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              JsonNode json = api.get("local-manager", resource).json();
              assertEquals(state, json.path("state").asText(), json.toString());
            });
    return api.get("local-manager", resource).json();
  }

  private String failed() {
    tracker.answers(path, 500, 500);
    String id =
        api.post(
                "local-network",
                "/v1/conversions",
                "{\"conversion_id\":\"c-1\",\"affiliate_id\":\""
                    + affiliate
                    + "\",\"offer_id\":\"1042\",\"status\":\"approved\",\"ref_id\":\"w8J3\"}")
            .json()
            .at("/callbacks/0/delivery_id")
            .asText();
    awaitState(id, "failed");
    return id;
  }

  @ParameterizedTest
  @ValueSource(strings = {"CallbackQueue", "RetryQueue", "SlowQueue"})
  void deliversADeadLetterThatIsMovedBack(String queue) {
    postback();
    String id = failed();
    await().atMost(Duration.ofSeconds(60)).until(() -> size("DeadLetterQueue") == 1);

    move("DeadLetterQueue", queue);

    JsonNode delivered = awaitState(id, "delivered");
    assertEquals(3, delivered.path("attempts").size(), "two before, and one after the redrive");
    assertEquals(3, tracker.received(path).size());
    await().atMost(Duration.ofSeconds(60)).until(() -> size("DeadLetterQueue") == 0);
  }

  @Test
  void failsADeadLetterWhosePostbackIsDeleted() {
    String postback = postback();
    String id = failed();
    await().atMost(Duration.ofSeconds(60)).until(() -> size("DeadLetterQueue") == 1);
    api.send(
        "DELETE", "local-manager", "/v1/affiliates/" + affiliate + "/postbacks/" + postback, null);

    move("DeadLetterQueue", "CallbackQueue");

    await().atMost(Duration.ofSeconds(60)).until(() -> size("DeadLetterQueue") == 0);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertEquals("postback_deleted", awaitState(id, "failed").path("reason").asText()));
    assertEquals(2, tracker.received(path).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CallbackQueue", "RetryQueue", "SlowQueue"})
  void deliversAnUnprocessedMessageThatIsMovedBack(String queue) {
    String postback = postback();
    Instant claimed = Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MILLIS);
    Callback callback =
        new Callback(
            EventId.of(claimed, new EventIdentity("77", "c-7", "1", ConversionStatus.APPROVED))
                .deliveryId(postback),
            postback,
            new ReportedEvent(affiliate, "1042", "c-7", ConversionStatus.APPROVED, false),
            new CallbackRequest(HttpMethod.GET, tracker.url(path + "?c=w8J3"), null, null));
    sqs.sendMessage(
        send ->
            send.queueUrl(url("UnprocessedQueue"))
                .messageBody(
                    CallbackMessageCodec.encode(
                        new CallbackMessage(callback, 1, claimed, claimed))));

    move("UnprocessedQueue", queue);

    JsonNode delivered = awaitState(callback.deliveryId(), "delivered");
    assertEquals(1, delivered.path("attempts").size());
    assertEquals(1, tracker.received(path).size());
  }
}
