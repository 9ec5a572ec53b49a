package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.directory.Trouble;
import com.natifico.postback.directory.TroubleIndex;
import com.natifico.postback.notification.StoredStreak;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.PostbackKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Reads the sparse index of the table of postbacks that has the paused ones and those with a failed
 * attempt, and the counters of the latter. A page of up to 500 costs {@value PostbackItem#PARTS}
 * queries and one read of counters for each 100 postbacks.
 */
public final class DynamoDbTroubleIndex implements TroubleIndex {
  /** The name of the index. */
  static final String INDEX = "by_trouble";

  private static final Comparator<Item> BY_ID =
      Comparator.comparing(item -> item.text(PostbackItem.POSTBACK_ID));

  private final DynamoDbClient client;
  private final String table;
  private final BatchGet counters;

  /**
   * @param random used to spread repeated reads
   */
  public DynamoDbTroubleIndex(DynamoDbClient client, String table, RandomGenerator random) {
    this.client = new TableClient(client);
    this.table = table;
    this.counters = new BatchGet(this.client, table, false, new Backoff(random));
  }

  @Override
  public Found next(@Nullable String after, int limit) {
    List<Item> items = new ArrayList<>();
    for (int part = 0; part < PostbackItem.PARTS; part++) {
      items.addAll(ofPart(part, after, limit));
    }
    items.sort(BY_ID);
    boolean more = items.size() > limit;
    List<Item> some = items.subList(0, Math.min(limit, items.size()));
    Map<PostbackKey, StoredStreak> streaks = streaks(some);
    return new Found(
        some.stream().flatMap(item -> trouble(item, streaks).stream()).toList(),
        more ? some.getLast().text(PostbackItem.POSTBACK_ID) : null);
  }

  /** At most one more than the limit, so that the caller knows whether there are more. */
  private List<Item> ofPart(int part, @Nullable String after, int limit) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":part", Item.of(PostbackItem.part(part)));
    if (after != null) {
      values.put(":after", Item.of(after));
    }
    List<Item> items = new ArrayList<>();
    Map<String, AttributeValue> start = null;
    do {
      Map<String, AttributeValue> from = start;
      QueryResponse response =
          client.query(
              query ->
                  query
                      .tableName(table)
                      .indexName(INDEX)
                      .keyConditionExpression(
                          after == null
                              ? "trouble = :part"
                              : "trouble = :part AND postback_id > :after")
                      .expressionAttributeValues(values)
                      .exclusiveStartKey(from)
                      .limit(limit + 1));
      response.items().forEach(item -> items.add(new Item(item)));
      start = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : null;
    } while (start != null && items.size() <= limit);
    return items;
  }

  private Map<PostbackKey, StoredStreak> streaks(List<Item> items) {
    List<Map<String, AttributeValue>> keys =
        items.stream()
            .filter(item -> pausedReason(item) == null)
            .map(PostbackItem::keyOf)
            .map(key -> PostbackItem.healthKey(key.affiliateId(), key.postbackId()))
            .toList();
    return counters.items(keys).stream()
        .collect(Collectors.toMap(PostbackItem::ofHealth, DynamoDbPostbackHealth::stored));
  }

  private static @Nullable PausedReason pausedReason(Item item) {
    String word = item.textOrNull(PostbackItem.PAUSED_REASON);
    return word == null ? null : PausedReason.of(word);
  }

  private static List<Trouble> trouble(Item item, Map<PostbackKey, StoredStreak> streaks) {
    PausedReason paused = pausedReason(item);
    PostbackKey key = PostbackItem.keyOf(item);
    StoredStreak streak = streaks.get(key);
    if (paused == null && (streak == null || streak.attempts() < StoredStreak.FAILING_ATTEMPTS)) {
      return List.of();
    }
    return List.of(
        new Trouble(
            key,
            item.textOrNull("label"),
            item.textOrNull(PostbackItem.OFFER_ID),
            paused,
            paused == null
                ? item.instant(PostbackItem.FAILING_SINCE)
                : PostbackItem.updatedAt(item)));
  }
}
