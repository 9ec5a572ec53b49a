package com.natifico.postback.operations;

import com.natifico.postback.conversion.EventId;
import com.natifico.postback.delivery.DeliveryState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Reads the events and the deliveries of one day, by UTC, out of the tables. The attributes' names
 * are those of the adapters in {@code functions/aws}, which the tests write with.
 */
final class StoredDay {
  private static final String EVENT_ATTRIBUTES = "pk, sk, #t, c, cb, sp, x";
  private static final String DELIVERY_ATTRIBUTES = "delivery_id, #state, c, na";

  private final DynamoDbClient client;
  private final String eventsTable;
  private final String deliveriesTable;
  private final Pace pace;
  private final String from;
  private final String until;
  private final long now;

  /**
   * @param now what has expired by then is as good as deleted
   */
  StoredDay(
      DynamoDbClient client,
      String eventsTable,
      String deliveriesTable,
      Pace pace,
      LocalDate day,
      Instant now) {
    this.client = client;
    this.eventsTable = eventsTable;
    this.deliveriesTable = deliveriesTable;
    this.pace = pace;
    this.from = EventId.timePrefix(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    this.until = EventId.timePrefix(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    this.now = now.getEpochSecond();
  }

  /**
   * The events of these affiliates, by affiliate and event id. Nothing but a scan finds them: they
   * stand under their conversions, which nobody knows here. One scan serves all the affiliates.
   */
  Map<String, Map<String, AcceptedEvent>> events(List<String> affiliates)
      throws InterruptedException {
    Map<String, AttributeValue> values = new HashMap<>();
    List<String> mine = new ArrayList<>();
    Map<String, Map<String, AcceptedEvent>> found = new TreeMap<>();
    for (String affiliate : affiliates) {
      found.put(affiliate, new HashMap<>());
      mine.add("begins_with(pk, :a" + values.size() + ")");
      values.put(":a" + values.size(), text(affiliate + "#"));
    }
    values.put(":from", text(from));
    values.put(":until", text(until));
    values.put(":now", AttributeValue.fromN(Long.toString(now)));
    ScanRequest request =
        ScanRequest.builder()
            .tableName(eventsTable)
            .filterExpression(
                "#t >= :from AND #t < :until AND expires_at >= :now AND ("
                    + String.join(" OR ", mine)
                    + ")")
            .projectionExpression(EVENT_ATTRIBUTES)
            .expressionAttributeNames(Map.of("#t", "t"))
            .expressionAttributeValues(values)
            .limit(pace.itemsPerRequest())
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
            .build();
    while (true) {
      pace.await();
      ScanResponse page = client.scan(request);
      pace.read(page.consumedCapacity());
      for (Map<String, AttributeValue> item : page.items()) {
        AcceptedEvent event = event(item);
        String pk = string(item, "pk");
        Objects.requireNonNull(found.get(pk.substring(0, pk.indexOf('#'))))
            .put(event.id().value(), event);
      }
      if (!page.hasLastEvaluatedKey()) {
        return found;
      }
      request = request.toBuilder().exclusiveStartKey(page.lastEvaluatedKey()).build();
    }
  }

  /** The affiliate's deliveries, by id: one query, as the ids begin with their time. */
  Map<String, LoggedDelivery> deliveries(String affiliate) throws InterruptedException {
    Map<String, LoggedDelivery> found = new HashMap<>();
    QueryRequest request =
        QueryRequest.builder()
            .tableName(deliveriesTable)
            .keyConditionExpression(
                "affiliate_id = :affiliate AND delivery_id BETWEEN :from AND :until")
            .filterExpression("expires_at >= :now")
            .projectionExpression(DELIVERY_ATTRIBUTES)
            .expressionAttributeNames(Map.of("#state", "state"))
            .expressionAttributeValues(
                Map.of(
                    ":affiliate",
                    text(affiliate),
                    ":from",
                    text(from),
                    ":until",
                    text(until),
                    ":now",
                    AttributeValue.fromN(Long.toString(now))))
            .limit(pace.itemsPerRequest())
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
            .build();
    while (true) {
      pace.await();
      QueryResponse page = client.query(request);
      pace.read(page.consumedCapacity());
      for (Map<String, AttributeValue> item : page.items()) {
        LoggedDelivery delivery = delivery(item);
        found.put(delivery.id(), delivery);
      }
      if (!page.hasLastEvaluatedKey()) {
        return found;
      }
      request = request.toBuilder().exclusiveStartKey(page.lastEvaluatedKey()).build();
    }
  }

  /** The row as it stands now, consistently; null if there is none. */
  @Nullable LoggedDelivery delivery(String affiliate, String deliveryId)
      throws InterruptedException {
    pace.await();
    var found =
        client.getItem(
            get ->
                get.tableName(deliveriesTable)
                    .consistentRead(true)
                    .key(Map.of("affiliate_id", text(affiliate), "delivery_id", text(deliveryId)))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    pace.read(found.consumedCapacity());
    return found.hasItem() ? delivery(found.item()) : null;
  }

  /** The event as it stands now, consistently; null if there is none of this id. */
  @Nullable AcceptedEvent event(String affiliate, EventId id) throws InterruptedException {
    pace.await();
    var found =
        client.getItem(
            get ->
                get.tableName(eventsTable)
                    .consistentRead(true)
                    .key(
                        Map.of(
                            "pk",
                            text(affiliate + '#' + id.conversionKey()),
                            "sk",
                            text(id.eventKey())))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    pace.read(found.consumedCapacity());
    if (!found.hasItem()) {
      return null;
    }
    AcceptedEvent event = event(found.item());
    return event.id().equals(id) ? event : null;
  }

  private static AcceptedEvent event(Map<String, AttributeValue> item) {
    String pk = string(item, "pk");
    List<String> postbacks = new ArrayList<>(strings(item, "cb"));
    if (!item.containsKey("x")) {
      // What is held stands among the skipped, as "p <postback>"; a test holds nothing.
      strings(item, "sp").stream()
          .filter(skipped -> skipped.startsWith("p "))
          .forEach(skipped -> postbacks.add(skipped.substring(2)));
    }
    return new AcceptedEvent(
        new EventId(
            string(item, "t") + '-' + pk.substring(pk.indexOf('#') + 1) + '-' + string(item, "sk")),
        string(item, "c"),
        postbacks);
  }

  private static LoggedDelivery delivery(Map<String, AttributeValue> item) {
    AttributeValue next = item.get("na");
    return new LoggedDelivery(
        string(item, "delivery_id"),
        string(item, "c"),
        Objects.requireNonNull(DeliveryState.of(string(item, "state"))),
        next == null
            ? null
            : Instant.ofEpochMilli(new BigDecimal(next.n()).movePointRight(3).longValue()));
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  private static String string(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name).s();
  }

  private static List<String> strings(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? List.of() : value.l().stream().map(AttributeValue::s).toList();
  }
}
