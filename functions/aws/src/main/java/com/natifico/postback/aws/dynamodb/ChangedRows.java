package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.notification.StoredChange;
import com.natifico.postback.notification.StoredStreak;
import com.natifico.postback.postback.PostbackKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the change of a row from which an event may follow. */
public final class ChangedRows {
  private ChangedRows() {}

  /**
   * @param id the id of the change
   * @param before null if the row did not exist
   * @param after null if the row was deleted
   * @return empty for rows and changes from which no event follows
   */
  public static Optional<StoredChange> between(
      String id,
      Instant at,
      @Nullable Map<String, AttributeValue> before,
      @Nullable Map<String, AttributeValue> after) {
    Map<String, AttributeValue> row = after == null ? before : after;
    if (row == null) {
      return Optional.empty();
    }
    if (DeliveryItem.isDelivery(row) && row.containsKey(DeliveryItem.DELIVERY_ID)) {
      return after == null
          ? Optional.empty()
          : Optional.of(
              new StoredChange.OfDelivery(
                  id,
                  at,
                  before == null ? null : DeliveryItem.read(before),
                  DeliveryItem.read(after)));
    }
    Item item = new Item(row);
    String sortKey = item.textOrNull(PostbackItem.SK);
    if (sortKey == null) {
      return Optional.empty();
    }
    if (sortKey.startsWith(PostbackItem.PREFIX)) {
      return before == null || after == null
          ? Optional.empty()
          : Optional.of(
              new StoredChange.OfPostback(
                  id, at, PostbackItem.read(before), PostbackItem.read(after)));
    }
    if (sortKey.startsWith(PostbackItem.HEALTH_PREFIX)) {
      PostbackKey postback =
          new PostbackKey(
              item.text(PostbackItem.AFFILIATE_ID),
              sortKey.substring(PostbackItem.HEALTH_PREFIX.length()));
      return Optional.of(
          new StoredChange.OfStreak(id, at, postback, streak(before), streak(after)));
    }
    return Optional.empty();
  }

  private static @Nullable StoredStreak streak(@Nullable Map<String, AttributeValue> row) {
    return row == null ? null : DynamoDbPostbackHealth.stored(row);
  }
}
