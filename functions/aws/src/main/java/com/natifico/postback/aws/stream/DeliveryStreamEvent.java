package com.natifico.postback.aws.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.natifico.postback.aws.dynamodb.DeliveryItem;
import com.natifico.postback.aws.lambda.LambdaJson;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.statistics.CountedChange;
import com.natifico.postback.statistics.SequenceNumber;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
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

  /** A record whose row cannot be read. */
  public record Unreadable(SequenceNumber at, RuntimeException cause) {}

  /**
   * @throws IllegalStateException if the event names no shard, as without a tumbling window
   */
  public static DeliveryStreamEvent read(InputStream json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      String shard = null;
      List<StreamRecord> records = List.of();
      for (String name = LambdaJson.first(parser); name != null; name = LambdaJson.next(parser)) {
        switch (name) {
          case "Records" -> records = StreamRecord.readAll(parser);
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

  private static DeliveryStreamEvent of(String shard, List<StreamRecord> records) {
    List<CountedChange> changes = new ArrayList<>();
    for (StreamRecord record : records) {
      try {
        counted(record).ifPresent(changes::add);
      } catch (RuntimeException e) {
        return new DeliveryStreamEvent(shard, changes, Optional.of(new Unreadable(record.at(), e)));
      }
    }
    return new DeliveryStreamEvent(shard, changes, Optional.empty());
  }

  private static Optional<CountedChange> counted(StreamRecord record) {
    return record.isExpired()
        ? Optional.empty()
        : CountedChange.between(record.at(), delivery(record.before()), delivery(record.after()));
  }

  /** Null also for the row in which the timer stores its progress. */
  private static @Nullable Delivery delivery(@Nullable Map<String, AttributeValue> row) {
    return row == null || !DeliveryItem.isDelivery(row) ? null : DeliveryItem.read(row);
  }
}
