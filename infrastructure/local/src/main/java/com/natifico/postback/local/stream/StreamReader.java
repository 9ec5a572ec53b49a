package com.natifico.postback.local.stream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * What happens in a table from now on. A table that was kept from an earlier run does not tell its
 * story again; the shards that open later are read from their beginning.
 */
final class StreamReader {
  /** A shard lives for hours, so this is often enough. */
  private static final int READS_BETWEEN_LOOKS = 20;

  private final DynamoDbStreamsClient streams;
  private final String streamArn;
  private final Set<String> known = new HashSet<>();

  /** The iterators of the open shards. */
  private final Map<String, String> iterators = new LinkedHashMap<>();

  private int reads;

  StreamReader(DynamoDbStreamsClient streams, String streamArn) {
    this.streams = streams;
    this.streamArn = streamArn;
    openShards(ShardIteratorType.LATEST);
  }

  private void openShards(ShardIteratorType from) {
    for (Shard shard :
        streams.describeStream(d -> d.streamArn(streamArn)).streamDescription().shards()) {
      if (!known.contains(shard.shardId())) {
        iterators.put(
            shard.shardId(),
            streams
                .getShardIterator(
                    get ->
                        get.streamArn(streamArn).shardId(shard.shardId()).shardIteratorType(from))
                .shardIterator());
        known.add(shard.shardId());
      }
    }
  }

  /** What is new, in the order of each shard. */
  List<Record> read() {
    if (iterators.isEmpty() || ++reads % READS_BETWEEN_LOOKS == 0) {
      openShards(ShardIteratorType.TRIM_HORIZON);
    }
    List<Record> records = new ArrayList<>();
    Iterator<Map.Entry<String, String>> shards = iterators.entrySet().iterator();
    while (shards.hasNext()) {
      Map.Entry<String, String> shard = shards.next();
      GetRecordsResponse answer = streams.getRecords(get -> get.shardIterator(shard.getValue()));
      records.addAll(answer.records());
      if (answer.nextShardIterator() == null) {
        shards.remove();
      } else {
        shard.setValue(answer.nextShardIterator());
      }
    }
    return records;
  }
}
