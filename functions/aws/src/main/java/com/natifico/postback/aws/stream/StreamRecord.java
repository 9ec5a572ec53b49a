package com.natifico.postback.aws.stream;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.natifico.postback.aws.lambda.LambdaJson;
import com.natifico.postback.statistics.SequenceNumber;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One record of a table's stream, with the row before and after; null for none. */
final class StreamRecord {
  /**
   * Who deletes expired rows
   * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html).
   */
  private static final String TIME_TO_LIVE = "dynamodb.amazonaws.com";

  private @Nullable String id;
  private @Nullable String sequenceNumber;
  private @Nullable Instant createdAt;
  private @Nullable Map<String, AttributeValue> before;
  private @Nullable Map<String, AttributeValue> after;
  private boolean expired;

  private StreamRecord() {}

  SequenceNumber at() {
    return new SequenceNumber(required("SequenceNumber", sequenceNumber));
  }

  /** The same whenever the record is read. */
  String id() {
    return required("eventID", id);
  }

  /** The approximate time of the change, in seconds. */
  Instant createdAt() {
    return required("ApproximateCreationDateTime", createdAt);
  }

  private static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("a record without " + name);
    }
    return value;
  }

  @Nullable Map<String, AttributeValue> before() {
    return before;
  }

  @Nullable Map<String, AttributeValue> after() {
    return after;
  }

  /** Whether DynamoDB deleted the row because its time was over. */
  boolean isExpired() {
    return expired;
  }

  /** Reads the list of records. */
  static List<StreamRecord> readAll(JsonParser parser) throws IOException {
    List<StreamRecord> records = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      records.add(read(parser));
    }
    return records;
  }

  private static StreamRecord read(JsonParser parser) throws IOException {
    StreamRecord record = new StreamRecord();
    for (String name = LambdaJson.first(parser); name != null; name = LambdaJson.next(parser)) {
      switch (name) {
        case "eventID" -> record.id = LambdaJson.text(parser);
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

  private static void readChange(JsonParser parser, StreamRecord record) throws IOException {
    for (String name = LambdaJson.first(parser); name != null; name = LambdaJson.next(parser)) {
      switch (name) {
        case "SequenceNumber" -> record.sequenceNumber = LambdaJson.text(parser);
        case "ApproximateCreationDateTime" ->
            record.createdAt = Instant.ofEpochSecond((long) parser.getDoubleValue());
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

  /** One value with its type. Types that no row has that is read from a stream become null. */
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
