package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.Page;
import com.natifico.postback.directory.AffiliateDirectory;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The affiliates as items of one partition of the table of statistics, sorted by their ids. An item
 * is about 50 bytes and is kept, so a million affiliates take 50 MB. One partition is enough: a
 * running function writes an affiliate's item once a day.
 */
public final class DynamoDbAffiliateDirectory implements AffiliateDirectory {
  /** The partition key of all items, which cannot be an affiliate's id. */
  public static final String PARTITION = "#affiliates";

  private static final String AFFILIATE_ID = "affiliate_id";
  private static final String SK = "sk";
  private static final String SEEN = "seen";

  private final DynamoDbClient client;
  private final String table;

  public DynamoDbAffiliateDirectory(DynamoDbClient client, String table) {
    this.client = new TableClient(client);
    this.table = table;
  }

  /** The key of an affiliate's item. */
  public static Map<String, AttributeValue> key(String affiliateId) {
    return Map.of(AFFILIATE_ID, Item.of(PARTITION), SK, Item.of(affiliateId));
  }

  @Override
  public void seen(String affiliateId, LocalDate day) {
    client.updateItem(
        update ->
            update
                .tableName(table)
                .key(key(affiliateId))
                .updateExpression("SET #seen = :day")
                .expressionAttributeNames(Map.of("#seen", SEEN))
                .expressionAttributeValues(Map.of(":day", Item.of(day.toString()))));
  }

  @Override
  public Page<Known> list(String prefix, @Nullable String after, int limit) {
    QueryResponse response =
        client.query(
            query ->
                query
                    .tableName(table)
                    .keyConditionExpression(
                        prefix.isEmpty()
                            ? "affiliate_id = :partition"
                            : "affiliate_id = :partition AND begins_with(sk, :prefix)")
                    .expressionAttributeValues(
                        prefix.isEmpty()
                            ? Map.of(":partition", Item.of(PARTITION))
                            : Map.of(":partition", Item.of(PARTITION), ":prefix", Item.of(prefix)))
                    .exclusiveStartKey(after == null ? null : key(after))
                    .limit(limit));
    List<Known> known = response.items().stream().map(DynamoDbAffiliateDirectory::known).toList();
    return new Page<>(known, response.hasLastEvaluatedKey() ? last(response) : null);
  }

  private static String last(QueryResponse response) {
    return new Item(response.lastEvaluatedKey()).text(SK);
  }

  private static Known known(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    return new Known(item.text(SK), LocalDate.parse(item.text(SEEN)));
  }
}
