package com.natifico.postback.aws.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.natifico.postback.aws.dynamodb.DeliveryItem;
import com.natifico.postback.aws.lambda.LambdaJson;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.statistics.CountedChange;
import com.natifico.postback.statistics.SequenceNumber;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A batch of changes from the stream of the delivery log.
 *
 * @param changes those that change a counter, in the order of the shard, up to the first unreadable
 *     record
 * @param unreadable the first record whose row cannot be read
 */
public record DeliveryStreamEvent(
    String shard, List<CountedChange> changes, Optional<Unreadable> unreadable) {
  private static final JsonFactory FACTORY = new JsonFactory();

  /**
   * Who deletes expired rows
   * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html).
   */
  private static final String TIME_TO_LIVE = "dynamodb.amazonaws.com";

  /** A record whose row cannot be read. */
  public record Unreadable(SequenceNumber at, RuntimeException cause) {}

  /** One record, with the attributes of the row before and after; null for none. */
  private static final class Change {
    @Nullable String sequenceNumber;
    @Nullable Map<String, AttributeValue> before;
    @Nullable Map<String, AttributeValue> after;
    boolean expired;

    SequenceNumber at() {
      if (sequenceNumber == null) {
        throw new IllegalStateException("a record without SequenceNumber");
      }
      return new SequenceNumber(sequenceNumber);
    }

    Optional<CountedChange> counted() {
      return expired
          ? Optional.empty()
          : CountedChange.between(at(), delivery(before), delivery(after));
    }

    /** Null also for the row in which the timer stores its progress. */
    private static @Nullable Delivery delivery(@Nullable Map<String, AttributeValue> row) {
      return row == null || !DeliveryItem.isDelivery(row) ? null : DeliveryItem.read(row);
    }
  }

  /**
   * @throws IllegalStateException if the event names no shard, as without a tumbling window
   */
  public static DeliveryStreamEvent read(InputStream json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      String shard = null;
      List<Change> records = List.of();
      for (String name = LambdaJson.first(parser); name != null; name = LambdaJson.next(parser)) {
        switch (name) {
          case "Records" -> records = records(parser);
          case "shardId" -> shard = LambdaJson.text(parser);
          default -> parser.skipChildren();
        }
      }
      if (shard == null) {
        throw new IllegalStateException(
            "an event without shardId; the mapping needs TumblingWindowInSeconds");
      }
      return of(shard, records);
    } catch (IOException e) {
      throw new UncheckedIOException("an event that is not JSON", e);
    }
  }

  private static DeliveryStreamEvent of(String shard, List<Change> records) {
    List<CountedChange> changes = new ArrayList<>();
    for (Change record : records) {
      try {
        record.counted().ifPresent(changes::add);
      } catch (RuntimeException e) {
        return new DeliveryStreamEvent(shard, changes, Optional.of(new Unreadable(record.at(), e)));
      }
    }
    return new DeliveryStreamEvent(shard, changes, Optional.empty());
  }

  private static List<Change> records(JsonParser parser) throws IOException {
    List<Change> records = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      records.add(record(parser));
    }
    return records;
  }

  private static Change record(JsonParser parser) throws IOException {
    Change record = new Change();
    for (String name = LambdaJson.first(parser); name != null; name = LambdaJson.next(parser)) {
      switch (name) {
        case "dynamodb" -> readChange(parser, record);
        case "userIdentity" -> record.expired = isTimeToLive(parser);
        default -> parser.skipChildren();
      }
    }
    return record;
  }

  private static boolean isTimeToLive(JsonParser parser) throws IOException {
    if (LambdaJson.isNull(parser)) {
      return false;
    }
    return TIME_TO_LIVE.equals(LambdaJson.anyByName(parser).get("principalId"));
  }

  private static void readChange(JsonParser parser, Change record) throws IOException {
    for (String name = LambdaJson.first(parser); name != null; name = LambdaJson.next(parser)) {
      switch (name) {
        case "SequenceNumber" -> record.sequenceNumber = LambdaJson.text(parser);
        case "OldImage" -> record.before = attributes(parser);
        case "NewImage" -> record.after = attributes(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private static Map<String, AttributeValue> attributes(JsonParser parser) throws IOException {
    Map<String, AttributeValue> attributes = new HashMap<>();
    for (String name = LambdaJson.first(parser); name != null; name = LambdaJson.next(parser)) {
      attributes.put(name, value(parser));
    }
    return attributes;
  }

  /** One value with its type. Types that no row of the log has are read as null. */
  private static AttributeValue value(JsonParser parser) throws IOException {
    AttributeValue value = AttributeValue.fromNul(true);
    for (String type = LambdaJson.first(parser); type != null; type = LambdaJson.next(parser)) {
      switch (type) {
        case "S" -> value = AttributeValue.fromS(parser.getText());
        case "N" -> value = AttributeValue.fromN(parser.getText());
        case "BOOL" -> value = AttributeValue.fromBool(parser.getBooleanValue());
        case "M" -> value = AttributeValue.fromM(attributes(parser));
        case "L" -> {
          List<AttributeValue> items = new ArrayList<>();
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
          }
          value = AttributeValue.fromL(items);
        }
        default -> parser.skipChildren();
      }
    }
    return value;
  }
}
