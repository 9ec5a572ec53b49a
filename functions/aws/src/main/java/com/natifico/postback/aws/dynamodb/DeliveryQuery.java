package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.conversion.EventId;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog.Order;
import com.natifico.postback.delivery.DeliveryState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * A list of deliveries as a query: the times become bounds of the sort key, everything else becomes
 * a filter.
 */
record DeliveryQuery(
    String table,
    String affiliateId,
    DeliveryFilter filter,
    Order order,
    @Nullable String after,
    int limit) {
  /** These sort before and after every id, because no id contains these characters. */
  private static final String LOWEST = "!";

  private static final String HIGHEST = "~";

  /** Ids contain their time in 45 bits. */
  private static final Instant LAST_TIME = Instant.ofEpochMilli((1L << 45) - 1);

  /** Sorts before every id in the list and equals none of them. */
  private String low() {
    return filter.since() == null ? LOWEST : prefix(filter.since());
  }

  /** Sorts after every id in the list and equals none of them. */
  private String high() {
    return filter.until() == null ? HIGHEST : prefix(filter.until());
  }

  private Set<DeliveryState> states() {
    Set<DeliveryState> states = EnumSet.allOf(DeliveryState.class);
    if (!filter.states().isEmpty()) {
      states.retainAll(filter.states());
    }
    states.remove(DeliveryState.PENDING);
    return states;
  }

  /**
   * Sorts before the ids of this time or later and after those of an earlier time. Ids have
   * millisecond precision, so a fraction of a millisecond is rounded up.
   */
  private static String prefix(Instant bound) {
    if (bound.isAfter(LAST_TIME)) {
      return HIGHEST;
    }
    if (!bound.isAfter(Instant.EPOCH)) {
      return LOWEST;
    }
    Instant floor = Instant.ofEpochMilli(bound.toEpochMilli());
    return EventId.timePrefix(floor.isBefore(bound) ? floor.plusMillis(1) : floor);
  }

  /** Whether the range is empty. DynamoDB would reject such a query. */
  boolean isEmpty() {
    if (states().isEmpty() || low().compareTo(high()) >= 0) {
      return true;
    }
    return after != null
        && switch (order) {
          case NEWEST_FIRST -> after.compareTo(low()) <= 0;
          case OLDEST_FIRST -> after.compareTo(high()) >= 0;
        };
  }

  /**
   * @param rowsPerRead the limit on rows per read if a filter may exclude some of them
   */
  QueryRequest request(int rowsPerRead) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":affiliate", Item.of(affiliateId));
    values.put(":low", Item.of(low()));
    values.put(":high", Item.of(high()));
    List<String> conditions = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (DeliveryState state : states()) {
      names.add(":" + state.word());
      values.put(":" + state.word(), Item.of(state.word()));
    }
    conditions.add("#state IN (" + String.join(", ", names) + ")");
    if (filter.offerId() != null) {
      conditions.add("offer_id = :offer");
      values.put(":offer", Item.of(filter.offerId()));
    }
    if (filter.postbackId() != null) {
      conditions.add("postback_id = :postback");
      values.put(":postback", Item.of(filter.postbackId()));
    }
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression("affiliate_id = :affiliate AND delivery_id BETWEEN :low AND :high")
        .filterExpression(String.join(" AND ", conditions))
        .expressionAttributeNames(Map.of("#state", DeliveryItem.STATE))
        .expressionAttributeValues(values)
        .scanIndexForward(order == Order.OLDEST_FIRST)
        .exclusiveStartKey(start())
        .limit(isFiltered() ? rowsPerRead : limit + 1)
        .build();
  }

  /**
   * DynamoDB rejects a start key outside the bounds; a start key before them has the same effect as
   * none.
   */
  private @Nullable Map<String, AttributeValue> start() {
    if (after == null) {
      return null;
    }
    boolean inside = after.compareTo(low()) > 0 && after.compareTo(high()) < 0;
    return inside ? DeliveryItem.key(affiliateId, after) : null;
  }

  private boolean isFiltered() {
    return !filter.states().isEmpty() || filter.offerId() != null || filter.postbackId() != null;
  }
}
