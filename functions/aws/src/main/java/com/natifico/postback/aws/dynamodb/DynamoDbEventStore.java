package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.Page;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.EventOrder;
import com.natifico.postback.conversion.EventQuery;
import com.natifico.postback.conversion.EventStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** The claims on DynamoDB: partitioned by affiliate and conversion, sorted by goal and status. */
public final class DynamoDbEventStore implements EventStore {
  private static final String WITHOUT_CALLBACKS = "without_callbacks";

  /** As for lists of the delivery log. */
  private static final int READS_PER_PAGE = 10;

  private static final int ROWS_PER_READ = 1000;

  /** The pages, each of at most 1 MB, that are read of one conversion. */
  private static final int PAGES_PER_LOOK = 4;

  private final DynamoDbClient client;
  private final String table;
  private final Duration retention;
  private final WriteToken.Source tokens;
  private final BatchGet batchGet;

  /**
   * @param retention how long an event is kept after its claim
   * @param random used to recognise our own writes and to spread repeated reads
   */
  public DynamoDbEventStore(
      DynamoDbClient client, String table, Duration retention, RandomGenerator random) {
    this.client = new TableClient(client);
    this.table = table;
    this.retention = retention;
    this.tokens = new WriteToken.Source(random);
    this.batchGet = new BatchGet(this.client, table, new Backoff(random));
  }

  @Override
  public @Nullable ConversionEvent claim(ConversionEvent event) {
    WriteToken token = tokens.next();
    Item item =
        token
            .on(EventItem.of(event))
            .number(Expiry.ATTRIBUTE, Expiry.after(event.id().claimedAt(), retention));
    try {
      client.putItem(
          PutItemRequest.builder()
              .tableName(table)
              .item(item.attributes())
              .conditionExpression("attribute_not_exists(pk)")
              .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
              .build());
      return null;
    } catch (ConditionalCheckFailedException e) {
      return token.isOn(e.item()) ? null : EventItem.read(e.item());
    }
  }

  @Override
  public Page<ConversionEvent> ofConversion(
      String affiliateId, String conversionId, @Nullable String after, int limit) {
    Page<ConversionEvent> page =
        readConversion(affiliateId, EventId.conversionKey(conversionId), after, limit);
    // The key is a digest, which another conversion may have as well.
    return new Page<>(
        page.items().stream()
            .filter(event -> event.conversion().conversionId().equals(conversionId))
            .toList(),
        page.next());
  }

  @Override
  public List<ConversionEvent> newerThan(String affiliateId, EventId id) {
    String conversionKey = id.conversionKey();
    Page<ConversionEvent> page = readConversion(affiliateId, conversionKey, null, MAX_READ);
    Map<EventId, ConversionEvent> read = byId(page);
    if (page.next() != null && !read.containsKey(id)) {
      readOne(affiliateId, conversionKey, id.eventKey(), read);
    }
    ConversionEvent own = read.get(id);
    if (own == null) {
      return List.of();
    }
    if (page.next() != null) {
      readAll(EventOrder.following(own.conversion().identity(), NEIGHBOURING_REVISIONS), id, read);
    }
    return EventOrder.newerThan(own, List.copyOf(read.values()));
  }

  @Override
  public @Nullable ConversionEvent previous(EventId id, Conversion conversion) {
    Page<ConversionEvent> page =
        readConversion(conversion.affiliateId(), id.conversionKey(), null, MAX_READ);
    Map<EventId, ConversionEvent> read = byId(page);
    if (page.next() != null) {
      readAll(EventOrder.preceding(conversion.identity(), NEIGHBOURING_REVISIONS), id, read);
    }
    return EventOrder.previous(id, conversion, List.copyOf(read.values()));
  }

  /** Reads the conversion's events up to the limits. */
  private Page<ConversionEvent> readConversion(
      String affiliateId, String conversionKey, @Nullable String after, int limit) {
    AttributeValue partition = EventItem.partition(affiliateId, conversionKey);
    Map<String, AttributeValue> start =
        after == null ? Map.of() : Map.of(EventItem.PK, partition, EventItem.SK, Item.of(after));
    List<ConversionEvent> read = new ArrayList<>();
    for (int pages = 1; ; pages++) {
      QueryResponse response =
          client.query(
              query("pk = :pk", Map.of(":pk", partition)).toBuilder()
                  .limit(limit - read.size())
                  .exclusiveStartKey(start.isEmpty() ? null : start)
                  .build());
      response.items().forEach(item -> read.add(EventItem.read(item)));
      if (!response.hasLastEvaluatedKey()) {
        return new Page<>(read, null);
      }
      start = response.lastEvaluatedKey();
      if (read.size() >= limit || pages == PAGES_PER_LOOK) {
        return new Page<>(read, new Item(start).text(EventItem.SK));
      }
    }
  }

