package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.postback.AdaptiveRate;
import com.natifico.postback.postback.EndpointPace;
import com.natifico.postback.postback.PaceStore;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The pace of a postback in an item of its own, next to the postback in the same table but in no
 * index: each reservation of slots costs one write unit. The postback's own item, which an index
 * copies, is only written to mark it, for two write units.
 */
public final class DynamoDbPaceStore implements PaceStore {
  private static final String REVISION = "revision";
  private static final String USED = "used";
  private static final String NEXT = "next";
  private static final String ASKS_AGAIN = "asks_again";
  private static final String BASE = "base";
  private static final String CEILING = "ceiling";
  private static final String SINCE = "since";

  private final DynamoDbClient client;
  private final String table;
  private final WriteToken.Source tokens;

  /**
   * @param random used to recognise our own writes
   */
  public DynamoDbPaceStore(DynamoDbClient client, String table, RandomGenerator random) {
    this.client = new TableClient(client);
    this.table = table;
    this.tokens = new WriteToken.Source(random);
  }

  @Override
  public EndpointPace find(PostbackKey key) {
    var found =
        client.getItem(
            get -> get.tableName(table).consistentRead(true).key(PostbackItem.paceKey(key)));
    return found.hasItem() ? read(found.item()) : EndpointPace.UNKNOWN;
  }

  @Override
  public Replaced replace(PostbackKey key, EndpointPace expected, EndpointPace next) {
    WriteToken token = tokens.next();
    PutItemRequest.Builder put =
        PutItemRequest.builder()
            .tableName(table)
            .item(token.on(item(key, next)).attributes())
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    if (expected.revision() == 0) {
      put.conditionExpression("attribute_not_exists(sk)");
    } else {
      put.conditionExpression("revision = :expected")
          .expressionAttributeValues(Map.of(":expected", Item.of(expected.revision())));
    }
    try {
      client.putItem(put.build());
      return new Replaced(true, next);
    } catch (ConditionalCheckFailedException e) {
      // Without an item, the postback was deleted in the meantime, and its pace with it.
      return e.hasItem()
          ? new Replaced(token.isOn(e.item()), read(e.item()))
          : new Replaced(false, EndpointPace.UNKNOWN);
    }
  }

  @Override
  public void mark(Postback postback, Instant until) {
    try {
      client.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(PostbackItem.key(postback.affiliateId(), postback.postbackId()))
                  .updateExpression("SET paced_until = :until")
                  .conditionExpression("#version = :version")
                  .expressionAttributeNames(Map.of("#version", PostbackItem.VERSION))
                  .expressionAttributeValues(
                      Map.of(":until", Item.of(until), ":version", Item.of(postback.version()))));
    } catch (ConditionalCheckFailedException e) {
      // The postback was changed or deleted; its next refusal marks it again.
    }
  }

  private static Item item(PostbackKey key, EndpointPace pace) {
    AdaptiveRate rate = pace.rate();
    Item item =
        new Item(new HashMap<>(PostbackItem.paceKey(key)))
            .number(REVISION, pace.revision())
            .number(USED, pace.used())
            .instant(NEXT, pace.next())
            .instant(ASKS_AGAIN, pace.asksAgain());
    return rate == null
        ? item
        : item.number(BASE, rate.base())
            .number(CEILING, rate.ceiling())
            .instant(SINCE, rate.since());
  }

  private static EndpointPace read(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    return new EndpointPace(
        item.number(REVISION),
        rate(item),
        item.number(USED),
        item.instant(NEXT),
        item.instant(ASKS_AGAIN));
  }

  private static @Nullable AdaptiveRate rate(Item item) {
    Instant since = item.instantOrNull(SINCE);
    return since == null ? null : new AdaptiveRate(item.number(BASE), item.number(CEILING), since);
  }
}
