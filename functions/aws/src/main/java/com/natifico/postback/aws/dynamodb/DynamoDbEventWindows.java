package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.notification.EventMessage;
import com.natifico.postback.notification.EventWindow;
import com.natifico.postback.notification.EventWindows;
import com.natifico.postback.notification.PostbackEvent;
import com.natifico.postback.postback.EventKind;
import com.natifico.postback.postback.PostbackKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The windows in the table of limits, all in one partition, because the schedule reads them all: a
 * few hundred items at most, each written once for a batch of changes.
 */
public final class DynamoDbEventWindows implements EventWindows {
  /** Not the id of an affiliate: those have no such character. */
  private static final String PARTITION = "#events";

  private static final String PARTITION_KEY = "affiliate_id";
  private static final String SORT_KEY = "call";
  private static final String REVISION = "rv";

  /** Long after the schedule has closed a window. */
  private static final Duration KEPT = Duration.ofDays(7);

  private final DynamoDbClient client;
  private final String table;

  public DynamoDbEventWindows(DynamoDbClient client, String table) {
    this.client = new TableClient(client);
    this.table = table;
  }

  private static Map<String, AttributeValue> key(Key key) {
    return Map.of(
        PARTITION_KEY,
        Item.of(PARTITION),
        SORT_KEY,
        Item.of(key.kind().word() + "#" + key.affiliateId()));
  }

  private static Key key(Item item) {
    String[] kindAndAffiliate = item.text(SORT_KEY).split("#", 2);
    return new Key(kindAndAffiliate[1], EventKind.of(kindAndAffiliate[0]));
  }

  @Override
  public @Nullable EventWindow find(Key key) {
    var found = client.getItem(get -> get.tableName(table).consistentRead(true).key(key(key)));
    return found.hasItem() ? window(key, new Item(found.item())) : null;
  }

  @Override
  public Map<Key, EventWindow> all() {
    Map<Key, EventWindow> all = new HashMap<>();
    QueryRequest request =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .keyConditionExpression("affiliate_id = :partition")
            .expressionAttributeValues(Map.of(":partition", Item.of(PARTITION)))
            .build();
    while (true) {
      QueryResponse response = client.query(request);
      for (Map<String, AttributeValue> attributes : response.items()) {
        Item item = new Item(attributes);
        Key key = key(item);
        all.put(key, window(key, item));
      }
      if (!response.hasLastEvaluatedKey()) {
        return all;
      }
      request = request.toBuilder().exclusiveStartKey(response.lastEvaluatedKey()).build();
    }
  }

  @Override
  public boolean store(Key key, EventWindow window) {
    Item item =
        new Item(new HashMap<>(key(key)))
            .value("out", message(window.outgoing()))
            .value("in", message(window.collected()))
            .instant("until", window.until())
            .number("length", window.length().toSeconds())
            .texts("seen", window.seen())
            .number(REVISION, (long) window.revision())
            .number(Expiry.ATTRIBUTE, Expiry.after(window.until(), KEPT));
    boolean isFirst = window.revision() == 1;
    return isDone(
        () ->
            client.putItem(
                put -> {
                  put.tableName(table).item(item.attributes());
                  if (isFirst) {
                    put.conditionExpression("attribute_not_exists(rv)");
                  } else {
                    put.conditionExpression("rv = :preceding")
                        .expressionAttributeValues(
                            Map.of(":preceding", Item.of(window.revision() - 1)));
                  }
                }));
  }

  @Override
  public boolean close(Key key, EventWindow window) {
    return isDone(
        () ->
            client.deleteItem(
                delete ->
                    delete
                        .tableName(table)
                        .key(key(key))
                        .conditionExpression("rv = :same")
                        .expressionAttributeValues(Map.of(":same", Item.of(window.revision())))));
  }

  private static boolean isDone(Runnable write) {
    try {
      write.run();
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  private static EventWindow window(Key key, Item item) {
    Instant until = item.instant("until");
    return new EventWindow(
        message(key, item.valueOrNull("out")),
        message(key, item.valueOrNull("in")),
        until,
        Duration.ofSeconds(item.number("length")),
        item.texts("seen"),
        (int) item.number(REVISION));
  }

  private static @Nullable AttributeValue message(@Nullable EventMessage message) {
    if (message == null) {
      return null;
    }
    PostbackEvent newest = message.newest();
    return AttributeValue.fromM(
        new Item()
            .text("id", newest.id())
            .text("p", newest.postback().postbackId())
            .text("o", newest.offerId())
            .text("l", newest.label())
            .text("r", newest.reason())
            .instant("at", newest.at())
            .number("n", (long) message.count())
            .texts("ps", message.postbackIds())
            .attributes());
  }

  private static @Nullable EventMessage message(Key key, @Nullable AttributeValue stored) {
    if (stored == null) {
      return null;
    }
    Item item = new Item(stored.m());
    return new EventMessage(
        new PostbackEvent(
            item.text("id"),
            key.kind(),
            new PostbackKey(key.affiliateId(), item.text("p")),
            item.textOrNull("o"),
            item.textOrNull("l"),
            item.textOrNull("r"),
            item.instant("at")),
        (int) item.number("n"),
        item.texts("ps"));
  }
}
