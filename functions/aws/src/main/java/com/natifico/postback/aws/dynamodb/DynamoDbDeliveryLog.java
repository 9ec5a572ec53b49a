package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.Page;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The delivery log on DynamoDB: partitioned by affiliate and sorted by delivery id, and so by time.
 */
public final class DynamoDbDeliveryLog implements DeliveryLog {
  /**
   * The maximum number of reads for one page of a list, each returning at most 1 MB. A selective
   * filter therefore gives short pages instead of slow ones.
   */
  private static final int READS_PER_PAGE = 10;

  /** The rows per read of a filtered list, about half a megabyte. */
  private static final int ROWS_PER_READ = 1000;

  private final DynamoDbClient client;
  private final String table;
  private final Retention retention;
  private final WriteToken.Source tokens;
  private final BatchGet batchGet;
  private final int rowsPerRead;

  /**
   * @param retention how long a delivery is kept at least after its creation
   * @param random used to recognise our own writes and to spread repeated reads
   */
  public DynamoDbDeliveryLog(
      DynamoDbClient client, String table, Duration retention, RandomGenerator random) {
    this(client, table, retention, random, ROWS_PER_READ);
  }

  DynamoDbDeliveryLog(
      DynamoDbClient client,
      String table,
      Duration retention,
      RandomGenerator random,
      int rowsPerRead) {
    this.client = new TableClient(client);
    this.table = table;
    this.retention = new Retention(retention);
    this.tokens = new WriteToken.Source(random);
    this.rowsPerRead = rowsPerRead;
    this.batchGet = new BatchGet(this.client, table, new Backoff(random));
  }

  @Override
  public @Nullable Delivery find(String affiliateId, String deliveryId) {
    var found =
        client.getItem(
            get ->
                get.tableName(table)
                    .consistentRead(true)
                    .key(DeliveryItem.key(affiliateId, deliveryId)));
    return found.hasItem() ? DeliveryItem.read(found.item()) : null;
  }

  @Override
  public Map<String, Delivery> findAll(String affiliateId, Collection<String> deliveryIds) {
    Map<String, Delivery> found = new HashMap<>();
    batchGet
        .items(deliveryIds.stream().map(id -> DeliveryItem.key(affiliateId, id)).toList())
        .forEach(
            item -> {
              Delivery delivery = DeliveryItem.read(item);
              found.put(delivery.id(), delivery);
            });
    return found;
  }

  @Override
  public boolean save(Delivery delivery) {
    if (delivery.revision() < 1) {
      throw new IllegalArgumentException("a delivery without a revision cannot be stored");
    }
    WriteToken token = tokens.next();
    Item item =
        token
            .on(DeliveryItem.of(delivery))
            .number(Expiry.ATTRIBUTE, retention.expiry(delivery).getEpochSecond());
    try {
      client.putItem(
          put -> {
            put.tableName(table)
                .item(item.attributes())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
            if (delivery.revision() == 1) {
              put.conditionExpression("attribute_not_exists(delivery_id)");
            } else {
              put.conditionExpression("rv = :before")
                  .expressionAttributeValues(Map.of(":before", Item.of(delivery.revision() - 1L)));
            }
          });
      return true;
    } catch (ConditionalCheckFailedException e) {
      return e.hasItem() && token.isOn(e.item());
    }
  }

  @Override
  public Page<Delivery> list(
      String affiliateId, DeliveryFilter filter, Order order, @Nullable String after, int limit) {
    DeliveryQuery query = new DeliveryQuery(table, affiliateId, filter, order, after, limit);
    if (query.isEmpty()) {
      return new Page<>(List.of(), null);
    }
    List<Delivery> found = new ArrayList<>();
    QueryRequest request = query.request(rowsPerRead);
    for (int reads = 1; ; reads++) {
      QueryResponse response = client.query(request);
      for (Map<String, AttributeValue> item : response.items()) {
        Delivery delivery = DeliveryItem.read(item);
        if (!filter.matches(delivery)) {
          continue;
        }
        if (found.size() == limit) {
          return new Page<>(found, found.getLast().id());
        }
        found.add(delivery);
      }
      if (!response.hasLastEvaluatedKey()) {
        return new Page<>(found, null);
      }
      if (found.size() == limit || reads == READS_PER_PAGE) {
        return new Page<>(
            found, new Item(response.lastEvaluatedKey()).text(DeliveryItem.DELIVERY_ID));
      }
      request = request.toBuilder().exclusiveStartKey(response.lastEvaluatedKey()).build();
    }
  }
}
