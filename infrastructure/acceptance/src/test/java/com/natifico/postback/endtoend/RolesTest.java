package com.natifico.postback.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.delivery.Timer;
import com.natifico.postback.endtoend.Api.Answer;
import com.natifico.postback.local.LocalStack;
import com.natifico.postback.local.permission.Permission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * The roles of template.yaml match what the functions do. In all end-to-end tests, the local stack
 * refuses every call that a role does not allow; this test shows that every allowed action is used.
 */
@OnEveryEngine(
    "RetrySchedule=1s EgressAllow=127.0.0.0/8 PostbackCacheSeconds=0"
        + " SenderBatchWindowSeconds=0 StatisticsWindowSeconds=0"
        + " EventWindowSeconds=1")
final class RolesTest {
  /** Permissions that this test does not use, with the reason. */
  private static final Map<String, String> NOT_USED_HERE =
      Map.of(
          "SenderFunction: dynamodb:Query on table/DeliveriesTable",
          "a postback is paused as failing after 24 hours of failures; HealthWatch queries then",
          "SenderFunction: sqs:ChangeMessageVisibility on CallbackQueue",
          "only while DynamoDB and SQS refuse: SqsMessageVisibilityTest, SenderFunctionTest",
          "SenderFunction: sqs:ChangeMessageVisibility on RetryQueue",
          "as above",
          "SenderFunction: sqs:ChangeMessageVisibility on SlowQueue",
          "as above");

  private static final int FROM_NOW_SECONDS = 3;

  private static final String AFFILIATE = "/v1/affiliates/77";

  private final LocalStack stack;
  private final TestTracker tracker;
  private final Api api;

  RolesTest(Running running) {
    stack = running.stack();
    tracker = running.tracker();
    api = running.api();
  }

