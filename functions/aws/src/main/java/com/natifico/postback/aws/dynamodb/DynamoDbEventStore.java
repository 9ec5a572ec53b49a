package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventStore;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** The claims on DynamoDB: partitioned by affiliate and conversion, sorted by goal and status. */
public final class DynamoDbEventStore implements EventStore {
  private final DynamoDbClient client;
  private final String table;
  private final Duration retention;
  private final WriteToken.Source tokens;

  /**
   * @param retention how long an event is kept after its claim
   * @param random used to recognise our own writes
   */
  public DynamoDbEventStore(
      DynamoDbClient client, String table, Duration retention, RandomGenerator random) {
    this.client = new TableClient(client);
    this.table = table;
    this.retention = retention;
    this.tokens = new WriteToken.Source(random);
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
  public List<ConversionEvent> ofConversion(String affiliateId, String conversionId) {
    AttributeValue partition =
        EventItem.partition(affiliateId, EventId.conversionKey(conversionId));
    return client
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("pk = :pk")
                    .expressionAttributeValues(Map.of(":pk", partition)))
        .items()
        .stream()
        .map(EventItem::read)
        .filter(event -> event.conversion().conversionId().equals(conversionId))
        .sorted(Comparator.comparing(event -> event.id().value()))
        .toList();
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