  private static Map<EventId, ConversionEvent> byId(Page<ConversionEvent> page) {
    Map<EventId, ConversionEvent> read = new HashMap<>();
    page.items().forEach(event -> read.put(event.id(), event));
    return read;
  }

  /**
   * @param id of an event of the same conversion
   */
  private void readAll(
      List<EventIdentity> identities, EventId id, Map<EventId, ConversionEvent> read) {
    for (EventIdentity each : identities) {
      readOne(each.affiliateId(), id.conversionKey(), EventId.eventKey(each), read);
    }
  }

  /** A query, because the sender may do nothing else with this table. */
  private void readOne(
      String affiliateId,
      String conversionKey,
      String eventKey,
      Map<EventId, ConversionEvent> read) {
    Map<String, AttributeValue> values =
        Map.of(":pk", EventItem.partition(affiliateId, conversionKey), ":sk", Item.of(eventKey));
    addAll(client.query(query("pk = :pk AND sk = :sk", values)), read);
  }

  private QueryRequest query(String condition, Map<String, AttributeValue> values) {
    return QueryRequest.builder()
        .tableName(table)
        .consistentRead(true)
        .keyConditionExpression(condition)
        .expressionAttributeValues(values)
        .build();
  }

  private static void addAll(QueryResponse response, Map<EventId, ConversionEvent> read) {
    for (Map<String, AttributeValue> item : response.items()) {
      ConversionEvent event = EventItem.read(item);
      read.put(event.id(), event);
    }
  }

  @Override
  public Map<EventId, ConversionEvent> findAll(String affiliateId, Collection<EventId> ids) {
    Map<EventId, ConversionEvent> found = new HashMap<>();
    for (Map<String, AttributeValue> item :
        batchGet.items(ids.stream().map(id -> EventItem.key(affiliateId, id)).toList())) {
      ConversionEvent event = EventItem.read(item);
      found.put(event.id(), event);
    }
    found.keySet().retainAll(Set.copyOf(ids));
    return found;
  }

  @Override
  public Page<ConversionEvent> withoutCallbacks(
      String affiliateId, EventQuery query, @Nullable String after, int limit) {
    IdRange range = new IdRange(query.since(), query.until());
    boolean ascending = query.order() == EventQuery.Order.OLDEST_FIRST;
    String low = range.low();
    String high = range.high();
    if (after != null && ascending && after.compareTo(low) > 0) {
      low = after;
    } else if (after != null && !ascending && after.compareTo(high) < 0) {
      high = after;
    }
    if (low.compareTo(high) >= 0) {
      return new Page<>(List.of(), null);
    }
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":affiliate", Item.of(affiliateId));
    values.put(":low", Item.of(low));
    values.put(":high", Item.of(high));
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table)
            .indexName(WITHOUT_CALLBACKS)
            .keyConditionExpression("a = :affiliate AND i BETWEEN :low AND :high")
            .scanIndexForward(ascending);
    if (query.refId() == null) {
      request.limit(limit + 2);
    } else {
      values.put(":ref", Item.of(query.refId()));
      request.filterExpression(EventItem.FIELDS + ".ref_id = :ref").limit(ROWS_PER_READ);
    }
    return read(request.expressionAttributeValues(values), after, limit);
  }

  /** The bounds of the query include the position to continue after, which is omitted here. */
  private Page<ConversionEvent> read(
      QueryRequest.Builder request, @Nullable String after, int limit) {
    List<ConversionEvent> found = new ArrayList<>();
    for (int reads = 1; ; reads++) {
      QueryResponse response = client.query(request.build());
      for (Map<String, AttributeValue> item : response.items()) {
        if (new Item(item).text(EventItem.POSITION).equals(after)) {
          continue;
        }
        if (found.size() == limit) {
          return new Page<>(found, found.getLast().id().startOfDeliveries());
        }
        found.add(EventItem.read(item));
      }
      if (!response.hasLastEvaluatedKey()) {
        return new Page<>(found, null);
      }
      if (reads == READS_PER_PAGE) {
        return new Page<>(found, new Item(response.lastEvaluatedKey()).text(EventItem.POSITION));
      }
      request.exclusiveStartKey(response.lastEvaluatedKey());
    }
  }

  @Override
  public @Nullable ConversionEvent find(String affiliateId, EventId id) {
    var found =
        client.getItem(
            get -> get.tableName(table).consistentRead(true).key(EventItem.key(affiliateId, id)));
    if (!found.hasItem()) {
      return null;
    }
    ConversionEvent event = EventItem.read(found.item());
    return event.id().equals(id) ? event : null;
  }
}
