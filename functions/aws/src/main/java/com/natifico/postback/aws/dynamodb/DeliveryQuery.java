package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog.Order;
import com.natifico.postback.delivery.DeliveryState;
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
 * A list of deliveries as a query: the times become bounds of the sort key, offer, postback and
 * states become a filter. The last attempt is in a list, which DynamoDB cannot filter by, so
 * results are filtered after they are read.
 */
record DeliveryQuery(
    String table,
    String affiliateId,
    DeliveryFilter filter,
    Order order,
    @Nullable String after,
    int limit) {
  private IdRange range() {
    return new IdRange(filter.since(), filter.until());
  }

  private Set<DeliveryState> states() {
    return filter.states().isEmpty()
        ? EnumSet.complementOf(EnumSet.of(DeliveryState.PENDING))
        : filter.states();
  }

  /** Whether the range is empty. DynamoDB would reject such a query. */
  boolean isEmpty() {
    return range().isEmpty()
        || (after != null
            && switch (order) {
              case NEWEST_FIRST -> after.compareTo(range().low()) <= 0;
              case OLDEST_FIRST -> after.compareTo(range().high()) >= 0;
            });
  }

  /**
   * @param rowsPerRead the limit on rows per read if a filter may exclude some of them
   */
  QueryRequest request(int rowsPerRead) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":affiliate", Item.of(affiliateId));
    values.put(":low", Item.of(range().low()));
    values.put(":high", Item.of(range().high()));
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
    if (filter.ofEvent().refId() != null) {
      conditions.add("ref_id = :ref");
      values.put(":ref", Item.of(filter.ofEvent().refId()));
    }
    if (filter.ofEvent().test() != null) {
      conditions.add(
          (filter.ofEvent().test() ? "attribute_exists" : "attribute_not_exists")
              + "("
              + DeliveryItem.TEST
              + ")");
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
    boolean inside = after.compareTo(range().low()) > 0 && after.compareTo(range().high()) < 0;
    return inside ? DeliveryItem.key(affiliateId, after) : null;
  }

  private boolean isFiltered() {
    return !filter.states().isEmpty()
        || filter.offerId() != null
        || filter.postbackId() != null
        || !filter.ofEvent().equals(DeliveryFilter.OfEvent.ANY)
        || !filter.result().equals(DeliveryFilter.Result.ANY);
  }
}
