package com.natifico.postback.delivery;

import com.natifico.postback.Page;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of deliveries, by affiliate and time. They are kept for 90 days. */
public interface DeliveryLog {
  /** The row as stored now, read consistently; null if there is none yet. */
  @Nullable Delivery find(String affiliateId, String deliveryId);

  /** The existing rows with these ids, by delivery id, read consistently. */
  Map<String, Delivery> findAll(String affiliateId, Collection<String> deliveryIds);

  /**
   * Writes the row if the stored one has the previous revision; revision 1 is written if there is
   * no row.
   *
   * @return whether the row was written; if not, another worker has changed it in the meantime
   */
  boolean save(Delivery delivery);

  enum Order {
    NEWEST_FIRST,
    OLDEST_FIRST
  }

  /**
   * The affiliate's matching deliveries, ordered by their delivery ids, and so by their creation.
   *
   * @param after the delivery id to continue after; null for the start
   */
  Page<Delivery> list(
      String affiliateId, DeliveryFilter filter, Order order, @Nullable String after, int limit);
}
