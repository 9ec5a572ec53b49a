package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.Page;
import com.natifico.postback.access.ApiKey;
import com.natifico.postback.access.KeyStore;
import com.natifico.postback.access.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * The hashes of the API keys on DynamoDB: by key id, with one index over all of them for the list.
 */
public final class DynamoDbKeyStore implements KeyStore {
  private static final String KEY_ID = "key_id";
  private static final String KIND = "kind";

  /** There are so few keys that one partition of the index holds all of them. */
  private static final AttributeValue KEY = Item.of("key");

  private final DynamoDbClient client;
  private final String table;

  public DynamoDbKeyStore(DynamoDbClient client, String table) {
    this.client = new TableClient(client);
    this.table = table;
  }

  @Override
  public void save(ApiKey key) {
    Item item =
        new Item()
            .text(KEY_ID, key.keyId())
            .text(KIND, KEY.s())
            .text("hash", key.hash())
            .text("role", key.role().word())
            .text("affiliate_id", key.affiliateId())
            .text("label", key.label())
            .text("created_at", key.createdAt().toString());
    client.putItem(put -> put.tableName(table).item(item.attributes()));
  }

  @Override
  public @Nullable ApiKey find(String keyId) {
    var found = client.getItem(get -> get.tableName(table).consistentRead(true).key(key(keyId)));
    return found.hasItem() ? read(found.item()) : null;
  }

  @Override
  public Page<ApiKey> list(@Nullable String after, int limit) {
    var response =
        client.query(
            query ->
                query
                    .tableName(table)
                    .indexName("all")
                    .keyConditionExpression("kind = :kind")
                    .expressionAttributeValues(Map.of(":kind", KEY))
                    .exclusiveStartKey(
                        after == null ? null : Map.of(KIND, KEY, KEY_ID, Item.of(after)))
                    .limit(limit + 1));
    List<ApiKey> found = response.items().stream().map(DynamoDbKeyStore::read).toList();
    if (found.size() <= limit && !response.hasLastEvaluatedKey()) {
      return new Page<>(found, null);
    }
    List<ApiKey> page = found.subList(0, Math.min(limit, found.size()));
    return new Page<>(page, page.getLast().keyId());
  }

  @Override
  public boolean delete(String keyId) {
    return client
        .deleteItem(
            delete -> delete.tableName(table).key(key(keyId)).returnValues(ReturnValue.ALL_OLD))
        .hasAttributes();
  }

  private static Map<String, AttributeValue> key(String keyId) {
    return Map.of(KEY_ID, Item.of(keyId));
  }

  private static ApiKey read(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    return new ApiKey(
        item.text(KEY_ID),
        item.text("hash"),
        Role.of(item.text("role")),
        item.textOrNull("affiliate_id"),
        item.textOrNull("label"),
        Instant.parse(item.text("created_at")));
  }
}
