package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.Page;
import com.natifico.postback.push.PushLog;
import com.natifico.postback.push.Refusal;
import com.natifico.postback.push.RefusedPush;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Refused pushes on DynamoDB, by key and time, with one index over all of them by time. The count
 * of a minute is an item of the same partition that sorts after the refused pushes of the minute,
 * so a list reads both together.
 *
 * <p>One partition of the index holds the refused pushes of all keys, because there are few keys
 * and each of them writes a bounded number. A refused push that does not fit is only counted.
 */
public final class DynamoDbPushLog implements PushLog {
  /** How long a push waits for a write, because a refused push is answered in any case. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(2);

  /** DynamoDB's limit for a batch. */
  private static final int MAX_BATCH = 25;

  private static final String KEY_ID = "key_id";

  /** The id of a refused push, or the position of a count. */
  private static final String SK = "sk";

  /** Follows the last millisecond of a minute in the position of its count. */
  private static final String COUNT = "~";

  private static final String OUTCOME = "outcome";
  private static final AttributeValue REFUSED = Item.of("refused");
  private static final String TAKEN = "taken";
  private static final String NOT_KEPT = "not_kept";
  private static final String ROUTE = "route";
  private static final String STATUS = "status";
  private static final String PROBLEM = "problem";
  private static final String CONTENT = "content";
  private static final String TRUNCATED = "truncated";

  private final DynamoDbClient client;
  private final String table;
  private final AwsRequestOverrideConfiguration briefly;

  public DynamoDbPushLog(DynamoDbClient client, String table) {
    this(client, table, MAX_WAIT);
  }

  /**
   * @param maxWait the limit for the time of a write
   */
  DynamoDbPushLog(DynamoDbClient client, String table, Duration maxWait) {
    this.client = new TableClient(client);
    this.table = table;
    this.briefly = AwsRequestOverrideConfiguration.builder().apiCallTimeout(maxWait).build();
  }

  @Override
  public int reserve(String keyId, Instant minute, int wanted, int notKept) {
    Instant end = minute.plus(1, ChronoUnit.MINUTES);
    Map<String, AttributeValue> counts =
        client
            .updateItem(
                update ->
                    update
                        .tableName(table)
                        .key(
                            Map.of(
                                KEY_ID,
                                Item.of(keyId),
                                SK,
                                Item.of(RefusedPush.positionOf(end.minusMillis(1)) + COUNT)))
                        .updateExpression(
                            "SET #outcome = :refused, #expiry = :expiry"
                                + " ADD #taken :wanted, #not_kept :not_kept")
                        .expressionAttributeNames(
                            Map.of(
                                "#outcome",
                                OUTCOME,
                                "#expiry",
                                Expiry.ATTRIBUTE,
                                "#taken",
                                TAKEN,
                                "#not_kept",
                                NOT_KEPT))
                        .expressionAttributeValues(
                            Map.of(
                                ":refused",
                                REFUSED,
                                ":expiry",
                                Item.of(Expiry.after(end, KEPT)),
                                ":wanted",
                                Item.of(wanted),
                                ":not_kept",
                                Item.of(notKept)))
                        .returnValues(ReturnValue.UPDATED_NEW)
                        .overrideConfiguration(briefly))
            .attributes();
    long before = new Item(counts).number(TAKEN) - wanted;
    return Math.clamp(KEPT_PER_MINUTE - before, 0, wanted);
  }

  @Override
  public int save(List<RefusedPush> pushes) {
    int refused = 0;
    for (int i = 0; i < pushes.size(); i += MAX_BATCH) {
      List<WriteRequest> batch =
          pushes.subList(i, Math.min(i + MAX_BATCH, pushes.size())).stream()
              .map(DynamoDbPushLog::write)
              .toList();
      refused +=
          client
              .batchWriteItem(
                  write -> write.requestItems(Map.of(table, batch)).overrideConfiguration(briefly))
              .unprocessedItems()
              .getOrDefault(table, List.of())
              .size();
    }
    return pushes.size() - refused;
  }

  private static WriteRequest write(RefusedPush push) {
    Refusal refusal = push.refusal();
    Map<String, AttributeValue> item =
        new Item()
            .text(KEY_ID, push.keyId())
            .text(SK, push.id())
            .value(OUTCOME, REFUSED)
            .text(ROUTE, refusal.route())
            .number(STATUS, (long) refusal.status())
            .text(PROBLEM, refusal.problem())
            .text(CONTENT, refusal.content())
            .flag(TRUNCATED, refusal.truncated())
            .number(Expiry.ATTRIBUTE, Expiry.after(push.at(), KEPT))
            .attributes();
    return WriteRequest.builder().putRequest(put -> put.item(item)).build();
  }

  @Override
  public Listed list(@Nullable String keyId, Instant since, @Nullable String after, int limit) {
    String first = RefusedPush.positionOf(since);
    if (after != null && after.compareTo(first) < 0) {
      return new Listed(new Page<>(List.of(), null), 0);
    }
    QueryRequest.Builder query =
        QueryRequest.builder()
            .tableName(table)
            .keyConditionExpression("#partition = :partition AND #sk BETWEEN :first AND :last")
            .expressionAttributeNames(
                Map.of("#partition", keyId == null ? OUTCOME : KEY_ID, "#sk", SK))
            .expressionAttributeValues(
                Map.of(
                    ":partition",
                    keyId == null ? REFUSED : Item.of(keyId),
                    ":first",
                    Item.of(first),
                    ":last",
                    Item.of(after == null ? COUNT : after)))
            .scanIndexForward(false)
            // Each refused push may have a count of its own; one more of both for the next page.
            .limit(2 * (limit + 1));
    if (keyId == null) {
      query.indexName("by_time");
    }
    Found found = new Found(after, limit);
    QueryResponse response;
    do {
      response = client.query(query.build());
      for (Map<String, AttributeValue> item : response.items()) {
        if (found.isFull(new Item(item))) {
          return found.page();
        }
      }
      query.exclusiveStartKey(response.lastEvaluatedKey());
    } while (response.hasLastEvaluatedKey());
    return found.lastPage();
  }

  /** Collects a page. A count after the last refused push belongs to the next page. */
  private static final class Found {
    private final @Nullable String after;
    private final int limit;
    private final List<RefusedPush> pushes = new ArrayList<>();
    private long notKept;
    private long afterTheLast;

    Found(@Nullable String after, int limit) {
      this.after = after;
      this.limit = limit;
    }

    /** Adds the item, or returns true if it is a refused push and the page is full. */
    boolean isFull(Item item) {
      String position = item.text(SK);
      if (position.endsWith(COUNT)) {
        afterTheLast += item.number(NOT_KEPT) + Math.max(0, item.number(TAKEN) - KEPT_PER_MINUTE);
        return false;
      }
      if (position.equals(after)) {
        return false;
      }
      if (pushes.size() == limit) {
        return true;
      }
      pushes.add(read(item));
      notKept += afterTheLast;
      afterTheLast = 0;
      return false;
    }

    Listed page() {
      return new Listed(new Page<>(pushes, pushes.getLast().id()), notKept);
    }

    Listed lastPage() {
      return new Listed(new Page<>(pushes, null), notKept + afterTheLast);
    }

    private static RefusedPush read(Item item) {
      return new RefusedPush(
          item.text(SK),
          item.text(KEY_ID),
          new Refusal(
              item.text(ROUTE),
              (int) item.number(STATUS),
              item.text(PROBLEM),
              item.text(CONTENT),
              item.flag(TRUNCATED)));
    }
  }
}
