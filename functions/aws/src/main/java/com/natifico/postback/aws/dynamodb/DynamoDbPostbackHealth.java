package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.notification.StoredStreak;
import com.natifico.postback.postback.Circuit;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackHealth;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Counts the failed attempts of a postback in an item of its own, next to the postback in the same
 * table but in no index. The postback's own item, which indexes copy, is only written when a streak
 * starts, to mark it, and when the streak ends, to remove the mark.
 *
 * <p>Cost in write units for a postback of at most 1 KB: four for the first failures of a streak,
 * one for further ones that end together, four for the success that ends it, two for each change of
 * the circuit. A crash in between can make a count too low but never too high.
 */
public final class DynamoDbPostbackHealth implements PostbackHealth {
  private static final String ATTEMPTS = "attempts";
  private static final String SINCE = "since";

  private final DynamoDbClient client;
  private final String table;
  private final WriteToken.Source tokens;

  /**
   * @param random used to recognise our own writes
   */
  public DynamoDbPostbackHealth(DynamoDbClient client, String table, RandomGenerator random) {
    this.client = new TableClient(client);
    this.table = table;
    this.tokens = new WriteToken.Source(random);
  }

  @Override
  public @Nullable Streak failed(Postback postback, int attempts, Instant at) {
    if (postback.isWithoutFailure()) {
      switch (mark(postback, at)) {
        case MARKED -> {
          return start(postback, attempts, at);
        }
        case MARKED_BEFORE -> {}
        case CHANGED -> {
          return null;
        }
      }
    }
    return count(postback, attempts, at);
  }

  private enum Mark {
    MARKED,
    MARKED_BEFORE,
    /** This version of the postback no longer exists. */
    CHANGED
  }

