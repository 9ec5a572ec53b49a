package com.natifico.postback.operations;

import com.natifico.postback.aws.dynamodb.DeliveryItem;
import com.natifico.postback.aws.dynamodb.DynamoDbCallLimits;
import com.natifico.postback.aws.dynamodb.EventItem;
import com.natifico.postback.aws.dynamodb.PostbackItem;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Finds and deletes the items of a conversion or an affiliate. */
final class StoredTraces {
  /** States in which a message may still change the row. */
  private static final Set<DeliveryState> MOVING =
      Set.of(DeliveryState.PENDING, DeliveryState.RETRYING);

  private final PacedTables tables;
  private final String eventsTable;
  private final String deliveriesTable;
  private final String postbacksTable;
  private final String limitsTable;

  StoredTraces(
      PacedTables tables,
      String eventsTable,
      String deliveriesTable,
      String postbacksTable,
      String limitsTable) {
    this.tables = tables;
    this.eventsTable = eventsTable;
    this.deliveriesTable = deliveriesTable;
    this.postbacksTable = postbacksTable;
    this.limitsTable = limitsTable;
  }

  /**
   * Uses keys only: the conversion's events share a partition, and their rows' ids begin with the
   * event ids.
   */
  Traces ofConversion(String affiliate, String conversion) throws InterruptedException {
    List<ConversionEvent> events = new ArrayList<>();
    tables.query(
        QueryRequest.builder()
            .tableName(eventsTable)
            .consistentRead(true)
            .keyConditionExpression(EventItem.PK + " = :pk")
            .expressionAttributeValues(
                Map.of(":pk", EventItem.partition(affiliate, EventId.conversionKey(conversion)))),
        item -> events.add(EventItem.read(item)));
    events.removeIf(event -> !event.conversion().conversionId().equals(conversion));
    Found found = new Found();
    for (ConversionEvent event : events) {
      found.event(event);
      tables.query(
          rows(
              " AND begins_with(" + DeliveryItem.DELIVERY_ID + ", :id)",
              Map.of(":a", text(affiliate), ":id", text(event.id().deliveryId("")))),
          found::row);
    }
    return found.traces();
  }

  /** Events are stored by conversion, so only a scan finds those without a callback. */
  Traces ofAffiliate(String affiliate) throws InterruptedException {
    Found found = new Found();
    tables.query(rows("", Map.of(":a", text(affiliate))), found::row);
    tables.query(
        QueryRequest.builder()
            .tableName(postbacksTable)
            .consistentRead(true)
            .keyConditionExpression(PostbackItem.AFFILIATE_ID + " = :a")
            .projectionExpression(PostbackItem.AFFILIATE_ID + ", " + PostbackItem.SK)
            .expressionAttributeValues(Map.of(":a", text(affiliate))),
        found::postbackOrOther);
    tables.query(
        QueryRequest.builder()
            .tableName(limitsTable)
            .consistentRead(true)
            .keyConditionExpression(DynamoDbCallLimits.AFFILIATE_ID + " = :a")
            .expressionAttributeValues(Map.of(":a", text(affiliate))),
        found::limit);
    tables.scan(
        ScanRequest.builder()
            .tableName(eventsTable)
            .filterExpression("begins_with(" + EventItem.PK + ", :a)")
            .expressionAttributeValues(Map.of(":a", EventItem.partition(affiliate, ""))),
        item -> found.event(EventItem.read(item)));
    return found.traces();
  }

  private QueryRequest.Builder rows(String condition, Map<String, AttributeValue> values) {
    return QueryRequest.builder()
        .tableName(deliveriesTable)
        .consistentRead(true)
        .keyConditionExpression(DeliveryItem.AFFILIATE_ID + " = :a" + condition)
        .expressionAttributeValues(values);
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  /**
   * Deletes rows before events, so that after an interruption the remaining items are still found
   * by their events.
   */
  void erase(Traces traces) throws InterruptedException {
    delete(deliveriesTable, traces.deliveries());
    delete(eventsTable, traces.events());
    delete(postbacksTable, traces.others());
    delete(limitsTable, traces.limits());
  }

  private void delete(String table, List<Map<String, AttributeValue>> keys)
      throws InterruptedException {
    for (Map<String, AttributeValue> key : keys) {
      tables.delete(table, key);
    }
  }

  /** Collects the keys of the items found, and the states of the deliveries. */
  private static final class Found {
    private final List<Map<String, AttributeValue>> events = new ArrayList<>();
    private final List<Map<String, AttributeValue>> deliveries = new ArrayList<>();
    private final List<Map<String, AttributeValue>> others = new ArrayList<>();
    private final List<Map<String, AttributeValue>> limits = new ArrayList<>();
    private final Map<String, DeliveryState> states = new TreeMap<>();
    private int postbacks;

    void event(ConversionEvent event) {
      events.add(EventItem.key(event.conversion().affiliateId(), event.id()));
      // A promised callback without a row has not been attempted yet.
      event
          .callbacks()
          .forEach(
              postback ->
                  states.putIfAbsent(event.id().deliveryId(postback), DeliveryState.PENDING));
    }

    void row(Map<String, AttributeValue> item) {
      Delivery row = DeliveryItem.read(item);
      deliveries.add(DeliveryItem.key(row.callback().affiliateId(), row.id()));
      states.put(row.id(), row.state());
    }

    void postbackOrOther(Map<String, AttributeValue> key) {
      if (Objects.requireNonNull(key.get(PostbackItem.SK)).s().startsWith(PostbackItem.PREFIX)) {
        postbacks++;
      } else {
        others.add(key);
      }
    }

    void limit(Map<String, AttributeValue> item) {
      limits.add(DynamoDbCallLimits.keyOf(item));
    }

    Traces traces() {
      List<String> waiting =
          states.entrySet().stream()
              .filter(each -> MOVING.contains(each.getValue()))
              .map(Map.Entry::getKey)
              .toList();
      return new Traces(events, deliveries, others, limits, waiting, postbacks);
    }
  }
}
