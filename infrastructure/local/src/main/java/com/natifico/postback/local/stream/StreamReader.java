package com.natifico.postback.local.stream;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Reads the changes of a table. Each read uses new iterators, because those of DynamoDB Local fail
 * after they have waited at an empty shard.
 */
final class StreamReader {
  /** The number of reads between two listings of the shards. A shard lives for hours. */
  private static final int READS_PER_SHARD_LISTING = 20;

  private static final String BEGINNING = "";

  private final DynamoDbStreamsClient streams;
  private final String streamArn;
  private final Set<String> known = new HashSet<>();

  /** The open shards, each with the sequence number of its last record that was read. */
  private final Map<String, String> open = new LinkedHashMap<>();

  private int reads;

  private StreamReader(DynamoDbStreamsClient streams, String streamArn) {
    this.streams = streams;
    this.streamArn = streamArn;
  }

  /** Reads everything that the stream still has. */
  static StreamReader fromTheBeginning(DynamoDbStreamsClient streams, String streamArn) {
    return new StreamReader(streams, streamArn);
  }

  /** Reads what is written from now on; changes of an earlier run are not repeated. */
  static StreamReader fromNow(DynamoDbStreamsClient streams, String streamArn) {
    StreamReader reader = new StreamReader(streams, streamArn);
    List<Record> earlier;
    do {
      earlier = reader.read();
    } while (!earlier.isEmpty());
    return reader;
  }

  /** The new records, in order within each shard. */
  List<Record> read() {
    return readByShard().values().stream().flatMap(List::stream).toList();
  }

  /** The new records of each shard, in order. */
  Map<String, List<Record>> readByShard() {
    if (open.isEmpty() || ++reads % READS_PER_SHARD_LISTING == 0) {
      findShards();
    }
    Map<String, List<Record>> records = new LinkedHashMap<>();
    Iterator<Map.Entry<String, String>> shards = open.entrySet().iterator();
    while (shards.hasNext()) {
      Map.Entry<String, String> shard = shards.next();
      try {
        GetRecordsResponse answer = read(shard.getKey(), shard.getValue());
        if (!answer.records().isEmpty()) {
          records.put(shard.getKey(), answer.records());
        }
        if (answer.nextShardIterator() == null) {
          shards.remove();
        } else if (!answer.records().isEmpty()) {
          shard.setValue(answer.records().getLast().dynamodb().sequenceNumber());
        }
      } catch (TrimmedDataAccessException _) {
        // The last record has expired after a day, so all remaining records are new.
        shard.setValue(BEGINNING);
      }
    }
    return records;
  }

  private void findShards() {
    for (Shard shard :
        streams
            .describeStream(describe -> describe.streamArn(streamArn))
            .streamDescription()
            .shards()) {
      if (known.add(shard.shardId())) {
        open.put(shard.shardId(), BEGINNING);
      }
    }
  }

  private GetRecordsResponse read(String shardId, String last) {
    GetShardIteratorRequest.Builder from =
        GetShardIteratorRequest.builder().streamArn(streamArn).shardId(shardId);
    if (last.equals(BEGINNING)) {
      from.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
    } else {
      from.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER).sequenceNumber(last);
    }
    String iterator = streams.getShardIterator(from.build()).shardIterator();
    return streams.getRecords(get -> get.shardIterator(iterator));
  }
}
