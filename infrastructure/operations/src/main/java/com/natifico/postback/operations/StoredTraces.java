package com.natifico.postback.operations;

import com.natifico.postback.conversion.EventId;
import com.natifico.postback.delivery.DeliveryState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Finds and deletes. The attributes' names are those of the adapters in {@code functions/aws},
 * which the tests write with.
 */
final class StoredTraces {
  /** Their messages come back to the row. */
  private static final Set<DeliveryState> MOVING =
      Set.of(DeliveryState.PENDING, DeliveryState.RETRYING);

  private static final String EVENT_ATTRIBUTES = "pk, sk, #t, c, cb";
  private static final Map<String, String> EVENT_NAMES = Map.of("#t", "t");

  private final DynamoDbClient client;
  private final String eventsTable;
  private final String deliveriesTable;
  private final String postbacksTable;
  private final Pace pace;

  StoredTraces(
      DynamoDbClient client,
      String eventsTable,
      String deliveriesTable,
      String postbacksTable,
      Pace pace) {
    this.client = client;
    this.eventsTable = eventsTable;
    this.deliveriesTable = deliveriesTable;
    this.postbacksTable = postbacksTable;
    this.pace = pace;
  }

  /** By the keys alone: the conversion's events stand together, and their rows begin with them. */
  Traces ofConversion(String affiliate, String conversion) throws InterruptedException {
    List<Map<String, AttributeValue>> events =
        all(
                QueryRequest.builder()
                    .tableName(eventsTable)
                    .consistentRead(true)
                    .keyConditionExpression("pk = :pk")
                    .projectionExpression(EVENT_ATTRIBUTES)
                    .expressionAttributeNames(EVENT_NAMES)
                    .expressionAttributeValues(
                        Map.of(":pk", text(affiliate + '#' + EventId.conversionKey(conversion)))))
            .stream()
            .filter(event -> string(event, "c").equals(conversion))
            .toList();
    List<Map<String, AttributeValue>> rows = new ArrayList<>();
    for (Map<String, AttributeValue> event : events) {
      rows.addAll(
          all(
              rows()
                  .keyConditionExpression("affiliate_id = :a AND begins_with(delivery_id, :id)")
                  .expressionAttributeValues(
                      Map.of(":a", text(affiliate), ":id", text(eventId(event) + '.')))));
    }
    return traces(events, rows, List.of());
  }

  /**
   * Its events stand under their conversions, so that nothing but a scan finds those of which no
   * callback was sent.
   */
  Traces ofAffiliate(String affiliate) throws InterruptedException {
    List<Map<String, AttributeValue>> rows =
        all(
            rows()
                .keyConditionExpression("affiliate_id = :a")
                .expressionAttributeValues(Map.of(":a", text(affiliate))));
    List<Map<String, AttributeValue>> postbacks =
        all(
            QueryRequest.builder()
                .tableName(postbacksTable)
                .consistentRead(true)
                .keyConditionExpression("affiliate_id = :a")
                .projectionExpression("affiliate_id, sk")
                .expressionAttributeValues(Map.of(":a", text(affiliate))));
    return traces(scanned(affiliate), rows, postbacks);
  }

  private QueryRequest.Builder rows() {
    return QueryRequest.builder()
        .tableName(deliveriesTable)
        .consistentRead(true)
        .projectionExpression("affiliate_id, delivery_id, #state")
        .expressionAttributeNames(Map.of("#state", "state"));
  }

  private static Traces traces(
      List<Map<String, AttributeValue>> events,
      List<Map<String, AttributeValue>> rows,
      List<Map<String, AttributeValue>> besides) {
    Map<String, DeliveryState> states = new TreeMap<>();
    for (Map<String, AttributeValue> event : events) {
      // A callback that is promised and has no row has not been tried yet.
      AttributeValue callbacks = event.get("cb");
      if (callbacks != null) {
        callbacks
            .l()
            .forEach(
                postback -> states.put(eventId(event) + '.' + postback.s(), DeliveryState.PENDING));
      }
    }
    for (Map<String, AttributeValue> row : rows) {
      states.put(
          string(row, "delivery_id"),
          Objects.requireNonNull(DeliveryState.of(string(row, "state"))));
    }
    List<String> waiting =
        states.entrySet().stream()
            .filter(each -> MOVING.contains(each.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    List<Map<String, AttributeValue>> others =
        besides.stream().filter(item -> !string(item, "sk").startsWith("p#")).toList();
    return new Traces(
        events.stream().map(event -> key(event, "pk", "sk")).toList(),
        rows.stream().map(row -> key(row, "affiliate_id", "delivery_id")).toList(),
        others,
        waiting,
        besides.size() - others.size());
  }

  /** The rows first: what is interrupted is found again by its events. */
  void erase(Traces traces) throws InterruptedException {
    delete(deliveriesTable, traces.deliveries());
    delete(eventsTable, traces.events());
    delete(postbacksTable, traces.others());
  }

  private void delete(String table, List<Map<String, AttributeValue>> keys)
      throws InterruptedException {
    for (Map<String, AttributeValue> key : keys) {
      pace.await();
      pace.read(
          client
              .deleteItem(
                  delete ->
                      delete
                          .tableName(table)
                          .key(key)
                          .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
              .consumedCapacity());
    }
  }

  private List<Map<String, AttributeValue>> all(QueryRequest.Builder query)
      throws InterruptedException {
    List<Map<String, AttributeValue>> found = new ArrayList<>();
    query.limit(pace.itemsPerRequest()).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
    while (true) {
      pace.await();
      QueryResponse page = client.query(query.build());
      pace.read(page.consumedCapacity());
      found.addAll(page.items());
      if (!page.hasLastEvaluatedKey()) {
        return found;
      }
      query.exclusiveStartKey(page.lastEvaluatedKey());
    }
  }

  private List<Map<String, AttributeValue>> scanned(String affiliate) throws InterruptedException {
    List<Map<String, AttributeValue>> found = new ArrayList<>();
    ScanRequest.Builder scan =
        ScanRequest.builder()
            .tableName(eventsTable)
            .filterExpression("begins_with(pk, :a)")
            .projectionExpression(EVENT_ATTRIBUTES)
            .expressionAttributeNames(EVENT_NAMES)
            .expressionAttributeValues(Map.of(":a", text(affiliate + '#')))
            .limit(pace.itemsPerRequest())
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
    while (true) {
      pace.await();
      ScanResponse page = client.scan(scan.build());
      pace.read(page.consumedCapacity());
      found.addAll(page.items());
      if (!page.hasLastEvaluatedKey()) {
        return found;
      }
      scan.exclusiveStartKey(page.lastEvaluatedKey());
    }
  }

  private static Map<String, AttributeValue> key(
      Map<String, AttributeValue> item, String... names) {
    Map<String, AttributeValue> key = new HashMap<>();
    for (String name : names) {
      key.put(name, Objects.requireNonNull(item.get(name), name));
    }
    return key;
  }

  private static String eventId(Map<String, AttributeValue> event) {
    String pk = string(event, "pk");
    return string(event, "t") + '-' + pk.substring(pk.indexOf('#') + 1) + '-' + string(event, "sk");
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  private static String string(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name).s();
  }
}
