package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.Page;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.WakeUps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The wake times on a sparse index of the deliveries' table that contains only keys. The rows are
 * read from the table, eventually consistently, because the timer decides nothing that the sender
 * does not check again.
 */
public final class DynamoDbWakeUps implements WakeUps {
  public static final String INDEX = "by_wake_time";

  /** The item of the progress; the id of an affiliate does not contain {@code #}. */
  private static final Map<String, AttributeValue> PROGRESS =
      DeliveryItem.key("#timer", "progress");

  private static final String COMPLETED_UNTIL = "completed_until";

  /** The maximum number of keys per query. */
  private static final int PAGE = 100;

  private final DynamoDbClient client;
  private final String table;
  private final BatchGet rows;

  /**
   * @param random used to spread repeated reads
   */
  public DynamoDbWakeUps(DynamoDbClient client, String table, RandomGenerator random) {
    this.client = new TableClient(client);
    this.table = table;
    this.rows = new BatchGet(this.client, table, false, new Backoff(random));
  }

  @Override
  public Page<Delivery> find(int shard, List<Range> ranges, @Nullable String after) {
    Position position = after == null ? Position.START : Position.read(after);
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    for (int i = position.range(); i < ranges.size(); i++) {
      QueryResponse response =
          query(shard, ranges.get(i), i == position.range() ? position : Position.START, PAGE);
      response.items().forEach(item -> keys.add(keyOf(item)));
      if (response.hasLastEvaluatedKey()) {
        return new Page<>(read(keys), Position.of(i, response.lastEvaluatedKey()).text());
      }
    }
    return new Page<>(read(keys), null);
  }

  private QueryResponse query(int shard, Range range, Position position, int limit) {
    return client.query(
        query -> {
          query
              .tableName(table)
              .indexName(INDEX)
              .limit(limit)
              .keyConditionExpression("ws = :shard AND wa BETWEEN :after AND :until")
              .expressionAttributeValues(
                  Map.of(
                      ":shard",
                      Item.of(DeliveryItem.wakeShard(shard)),
                      // BETWEEN includes its lower bound.
                      ":after",
                      Item.of(range.after().plusNanos(1)),
                      ":until",
                      Item.of(range.until())));
          if (position.isInside()) {
            query.exclusiveStartKey(position.key(shard));
          }
        });
  }

  private static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
    Item read = new Item(item);
    return DeliveryItem.key(
        read.text(DeliveryItem.AFFILIATE_ID), read.text(DeliveryItem.DELIVERY_ID));
  }

  private List<Delivery> read(List<Map<String, AttributeValue>> keys) {
    return keys.isEmpty() ? List.of() : rows.items(keys).stream().map(DeliveryItem::read).toList();
  }

  @Override
  public @Nullable Instant completedUntil() {
    var found = client.getItem(get -> get.tableName(table).consistentRead(true).key(PROGRESS));
    return found.hasItem() ? new Item(found.item()).instantOrNull(COMPLETED_UNTIL) : null;
  }

  @Override
  public void complete(Instant until) {
    Map<String, AttributeValue> item =
        new Item(new HashMap<>(PROGRESS)).instant(COMPLETED_UNTIL, until).attributes();
    client.putItem(put -> put.tableName(table).item(item));
  }

  /**
   * A place in the ranges: after this key of the index.
   *
   * @param wakeAt as DynamoDB writes the number; empty at the start of the range
   */
  private record Position(int range, String wakeAt, String affiliateId, String deliveryId) {
    static final Position START = new Position(0, "", "", "");

    static Position of(int range, Map<String, AttributeValue> key) {
      Item item = new Item(key);
      return new Position(
          range,
          Objects.requireNonNull(key.get(DeliveryItem.WAKE_AT)).n(),
          item.text(DeliveryItem.AFFILIATE_ID),
          item.text(DeliveryItem.DELIVERY_ID));
    }

    static Position read(String text) {
      String[] parts = text.split(" ", 4);
      return new Position(Integer.parseInt(parts[0]), parts[1], parts[2], parts[3]);
    }

    String text() {
      return range + " " + wakeAt + " " + affiliateId + " " + deliveryId;
    }

    boolean isInside() {
      return !wakeAt.isEmpty();
    }

    Map<String, AttributeValue> key(int shard) {
      return Map.of(
          DeliveryItem.WAKE_SHARD,
          Item.of(DeliveryItem.wakeShard(shard)),
          DeliveryItem.WAKE_AT,
          AttributeValue.fromN(wakeAt),
          DeliveryItem.AFFILIATE_ID,
          Item.of(affiliateId),
          DeliveryItem.DELIVERY_ID,
          Item.of(deliveryId));
    }
  }
}
