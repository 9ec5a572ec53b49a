package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.statistics.CountedChange;
import com.natifico.postback.statistics.Counter;
import com.natifico.postback.statistics.Counters;
import com.natifico.postback.statistics.LatencyHistogram;
import com.natifico.postback.statistics.SequenceNumber;
import com.natifico.postback.statistics.ShardChanges;
import com.natifico.postback.statistics.StatisticsKey;
import com.natifico.postback.statistics.StatisticsStore;
import com.natifico.postback.statistics.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Counters as items of an affiliate, sorted by hour and postback. An item stores the last counted
 * sequence number of each shard, in the same write as the counters, on the condition that none of
 * the added changes is counted already. So a repeat costs a failed write and counts nothing.
 *
 * <p>Cost: one write unit for any number of changes of one row, one more if some were counted
 * before. Two once an item exceeds 1 KB, which takes more than five shards or 50 latency buckets.
 */
public final class DynamoDbStatisticsStore implements StatisticsStore {
  /**
   * Counters outlive the deliveries of their hour, because a delivery that is resent on its last
   * day changes for some more days.
   */
  private static final Duration MARGIN = Duration.ofDays(30);

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private static final String AFFILIATE_ID = "affiliate_id";

  /** The start of the hour in ISO 8601, a blank and the postback's id. */
  private static final String HOUR_AND_POSTBACK = "sk";

  /** The beginning of the names that end with a latency bucket's number. */
  private static final String LATENCY = "l";

  /** The beginning of the names that end with a shard's id. */
  private static final String SHARD = "s#";

  private final DynamoDbClient client;
  private final String table;
  private final Duration retention;

  /**
   * @param retention how long deliveries are kept
   */
  public DynamoDbStatisticsStore(DynamoDbClient client, String table, Duration retention) {
    this.client = new TableClient(client);
    this.table = table;
    this.retention = retention;
  }

  @Override
  public void add(ShardChanges changes) {
    SequenceNumber counted = null;
    ShardChanges missing = changes;
    while (true) {
      try {
        write(missing, counted);
        return;
      } catch (ConditionalCheckFailedException e) {
        counted = counted(e.item(), changes.shard());
        List<CountedChange> later = changes.after(counted);
        if (later.isEmpty()) {
          return;
        }
        missing = new ShardChanges(changes.shard(), changes.key(), later);
      }
    }
  }

  private static SequenceNumber counted(Map<String, AttributeValue> item, String shard) {
    return new SequenceNumber(new Item(item).text(SHARD + shard));
  }

  /**
   * @param counted the last number of the shard that the row must contain; null if it must contain
   *     none of the changes
   */
  private void write(ShardChanges changes, @Nullable SequenceNumber counted) {
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    List<String> additions = new ArrayList<>();
    attributes(changes.difference())
        .forEach(
            (name, difference) -> {
              String alias = Integer.toString(additions.size());
              names.put("#a" + alias, name);
              values.put(":a" + alias, Item.of(difference));
              additions.add("#a" + alias + " :a" + alias);
            });
    names.put("#shard", SHARD + changes.shard());
    names.put("#expiry", Expiry.ATTRIBUTE);
    values.put(":last", Item.of(changes.last().sortable()));
    values.put(":expiry", Item.of(Expiry.after(changes.key().hour(), retention.plus(MARGIN))));
    String condition;
    if (counted == null) {
      condition = "attribute_not_exists(#shard) OR #shard < :first";
      values.put(":first", Item.of(changes.first().sortable()));
    } else {
      condition = "#shard = :counted";
      values.put(":counted", Item.of(counted.sortable()));
    }
    String add = additions.isEmpty() ? "" : " ADD " + String.join(", ", additions);
    client.updateItem(
        update ->
            update
                .tableName(table)
                .key(key(changes.key()))
                .updateExpression("SET #shard = :last, #expiry = :expiry" + add)
                .conditionExpression(condition)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
  }

  private static Map<String, Long> attributes(Counters counters) {
    Map<String, Long> attributes = new HashMap<>();
    counters.counts().counts().forEach((counter, count) -> attributes.put(name(counter), count));
    counters
        .latencies()
        .buckets()
        .counts()
        .forEach((bucket, count) -> attributes.put(LATENCY + bucket, count));
    return attributes;
  }

  private static String name(Counter counter) {
    return switch (counter) {
      case DELIVERED -> "d";
      case RETRYING -> "r";
      case FAILED -> "f";
      case REJECTED -> "j";
      case HELD -> "h";
      case SUPERSEDED -> "u";
      case ATTEMPTS -> "a";
    };
  }

  private static Map<String, AttributeValue> key(StatisticsKey key) {
    return Map.of(
        AFFILIATE_ID,
        Item.of(key.postback().affiliateId()),
        HOUR_AND_POSTBACK,
        Item.of(key.hour() + " " + key.postback().postbackId()));
  }

  @Override
  public List<Hour> read(String affiliateId, Instant since, Instant until) {
    QueryRequest query =
        QueryRequest.builder()
            .tableName(table)
            .keyConditionExpression("#affiliate = :affiliate AND #sk BETWEEN :since AND :until")
            .expressionAttributeNames(Map.of("#affiliate", AFFILIATE_ID, "#sk", HOUR_AND_POSTBACK))
            .expressionAttributeValues(
                Map.of(
                    ":affiliate", Item.of(affiliateId),
                    ":since", Item.of(sortable(since)),
                    ":until", Item.of(sortable(until))))
            .build();
    return client.queryPaginator(query).items().stream()
        .map(DynamoDbStatisticsStore::hour)
        .toList();
  }

  /**
   * ISO 8601 with whole seconds and a year of four digits, which sorts as text like the times do.
   */
  private static String sortable(Instant time) {
    Instant within = time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
    return (within.isAfter(LATEST) ? LATEST : within.plusNanos(999_999_999))
        .truncatedTo(ChronoUnit.SECONDS)
        .toString();
  }

  private static Hour hour(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    String key = item.text(HOUR_AND_POSTBACK);
    int blank = key.indexOf(' ');
    Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    for (Counter counter : Counter.values()) {
      counts.put(counter, item.number(name(counter)));
    }
    Map<Integer, Long> latencies = new HashMap<>();
    attributes.forEach(
        (name, value) -> {
          if (name.startsWith(LATENCY) && value.n() != null) {
            latencies.put(
                Integer.valueOf(name.substring(LATENCY.length())), Long.valueOf(value.n()));
          }
        });
    return new Hour(
        new StatisticsKey(
            new PostbackKey(item.text(AFFILIATE_ID), key.substring(blank + 1)),
            Instant.parse(key.substring(0, blank))),
        new Counters(new Tally<>(counts), new LatencyHistogram(new Tally<>(latencies))));
  }
}
