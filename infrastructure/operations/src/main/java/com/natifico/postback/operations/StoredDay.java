package com.natifico.postback.operations;

import com.natifico.postback.aws.dynamodb.DeliveryItem;
import com.natifico.postback.aws.dynamodb.EventItem;
import com.natifico.postback.aws.dynamodb.Expiry;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
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
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Reads the events and the deliveries of one day, in UTC, from the tables. */
final class StoredDay {
  private static final String IS_KEPT = Expiry.ATTRIBUTE + " >= :now";

  private final PacedTables tables;
  private final String eventsTable;
  private final String deliveriesTable;
  private final AttributeValue from;
  private final AttributeValue until;
  private final AttributeValue now;

  /**
   * @param now items that have expired by then are treated as deleted
   */
  StoredDay(
      PacedTables tables, String eventsTable, String deliveriesTable, LocalDate day, Instant now) {
    this.tables = tables;
    this.eventsTable = eventsTable;
    this.deliveriesTable = deliveriesTable;
    this.from = beginning(day);
    this.until = beginning(day.plusDays(1));
    this.now = AttributeValue.fromN(Long.toString(now.getEpochSecond()));
  }

  private static AttributeValue beginning(LocalDate day) {
    return AttributeValue.fromS(EventId.timePrefix(day.atStartOfDay(ZoneOffset.UTC).toInstant()));
  }

  /**
   * The events of these affiliates, by affiliate and event id. Only a scan finds them, because
   * events are stored by conversion and the conversions are not known here. One scan serves all
   * affiliates.
   */
  Map<String, Map<String, AcceptedEvent>> events(List<String> affiliates)
      throws InterruptedException {
    Map<String, AttributeValue> values = new HashMap<>();
    List<String> mine = new ArrayList<>();
    Map<String, Map<String, AcceptedEvent>> found = new TreeMap<>();
    for (String affiliate : affiliates) {
      found.put(affiliate, new HashMap<>());
      mine.add("begins_with(" + EventItem.PK + ", :a" + values.size() + ")");
      values.put(":a" + values.size(), EventItem.partition(affiliate, ""));
    }
    values.put(":from", from);
    values.put(":until", until);
    values.put(":now", now);
    tables.scan(
        ScanRequest.builder()
            .tableName(eventsTable)
            .filterExpression(
                "#time >= :from AND #time < :until AND %s AND (%s)"
                    .formatted(IS_KEPT, String.join(" OR ", mine)))
            .expressionAttributeNames(Map.of("#time", EventItem.TIME))
            .expressionAttributeValues(values),
        item -> {
          ConversionEvent event = EventItem.read(item);
          Objects.requireNonNull(found.get(event.conversion().affiliateId()))
              .put(event.id().value(), AcceptedEvent.of(event));
        });
    return found;
  }

  /**
   * The affiliate's deliveries by id. One query finds them because the ids begin with their time.
   */
  Map<String, LoggedDelivery> deliveries(String affiliate) throws InterruptedException {
    Map<String, LoggedDelivery> found = new HashMap<>();
    tables.query(
        QueryRequest.builder()
            .tableName(deliveriesTable)
            .keyConditionExpression(
                "%s = :affiliate AND %s BETWEEN :from AND :until"
                    .formatted(DeliveryItem.AFFILIATE_ID, DeliveryItem.DELIVERY_ID))
            .filterExpression(IS_KEPT)
            .expressionAttributeValues(
                Map.of(
                    ":affiliate",
                    AttributeValue.fromS(affiliate),
                    ":from",
                    from,
                    ":until",
                    until,
                    ":now",
                    now)),
        item -> {
          LoggedDelivery delivery = LoggedDelivery.of(DeliveryItem.read(item));
          found.put(delivery.id(), delivery);
        });
    return found;
  }

  /** The current row, read consistently; null if there is none. */
  @Nullable LoggedDelivery delivery(String affiliate, String deliveryId)
      throws InterruptedException {
    var item = tables.find(deliveriesTable, DeliveryItem.key(affiliate, deliveryId));
    return item == null ? null : LoggedDelivery.of(DeliveryItem.read(item));
  }

  /** The current event, read consistently; null if there is none with this id. */
  @Nullable AcceptedEvent event(String affiliate, EventId id) throws InterruptedException {
    var item = tables.find(eventsTable, EventItem.key(affiliate, id));
    if (item == null) {
      return null;
    }
    ConversionEvent event = EventItem.read(item);
    return event.id().equals(id) ? AcceptedEvent.of(event) : null;
  }
}
