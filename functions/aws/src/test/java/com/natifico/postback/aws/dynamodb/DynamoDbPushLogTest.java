package com.natifico.postback.aws.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.Unavailable;
import com.natifico.postback.aws.client.AwsClients;
import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.aws.testing.Meter;
import com.natifico.postback.aws.testing.Meter.Bill;
import com.natifico.postback.push.PushLog;
import com.natifico.postback.push.Refusal;
import com.natifico.postback.push.RefusedPush;
import com.natifico.postback.push.RefusedPushes;
import com.natifico.postback.testing.PushLogContract;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class DynamoDbPushLogTest extends PushLogContract {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final String TABLE = ENGINE.createPushesTable();
  private static final Instant MINUTE = Instant.parse("2026-11-02T14:03:00Z");

  private final String key = "k" + UUID.randomUUID();
  private final PushLog log = new DynamoDbPushLog(ENGINE.client(), TABLE, Duration.ofMinutes(1));
  private final RefusedPushes pushes =
      new RefusedPushes(
          log,
          () -> MINUTE,
          new Random(key.hashCode()),
          (what, why) -> {
            throw new AssertionError(what, why);
          });

  @Override
  protected PushLog log() {
    return log;
  }

  private Bill record(int count, int size) {
    Supplier<Refusal> refusal =
        () -> new Refusal("POST /v1/conversions", 422, "{}", "x".repeat(size), false);
    return Meter.of(() -> pushes.record(key, Collections.nCopies(count, refusal)));
  }

  /** As infrastructure/docs/costs.md states. */
  @Test
  void paysFourWriteUnitsForARefusedPushAndNothingBeyondTheBound() {
    assertEquals(new Bill(Map.of("UpdateItem", 1, "BatchWriteItem", 1), 4, 0), record(1, 500));
    assertEquals(
        new Bill(Map.of("UpdateItem", 1, "BatchWriteItem", 2), 2 + 2 * 29, 0), record(100, 500));
    assertEquals(new Bill(Map.of(), 0, 0), record(100, 500));
  }

  @Test
  void paysAtMostSixteenWriteUnitsForARefusedPush() {
    Refusal largest =
        new Refusal(
            "GET /v1/conversions/postback", 422, "p".repeat(4_096), "x".repeat(2_048), true);
    assertEquals(16, Meter.of(() -> pushes.record(key, List.of(() -> largest))).writeUnits());
  }

  @Test
  void keepsEverythingForSevenDays() {
    record(31, 10);
    List<Long> expiries =
        ENGINE
            .client()
            .queryPaginator(
                query ->
                    query
                        .tableName(TABLE)
                        .keyConditionExpression("key_id = :key")
                        .expressionAttributeValues(Map.of(":key", Item.of(key))))
            .items()
            .stream()
            .map(item -> new Item(item).number(Expiry.ATTRIBUTE))
            .distinct()
            .sorted()
            .toList();
    long week = MINUTE.plus(Duration.ofDays(7)).getEpochSecond();
    assertEquals(List.of(week, week + 60), expiries);
  }

  @Test
  void findsTheRestOfAPageThatDynamoDbDivides() {
    for (int minute = 0; minute < 10; minute++) {
      Instant now = MINUTE.plus(Duration.ofMinutes(minute));
      Refusal large =
          new Refusal("POST /v1/conversions", 422, "p".repeat(4_096), "x".repeat(6_000), true);
      new RefusedPushes(log, () -> now, new Random(minute), (what, why) -> {})
          .record(key, Collections.nCopies(31, () -> large));
    }
    PushLog.Listed listed = log.list(key, MINUTE, null, 200);
    assertEquals(200, listed.page().items().size());
    assertEquals(7, listed.notKept());
  }

  /** A refused push is answered soon even if DynamoDB does not answer at all. */
  @Test
  void waitsForAWriteOnlyBriefly() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Map<String, String> environment = new HashMap<>(ENGINE.environment());
      environment.put("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:" + silent.getLocalPort());
      PushLog unanswered = new DynamoDbPushLog(new AwsClients(environment).dynamoDb(), TABLE);
      RefusedPush push =
          new RefusedPush("1k6p3vd8h-01234567", key, new Refusal("", 422, "{}", "", false));
      assertTimeout(
          Duration.ofSeconds(8),
          () -> {
            assertThrows(Unavailable.class, () -> unanswered.reserve(key, MINUTE, 1, 0));
            assertThrows(Unavailable.class, () -> unanswered.save(List.of(push)));
          },
          "both together take less than the usual limit for one call");
      assertTrue(silent.isBound());
    }
  }
}