  private Mark mark(Postback postback, Instant at) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":at", Item.of(at));
    values.put(":version", Item.of(postback.version()));
    if (!postback.isNotification()) {
      values.put(":part", Item.of(PostbackItem.part(postback.key())));
    }
    try {
      client.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(PostbackItem.key(postback.affiliateId(), postback.postbackId()))
                  .updateExpression(
                      postback.isNotification()
                          ? "SET failing_since = :at"
                          : "SET failing_since = :at, trouble = :part")
                  .conditionExpression(
                      "#version = :version AND attribute_not_exists(failing_since)")
                  .expressionAttributeNames(Map.of("#version", PostbackItem.VERSION))
                  .expressionAttributeValues(values)
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return Mark.MARKED;
    } catch (ConditionalCheckFailedException e) {
      return e.hasItem() && new Item(e.item()).number(PostbackItem.VERSION) == postback.version()
          ? Mark.MARKED_BEFORE
          : Mark.CHANGED;
    }
  }

  /**
   * Writes the counter for the first failure of a streak; a previous value belongs to a streak that
   * has ended.
   */
  private Streak start(Postback postback, int attempts, Instant at) {
    client.putItem(put -> put.tableName(table).item(first(postback, attempts, at)));
    return new Streak(attempts, at);
  }

  private static Map<String, AttributeValue> first(Postback postback, int attempts, Instant at) {
    return new Item(
            new HashMap<>(PostbackItem.healthKey(postback.affiliateId(), postback.postbackId())))
        .number(PostbackItem.VERSION, postback.version())
        .number(ATTEMPTS, attempts)
        .instant(SINCE, at)
        .attributes();
  }

  private @Nullable Streak count(Postback postback, int attempts, Instant at) {
    WriteToken token = tokens.next();
    try {
      return streak(
          client
              .updateItem(
                  update ->
                      update
                          .tableName(table)
                          .key(
                              PostbackItem.healthKey(postback.affiliateId(), postback.postbackId()))
                          .updateExpression("SET w = :token ADD attempts :attempts")
                          .conditionExpression("#version = :version AND (NOT w = :token)")
                          .expressionAttributeNames(Map.of("#version", PostbackItem.VERSION))
                          .expressionAttributeValues(
                              Map.of(
                                  ":token",
                                  Item.of(token.value()),
                                  ":attempts",
                                  Item.of(attempts),
                                  ":version",
                                  Item.of(postback.version())))
                          .returnValues(ReturnValue.ALL_NEW)
                          .returnValuesOnConditionCheckFailure(
                              ReturnValuesOnConditionCheckFailure.ALL_OLD))
              .attributes());
    } catch (ConditionalCheckFailedException e) {
      if (e.hasItem() && token.isOn(e.item())) {
        // The response to our own write was lost, and the client repeated the write.
        return streak(e.item());
      }
      return isOlder(e, postback) ? restart(postback, attempts, at) : null;
    }
  }

  /**
   * Whether the counter is missing although the postback is marked, or belongs to an older version.
   */
  private static boolean isOlder(ConditionalCheckFailedException e, Postback postback) {
    return !e.hasItem() || new Item(e.item()).number(PostbackItem.VERSION) < postback.version();
  }

  /**
   * Another worker set the mark but crashed before it wrote the counter, or is about to write it.
   */
  private @Nullable Streak restart(Postback postback, int attempts, Instant at) {
    try {
      client.putItem(
          put ->
              put.tableName(table)
                  .item(first(postback, attempts, at))
                  .conditionExpression("attribute_not_exists(sk) OR #version < :version")
                  .expressionAttributeNames(Map.of("#version", PostbackItem.VERSION))
                  .expressionAttributeValues(Map.of(":version", Item.of(postback.version()))));
      return new Streak(attempts, at);
    } catch (ConditionalCheckFailedException e) {
      return null;
    }
  }

  /** The counter as an item of the table's stream. */
  static StoredStreak stored(Map<String, AttributeValue> attributes) {
    Streak streak = streak(attributes);
    return new StoredStreak(
        new Item(attributes).number(PostbackItem.VERSION), streak.attempts(), streak.since());
  }

  private static Streak streak(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    return new Streak((int) item.number(ATTEMPTS), item.instant(SINCE));
  }

  @Override
  public @Nullable Circuit replaceCircuit(Postback postback, Circuit expected, Circuit next) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":version", Item.of(postback.version()));
    String isExpected =
        isBound(values, ":expected", PostbackItem.of(expected))
            ? "#circuit = :expected"
            : "attribute_not_exists(#circuit)";
    String change =
        isBound(values, ":next", PostbackItem.of(next))
            ? "SET #circuit = :next"
            : "REMOVE #circuit";
    try {
      client.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(PostbackItem.key(postback.affiliateId(), postback.postbackId()))
                  .updateExpression(change)
                  .conditionExpression("#version = :version AND " + isExpected)
                  .expressionAttributeNames(
                      Map.of("#version", PostbackItem.VERSION, "#circuit", PostbackItem.CIRCUIT))
                  .expressionAttributeValues(values)
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return next;
    } catch (ConditionalCheckFailedException e) {
      return e.hasItem() && new Item(e.item()).number(PostbackItem.VERSION) == postback.version()
          ? PostbackItem.circuit(new Item(e.item()))
          : null;
    }
  }

  private static boolean isBound(
      Map<String, AttributeValue> values, String name, @Nullable AttributeValue value) {
    if (value == null) {
      return false;
    }
    values.put(name, value);
    return true;
  }

  /** Deletes the counter first, because a mark without a counter does no harm. */
  @Override
  public void succeeded(Postback postback) {
    Map<String, String> names = Map.of("#version", PostbackItem.VERSION);
    Map<String, AttributeValue> values = Map.of(":version", Item.of(postback.version()));
    try {
      client.deleteItem(
          delete ->
              delete
                  .tableName(table)
                  .key(PostbackItem.healthKey(postback.affiliateId(), postback.postbackId()))
                  .conditionExpression("attribute_not_exists(sk) OR #version <= :version")
                  .expressionAttributeNames(names)
                  .expressionAttributeValues(values));
      client.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(PostbackItem.key(postback.affiliateId(), postback.postbackId()))
                  .updateExpression("REMOVE failing_since, trouble")
                  .conditionExpression("#version = :version AND attribute_exists(failing_since)")
                  .expressionAttributeNames(names)
                  .expressionAttributeValues(values));
    } catch (ConditionalCheckFailedException e) {
      // The streak has ended already, or belongs to an older version.
    }
  }
}
