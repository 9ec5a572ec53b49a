package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.Unavailable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Reads items by their keys, up to 100 items at a time, which is DynamoDB's limit. */
final class BatchGet {
  private static final int KEYS = 100;

  private final DynamoDbClient client;
  private final String table;
  private final boolean consistent;
  private final Backoff backoff;

  /** Consistent reads. */
  BatchGet(DynamoDbClient client, String table, Backoff backoff) {
    this(client, table, true, backoff);
  }

  /**
   * @param consistent whether the items are read as they are stored now, for twice the price
   */
  BatchGet(DynamoDbClient client, String table, boolean consistent, Backoff backoff) {
    this.client = client;
    this.table = table;
    this.consistent = consistent;
    this.backoff = backoff;
  }

  /** The items that exist, in no particular order. */
  List<Map<String, AttributeValue>> items(Collection<Map<String, AttributeValue>> keys) {
    List<Map<String, AttributeValue>> rest = new ArrayList<>(Set.copyOf(keys));
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    int fruitless = 0;
    while (!rest.isEmpty()) {
      List<Map<String, AttributeValue>> some = rest.subList(0, Math.min(KEYS, rest.size()));
      BatchGetItemResponse response =
          client.batchGetItem(
              get ->
                  get.requestItems(
                      Map.of(
                          table,
                          KeysAndAttributes.builder()
                              .keys(List.copyOf(some))
                              .consistentRead(consistent)
                              .build())));
      items.addAll(response.responses().getOrDefault(table, List.of()));
      // DynamoDB returns the keys of items that exceed 16 MB or lie in a throttled partition.
      KeysAndAttributes left = response.unprocessedKeys().get(table);
      int asked = some.size();
      some.clear();
      if (left == null) {
        continue;
      }
      rest.addAll(left.keys());
      if (left.keys().size() < asked) {
        fruitless = 0;
      } else if (++fruitless < Backoff.TRIES) {
        backoff.pause(fruitless);
      } else {
        throw new Unavailable("DynamoDB processed none of the keys of a batch", null);
      }
    }
    return items;
  }
}