  private DynamoDbClient dynamoAs(String function) {
    return DynamoDbClient.builder()
        .endpointOverride(stack.dynamoEndpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(function, "local")))
        .build();
  }

  @Test
  void refusesWhatARoleDoesNotAllow() {
    try (DynamoDbClient dynamo = dynamoAs("AuthorizerFunction")) {
      DynamoDbException refused =
          assertThrows(
              DynamoDbException.class,
              () -> dynamo.scan(scan -> scan.tableName(stack.namePrefix() + "KeysTable")));
      assertEquals("AccessDeniedException", refused.awsErrorDetails().errorCode());
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.contains("dynamodb:Scan"), message);
    }
  }

  private JsonNode postback(String path, String more) {
    Answer answer =
        api.post(
            "local-affiliate-77",
            AFFILIATE + "/postbacks",
            "{\"url\":\"" + tracker.url(path) + "?c={ref_id}\"" + more + "}");
    assertEquals(201, answer.status(), answer.json().toString());
    return answer.json();
  }

  private JsonNode push(String id) {
    return push(id, "approved");
  }

  private JsonNode push(String id, String status) {
    return push(id, status, "1");
  }

  private JsonNode push(String id, String status, String offer) {
    Answer answer =
        api.post(
            "local-network",
            "/v1/conversions",
            "{\"conversion_id\":\"%s\",\"affiliate_id\":\"77\",\"offer_id\":\"%s\",\"ref_id\":\"r\","
                    .formatted(id, offer)
                + "\"status\":\"%s\"}".formatted(status));
    assertTrue(answer.status() < 300, answer.json().toString());
    return answer.json();
  }

  private void awaitState(String deliveryId, String state) {
    awaitState(deliveryId, state, () -> {});
  }

  private void awaitState(String deliveryId, String state, Runnable beforeEachLook) {
    await()
        .atMost(Duration.ofSeconds(150))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              beforeEachLook.run();
              return api.get("local-manager", AFFILIATE + "/deliveries/" + deliveryId)
                  .json()
                  .path("state")
                  .asText()
                  .equals(state);
            });
  }

  /** Does everything that the system does, once. */
  private void useEverything() {
    assertEquals(
        201,
        api.post(
                "local-manager",
                AFFILIATE + "/notifications",
                "{\"events\":[\"paused\"],\"url\":\"" + tracker.url("/notified") + "\"}")
            .status());
    JsonNode kept = postback("/kept", "");
    JsonNode gone =
        postback(
            "/gone", ",\"headers\":{\"X-Key\":\"{secret.key}\"},\"secrets\":{\"key\":\"s3cret\"}");
    JsonNode down = postback("/down", "");
    tracker.answers("/gone", 410);
    tracker.answers("/down", 500, 500, 500);
    JsonNode first = push("c-1");
    for (JsonNode callback : first.path("callbacks")) {
      String id = callback.path("postback_id").asText();
      awaitState(
          callback.path("delivery_id").asText(),
          id.equals(kept.path("postback_id").asText()) ? "delivered" : "failed");
    }
    push("c-1");
    push("c-2");
    // A newer event of the conversion: before the older one is sent again, its deliveries are read.
    push("c-1", "pending");
    // A delivery without a row is looked up in its event.
    JsonNode some = first.path("callbacks").path(0);
    api.get(
        "local-manager",
        AFFILIATE
            + "/deliveries/"
            + some.path("delivery_id")
                .asText()
                .replace(some.path("postback_id").asText(), "pb_unknown"));

    String keptPath = AFFILIATE + "/postbacks/" + kept.path("postback_id").asText();
    api.get("local-manager", AFFILIATE + "/postbacks");
    api.get("local-manager", AFFILIATE + "/postbacks?scope=global");
    api.get("local-manager", keptPath);
    api.send(
        "PUT",
        "local-manager",
        keptPath,
        "{\"url\":\"" + tracker.url("/kept") + "\",\"state\":\"paused\"}");
    push("c-3");
    api.get("local-manager", AFFILIATE + "/deliveries");
    api.get("local-manager", AFFILIATE + "/conversions/c-1");
    api.send(
        "PUT",
        "local-manager",
        keptPath,
        "{\"url\":\"" + tracker.url("/kept") + "\",\"state\":\"active\"}");
    String failed = callback(first, down);
    assertEquals(
        202,
        api.post("local-manager", AFFILIATE + "/deliveries/" + failed + "/resend", "{}").status());
    assertEquals(
        202,
        api.post("local-manager", AFFILIATE + "/resends", "{\"since\":\"2026-01-01T00:00:00Z\"}")
            .status());
    awaitState(failed, "delivered");

    makeOverdue(failed);
    awaitState(failed, "delivered", stack::runSchedules);

    JsonNode test =
        api.post(
                "local-manager",
                "/v1/test-conversions",
                "{\"affiliate_id\":\"77\",\"offer_id\":\"1\"}")
            .json();
    api.get(
        "local-manager",
        "/v1/test-conversions/" + test.path("test_conversion_id").asText() + "?affiliate_id=77");
    api.send(
        "DELETE",
        "local-manager",
        AFFILIATE + "/postbacks/" + gone.path("postback_id").asText(),
        null);
    assertEquals(200, api.get("local-manager", "/v1/me").status());
    String late = "{\"postback_id\":\"%s\",\"since\":\"2026-01-01T00:00:00Z\",\"dry_run\":%b}";
    String lateId = postback("/late", "").path("postback_id").asText();
    Answer counted =
        api.post("local-manager", AFFILIATE + "/backfills", late.formatted(lateId, true));
    assertEquals(200, counted.status(), counted.json().toString());
    assertTrue(counted.json().path("count").asInt() > 0, counted.json().toString());
    Answer sent =
        api.post("local-manager", AFFILIATE + "/backfills", late.formatted(lateId, false));
    assertEquals(202, sent.status(), sent.json().toString());
    assertTrue(sent.json().path("count").asInt() > 0, sent.json().toString());
    awaitState(first.path("event_id").asText() + "." + lateId, "delivered");
    Answer found = api.get("local-manager", AFFILIATE + "/conversions?ref_id=r");
    assertTrue(found.json().path("items").size() > 0, found.json().toString());
    useTheSlowLane();
    awaitStatistics();
    awaitEvents();
    assertEquals(422, api.post("local-network", "/v1/conversions", "{}").status());
    assertEquals(200, api.get("local-manager", "/v1/pushes").status());
    assertEquals(1, api.get("local-network", "/v1/pushes").json().path("items").size());
    useTheDirectory();
    nameARequest();
    JsonNode key = api.post("local-admin", "/v1/keys", "{\"role\": \"manager\"}").json();
    api.get("local-admin", "/v1/keys");
    api.send("PUT", "local-admin", "/v1/keys/" + key.path("key_id").asText(), "{}");
    api.send("DELETE", "local-admin", "/v1/keys/" + key.path("key_id").asText(), null);
  }

  /** A conversion of an affiliate without a postback, and what a manager sees. */
  private void useTheDirectory() {
    assertEquals(
        202,
        api.post(
                "local-network",
                "/v1/conversions",
                "{\"conversion_id\":\"c-1\",\"affiliate_id\":\"88\",\"offer_id\":\"1\",\"status\":\"approved\"}")
            .status());
    assertEquals(200, api.get("local-manager", "/v1/attention").status());
    assertEquals(200, api.get("local-manager", "/v1/affiliates").status());
  }

  /** Refused, corrected and repeated under one name. */
  private void nameARequest() {
    String path = AFFILIATE + "/postbacks";
    String body = "{\"url\":\"" + tracker.url("/named") + "\"}";
    assertEquals(422, api.postNamed("n-1", "local-manager", path, "{}").status());
    Answer made = api.postNamed("n-1", "local-manager", path, body);
    assertEquals(201, made.status(), made.json().toString());
    assertEquals(made.json(), api.postNamed("n-1", "local-manager", path, body).json());
  }

  /** The notifier publishes pauses, and closes the windows in which it collects further ones. */
  private void awaitEvents() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              stack.runSchedules();
              return !stack.events("PostbackEvents").isEmpty()
                  && !tracker.received("/notified").isEmpty()
                  && !stack.roles().unused().getOrDefault("NotifierFunction", Set.of()).stream()
                      .anyMatch(permission -> permission.action().equals("dynamodb:DeleteItem"));
            });
  }

  private void awaitStatistics() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                api.get("local-manager", AFFILIATE + "/statistics").json().path("items").size()
                    > 0);
  }

  /**
   * An endpoint does not respond. Its retry moves to the slow lane, and the next conversion is sent
   * there at once.
   */
  private void useTheSlowLane() {
    String path = "/slow";
    JsonNode slow = postback(path, ",\"offer_id\":\"slow\"");
    tracker.doesNotRespond(path);
    String first = callback(push("c-slow-1", "approved", "slow"), slow);
    awaitState(first, "retrying");
    String second = callback(push("c-slow-2", "approved", "slow"), slow);
    tracker.respondsAgain(path);
    awaitState(first, "delivered");
    awaitState(second, "delivered");
  }

  private static String callback(JsonNode pushed, JsonNode postback) {
    return pushed
        .path("callbacks")
        .valueStream()
        .filter(callback -> callback.path("postback_id").equals(postback.path("postback_id")))
        .findFirst()
        .orElseThrow()
        .path("delivery_id")
        .asText();
  }

  /**
   * The row as that of a retry whose message was lost. It is overdue in {@value #FROM_NOW_SECONDS}
   * s: after all runs of the timer so far, and when the index has the change.
   */
  private void makeOverdue(String deliveryId) {
    Instant overdue = InstantSource.system().instant().plusSeconds(FROM_NOW_SECONDS);
    String due = Long.toString(overdue.minus(Timer.AGES.getFirst()).getEpochSecond());
    try (DynamoDbClient dynamo = dynamoAs("anyone")) {
      dynamo.updateItem(
          update ->
              update
                  .tableName(stack.namePrefix() + "DeliveriesTable")
                  .key(
                      Map.of(
                          "affiliate_id", AttributeValue.fromS("77"),
                          "delivery_id", AttributeValue.fromS(deliveryId)))
                  .updateExpression("SET #state = :retrying, na = :due, wa = :due, ws = :shard")
                  .expressionAttributeNames(Map.of("#state", "state"))
                  .expressionAttributeValues(
                      Map.of(
                          ":retrying", AttributeValue.fromS("retrying"),
                          ":due", AttributeValue.fromN(due),
                          ":shard",
                              AttributeValue.fromS(
                                  Integer.toString(Math.floorMod(deliveryId.hashCode(), 8))))));
    }
  }

  @Test
  void allowNothingThatIsNeverUsed() {
    useEverything();

    Set<String> unused =
        stack.roles().unused().entrySet().stream()
            .flatMap(
                function ->
                    function.getValue().stream()
                        .map(permission -> named(function.getKey(), permission)))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(new TreeSet<>(NOT_USED_HERE.keySet()), unused);
  }

  private String named(String function, Permission permission) {
    return function
        + ": "
        + permission.action()
        + " on "
        + permission
            .resource()
            .replaceFirst("arn:aws:[a-z]+:us-east-1:000000000000:", "")
            .replace(stack.namePrefix(), "");
  }
}
