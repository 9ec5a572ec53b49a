package com.natifico.postback.aws.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.natifico.postback.aws.dynamodb.ChangedRows;
import com.natifico.postback.aws.lambda.LambdaJson;
import com.natifico.postback.notification.StoredChange;
import com.natifico.postback.statistics.SequenceNumber;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A batch of changes from the stream of the postbacks or of the delivery log.
 *
 * @param changes those from which an event may follow, in the order of the shard, up to the first
 *     unreadable record
 * @param unreadable the first record whose row cannot be read
 */
public record StoredChanges(List<StoredChange> changes, Optional<Unreadable> unreadable) {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** A record whose row cannot be read. */
  public record Unreadable(SequenceNumber at, RuntimeException cause) {}

  /** Empty for the event of a schedule. */
  public static Optional<StoredChanges> read(InputStream json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      List<StreamRecord> records = null;
      for (String name = LambdaJson.first(parser); name != null; name = LambdaJson.next(parser)) {
        if (name.equals("Records")) {
          records = StreamRecord.readAll(parser);
        } else {
          parser.skipChildren();
        }
      }
      return records == null ? Optional.empty() : Optional.of(of(records));
    } catch (IOException e) {
      throw new UncheckedIOException("an event that is not JSON", e);
    }
  }

  private static StoredChanges of(List<StreamRecord> records) {
    List<StoredChange> changes = new ArrayList<>();
    for (StreamRecord record : records) {
      try {
        if (!record.isExpired()) {
          ChangedRows.between(record.id(), record.createdAt(), record.before(), record.after())
              .ifPresent(changes::add);
        }
      } catch (RuntimeException e) {
        return new StoredChanges(changes, Optional.of(new Unreadable(record.at(), e)));
      }
    }
    return new StoredChanges(changes, Optional.empty());
  }
}
