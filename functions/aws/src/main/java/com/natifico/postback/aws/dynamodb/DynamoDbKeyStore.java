package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.Page;
import com.natifico.postback.access.ApiKey;
import com.natifico.postback.access.KeyBounds;
import com.natifico.postback.access.KeyStore;
import com.natifico.postback.access.Permissions;
import com.natifico.postback.access.Role;
import com.natifico.postback.conversion.StatusMap;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * The hashes of the API keys on DynamoDB: by key id, with one index over all of them for the list.
 */
public final class DynamoDbKeyStore implements KeyStore {
  private static final String KEY_ID = "key_id";
  private static final String KIND = "kind";
  private static final String STATUS_MAP = "status_map";
  private static final String OFFER_IDS = "offer_ids";
  private static final String CIDRS = "cidrs";
  private static final String EXPIRES_AT = "expires_at";

  private static final String LABEL = "label";

  /** What {@link #replace} replaces. */
  private static final List<String> REPLACEABLE =
      List.of(LABEL, STATUS_MAP, OFFER_IDS, CIDRS, EXPIRES_AT);

  /** Also named in the permissions of the authorizer's role in template.yaml. */
  private static final String LAST_USED_ON = "last_used_on";

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
    LocalDate lastUsedOn = key.lastUsedOn();
    Item item =
        replaceable(key.label(), key.permissions())
            .text(KEY_ID, key.keyId())
            .text(KIND, KEY.s())
            .text("hash", key.hash())
            .text("role", key.permissions().role().word())
            .text("affiliate_id", key.permissions().affiliateId())
            .text("created_at", key.createdAt().toString())
            .text(LAST_USED_ON, lastUsedOn == null ? null : lastUsedOn.toString());
    client.putItem(put -> put.tableName(table).item(item.attributes()));
  }

  /** The attributes that {@link #replace} replaces. */
  private static Item replaceable(@Nullable String label, Permissions permissions) {
    Item item =
        new Item()
            .text(LABEL, label)
            .texts(OFFER_IDS, permissions.bounds().offerIds())
            .texts(CIDRS, permissions.bounds().cidrs())
            .instant(EXPIRES_AT, permissions.expiresAt());
    return permissions.statusMap().equals(StatusMap.NONE)
        ? item
        : item.text(STATUS_MAP, permissions.statusMap().text());
  }

  @Override
  public @Nullable ApiKey replace(String keyId, @Nullable String label, Permissions permissions) {
    Map<String, AttributeValue> attributes = replaceable(label, permissions).attributes();
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    StringJoiner set = new StringJoiner(", ", "SET ", "").setEmptyValue("");
    StringJoiner remove = new StringJoiner(", ", " REMOVE ", "").setEmptyValue("");
    for (String name : REPLACEABLE) {
      names.put("#" + name, name);
      AttributeValue value = attributes.get(name);
      if (value == null) {
        remove.add("#" + name);
      } else {
        set.add("#" + name + " = :" + name);
        values.put(":" + name, value);
      }
    }
    try {
      return read(
          client
              .updateItem(
                  update ->
                      update
                          .tableName(table)
                          .key(key(keyId))
                          .updateExpression(set.toString() + remove)
                          .conditionExpression("attribute_exists(key_id)")
                          .expressionAttributeNames(names)
                          .expressionAttributeValues(values.isEmpty() ? null : values)
                          .returnValues(ReturnValue.ALL_NEW))
              .attributes());
    } catch (ConditionalCheckFailedException _) {
      return null;
    }
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
  public void markUsed(String keyId, LocalDate day) {
    try {
      client.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(key(keyId))
                  .updateExpression("SET last_used_on = :day")
                  .conditionExpression(
                      "attribute_exists(key_id)"
                          + " AND (attribute_not_exists(last_used_on) OR last_used_on < :day)")
                  .expressionAttributeValues(Map.of(":day", Item.of(day.toString()))));
    } catch (ConditionalCheckFailedException _) {
      // The key was revoked, or another request has noted this day.
    }
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
    String statusMap = item.textOrNull(STATUS_MAP);
    String lastUsedOn = item.textOrNull(LAST_USED_ON);
    return new ApiKey(
        item.text(KEY_ID),
        item.text("hash"),
        new Permissions(
            Role.of(item.text("role")),
            item.textOrNull("affiliate_id"),
            statusMap == null ? StatusMap.NONE : StatusMap.ofText(statusMap),
            new KeyBounds(item.texts(OFFER_IDS), item.texts(CIDRS)),
            item.instantOrNull(EXPIRES_AT)),
        item.textOrNull(LABEL),
        Instant.parse(item.text("created_at")),
        lastUsedOn == null ? null : LocalDate.parse(lastUsedOn));
  }
}
