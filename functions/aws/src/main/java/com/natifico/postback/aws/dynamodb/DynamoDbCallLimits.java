package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.limit.Allowance;
import com.natifico.postback.limit.CallLimits;
import com.natifico.postback.limit.LimitedCall;
import com.natifico.postback.limit.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The buckets on DynamoDB, one item each: the time at which it is full, in milliseconds since 1970.
 * A request to a full bucket is one write. Otherwise the first write is refused and returns the
 * item, and a second one takes the token, unless the item shows that there is none.
 */
public final class DynamoDbCallLimits implements CallLimits {
  /** The partition key. */
  public static final String AFFILIATE_ID = "affiliate_id";

  /** The sort key: the word of the request. */
  private static final String CALL = "call";

  private static final String FULL_AT = "full_at";

  private final DynamoDbClient client;
  private final String table;
  private final InstantSource clock;

  public DynamoDbCallLimits(DynamoDbClient client, String table, InstantSource clock) {
    this.client = new TableClient(client);
    this.table = table;
    this.clock = clock;
  }

  /** The key of an item of the table. */
  public static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
    Item read = new Item(item);
    return key(read.text(AFFILIATE_ID), read.text(CALL));
  }

  static Map<String, AttributeValue> key(String affiliateId, String call) {
    return Map.of(AFFILIATE_ID, Item.of(affiliateId), CALL, Item.of(call));
  }

  @Override
  public Allowance take(String affiliateId, LimitedCall call) {
    Instant now = clock.instant();
    Rate rate = call.rate();
    Map<String, AttributeValue> key = key(affiliateId, call.word());
    AttributeValue expiry = Item.of(Expiry.after(now, KEPT));
    try {
      write(
          key,
          "SET full_at = :full, expires_at = :expiry",
          "attribute_not_exists(full_at) OR full_at <= :now",
          Map.of(
              ":full",
              milliseconds(rate.fullAfter(now, now)),
              ":now",
              milliseconds(now),
              ":expiry",
              expiry));
      return new Allowance.Granted();
    } catch (ConditionalCheckFailedException notFull) {
      Duration wait = rate.waitAt(now, fullAt(notFull));
      if (wait.isPositive()) {
        return new Allowance.Refused(wait);
      }
    }
    try {
      write(
          key,
          "SET full_at = full_at + :interval, expires_at = :expiry",
          "full_at <= :latest",
          Map.of(
              ":interval",
              Item.of(rate.interval().toMillis()),
              ":latest",
              milliseconds(now.plus(rate.tolerance())),
              ":expiry",
              expiry));
      return new Allowance.Granted();
    } catch (ConditionalCheckFailedException empty) {
      return new Allowance.Refused(rate.waitAt(now, fullAt(empty)));
    }
  }

  private void write(
      Map<String, AttributeValue> key,
      String change,
      String condition,
      Map<String, AttributeValue> values) {
    client.updateItem(
        update ->
            update
                .tableName(table)
                .key(key)
                .updateExpression(change)
                .conditionExpression(condition)
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
  }

  private static AttributeValue milliseconds(Instant time) {
    return Item.of(time.toEpochMilli());
  }

  private static Instant fullAt(ConditionalCheckFailedException refusal) {
    return Instant.ofEpochMilli(new Item(refusal.item()).number(FULL_AT));
  }
}
