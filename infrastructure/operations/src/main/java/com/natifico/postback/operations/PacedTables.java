package com.natifico.postback.operations;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Reads the tables within the limits of {@link Pace}, which counts every request. */
final class PacedTables {
  private final DynamoDbClient client;
  private final Pace pace;

  PacedTables(DynamoDbClient client, Pace pace) {
    this.client = client;
    this.pace = pace;
  }

  /** Passes on every item of every page. */
  void query(QueryRequest.Builder query, Consumer<Map<String, AttributeValue>> found)
      throws InterruptedException {
    query.limit(pace.itemsPerRequest()).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
    QueryResponse page;
    do {
      pace.await();
      page = client.query(query.build());
      pace.read(page.consumedCapacity());
      page.items().forEach(found);
      query.exclusiveStartKey(page.lastEvaluatedKey());
    } while (page.hasLastEvaluatedKey());
  }

  /** Passes on every item of every page. */
  void scan(ScanRequest.Builder scan, Consumer<Map<String, AttributeValue>> found)
      throws InterruptedException {
    scan.limit(pace.itemsPerRequest()).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
    ScanResponse page;
    do {
      pace.await();
      page = client.scan(scan.build());
      pace.read(page.consumedCapacity());
      page.items().forEach(found);
      scan.exclusiveStartKey(page.lastEvaluatedKey());
    } while (page.hasLastEvaluatedKey());
  }

  /** The current item, read consistently; null if there is none. */
  @Nullable Map<String, AttributeValue> find(String table, Map<String, AttributeValue> key)
      throws InterruptedException {
    pace.await();
    var found =
        client.getItem(
            get ->
                get.tableName(table)
                    .consistentRead(true)
                    .key(key)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    pace.read(found.consumedCapacity());
    return found.hasItem() ? found.item() : null;
  }

  void delete(String table, Map<String, AttributeValue> key) throws InterruptedException {
    pace.await();
    var deleted =
        client.deleteItem(
            delete ->
                delete
                    .tableName(table)
                    .key(key)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    pace.read(deleted.consumedCapacity());
  }
}
