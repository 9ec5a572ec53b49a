package com.natifico.postback.functions.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.natifico.postback.Unavailable;
import com.natifico.postback.aws.dynamodb.DeliveryItem;
import com.natifico.postback.aws.dynamodb.DynamoDbDeliveryLog;
import com.natifico.postback.aws.dynamodb.DynamoDbStatisticsStore;
import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.aws.testing.TimeLeft;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.statistics.Counter;
import com.natifico.postback.statistics.ShardChanges;
import com.natifico.postback.statistics.Statistics;
import com.natifico.postback.statistics.StatisticsStore;
import com.natifico.postback.testing.InMemoryStatisticsStore;
import com.natifico.postback.testing.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class StatisticsFunctionTest {
  private static final String DONE = "{\"state\": {}, \"batchItemFailures\": []}";
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final String LOG = ENGINE.createDeliveriesTable();

  private final InMemoryStatisticsStore store = new InMemoryStatisticsStore();
  private final List<String> errors = new ArrayList<>();
  private final StatisticsFunction function = function(store);

  private StatisticsFunction function(StatisticsStore store) {
    return new StatisticsFunction(
        new StatisticsComposition(new Statistics(store), (what, why) -> errors.add(what)));
  }

  private static Delivery retrying(String conversionId) {
    return Delivery.unrecorded(Samples.callback(conversionId, "p1"))
        .retrying(
            Samples.attempt(1, Outcome.HTTP_ERROR),
            Samples.NOW.plusSeconds(60),
            "1@" + Samples.NOW);
  }

  /** The row as DynamoDB stores it. */
  private static String image(Delivery row) {
    new DynamoDbDeliveryLog(ENGINE.client(), LOG, Duration.ofDays(90), new Random(1)).save(row);
    return json(
        ENGINE
            .client()
            .getItem(
                get ->
                    get.tableName(LOG)
                        .key(DeliveryItem.key(row.callback().affiliateId(), row.id())))
            .item());
  }

  private static String json(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .map(each -> "\"" + each.getKey() + "\": " + json(each.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String json(AttributeValue value) {
    return switch (value.type()) {
      case S -> "{\"S\": \"" + value.s() + "\"}";
      case N -> "{\"N\": \"" + value.n() + "\"}";
      case BOOL -> "{\"BOOL\": " + value.bool() + "}";
      case NUL -> "{\"NULL\": true}";
      case M -> "{\"M\": " + json(value.m()) + "}";
      case L ->
          value.l().stream()
              .map(StatisticsFunctionTest::json)
              .collect(Collectors.joining(", ", "{\"L\": [", "]}"));
      default -> throw new IllegalArgumentException(value.toString());
    };
  }

  private static String inserted(int at, String image) {
    return "{\"eventName\": \"INSERT\", \"dynamodb\": {\"SequenceNumber\": \"%d\", \"NewImage\": %s}}"
        .formatted(at, image);
  }

  private static String modified(int at, String before, String after) {
    return ("{\"eventName\": \"MODIFY\", \"dynamodb\": {\"SequenceNumber\": \"%d\","
            + " \"OldImage\": %s, \"NewImage\": %s}}")
        .formatted(at, before, after);
  }

  private static String removed(int at, String image, String identity) {
    return ("{\"eventName\": \"REMOVE\", \"userIdentity\": %s, \"dynamodb\":"
            + " {\"SequenceNumber\": \"%d\", \"OldImage\": %s}}")
        .formatted(identity, at, image);
  }

  private static String event(String... records) {
    return "{\"Records\": ["
        + String.join(", ", records)
        + "], \"window\": {\"start\": \"a\", \"end\": \"b\"}, \"state\": {}, \"shardId\":"
        + " \"shard\", \"isFinalInvokeForWindow\": false}";
  }

  private String answer(StatisticsFunction function, String event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    function.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, TimeLeft.AMPLE);
    return answer.toString(StandardCharsets.UTF_8);
  }

  private Map<Counter, Long> counted() {
    return counted(store);
  }

  private static Map<Counter, Long> counted(StatisticsStore store) {
    Map<Counter, Long> counted = new HashMap<>();
    store
        .read(Samples.AFFILIATE, Instant.EPOCH, Instant.MAX)
        .forEach(
            hour ->
                hour.counters()
                    .counts()
                    .counts()
                    .forEach((counter, count) -> counted.merge(counter, count, Long::sum)));
    return counted;
  }

  @Test
  void countsADeliveryInItsLatestState() throws IOException {
    Delivery retrying = retrying("c-1");
    String before = image(retrying);
    String after = image(retrying.delivered(Samples.attempt(2, Outcome.DELIVERED)));

    String event = event(inserted(1, before), modified(2, before, after));
    assertEquals(DONE, answer(function, event));
    assertEquals(DONE, answer(function, event));

    assertEquals(Map.of(Counter.DELIVERED, 1L, Counter.ATTEMPTS, 2L), counted());
  }

  @Test
  void subtractsWhatIsErasedAndNotWhatExpired() throws IOException {
    String first = image(retrying("c-2"));
    String second = image(retrying("c-3"));

    answer(
        function,
        event(
            inserted(1, first),
            inserted(2, second),
            removed(3, first, "null"),
            removed(
                4,
                second,
                "{\"type\": \"Service\", \"principalId\": \"dynamodb.amazonaws.com\"}")));

    assertEquals(Map.of(Counter.RETRYING, 1L, Counter.ATTEMPTS, 1L), counted());
  }

  @Test
  void ignoresTheProgressOfTheTimerAndTheEndOfAWindow() throws IOException {
    assertEquals(
        DONE, answer(function, event(inserted(1, "{\"affiliate_id\": {\"S\": \"#timer\"}}"))));
    assertEquals(DONE, answer(function, event()));
    assertEquals(Map.of(), counted());
  }

  @Test
  void reportsTheFirstRecordThatItCannotRead() throws IOException {
    String row = image(retrying("c-4"));

    assertEquals(
        "{\"state\": {}, \"batchItemFailures\": [{\"itemIdentifier\": \"2\"}]}",
        answer(
            function,
            event(
                inserted(1, row), inserted(2, row.replace("retrying", "lost")), inserted(3, row))));
    assertEquals(Map.of(Counter.RETRYING, 1L, Counter.ATTEMPTS, 1L), counted());
    assertEquals(List.of("cannot read a row of the log"), errors);
  }

  @Test
  void reportsTheFirstChangeThatTheStoreRefuses() throws IOException {
    StatisticsFunction refused =
        function(
            new StatisticsStore() {
              @Override
              public void add(ShardChanges changes) {
                throw new Unavailable("refused", null);
              }

              @Override
              public List<Hour> read(String affiliateId, Instant since, Instant until) {
                return List.of();
              }
            });

    assertEquals(
        "{\"state\": {}, \"batchItemFailures\": [{\"itemIdentifier\": \"7\"}]}",
        answer(refused, event(inserted(7, image(retrying("c-5"))))));
    assertEquals(List.of("cannot count changes"), errors);
  }

  @Test
  void needsATumblingWindow() {
    assertThrows(IllegalStateException.class, () -> answer(function, "{\"Records\": []}"));
  }

  /** On the real engine, with the names of template.yaml. */
  @Test
  void countsIntoItsTable() throws IOException {
    String table = ENGINE.createStatisticsTable();
    Map<String, String> variables = new HashMap<>(ENGINE.environment());
    variables.put("STATISTICS_TABLE", table);

    assertEquals(
        DONE,
        answer(new StatisticsFunction(variables), event(inserted(1, image(retrying("c-6"))))));

    assertEquals(
        Map.of(Counter.RETRYING, 1L, Counter.ATTEMPTS, 1L),
        counted(new DynamoDbStatisticsStore(ENGINE.client(), table, Duration.ofDays(90))));
  }
}
