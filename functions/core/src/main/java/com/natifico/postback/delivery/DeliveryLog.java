package com.natifico.postback.delivery;

import com.natifico.postback.Page;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The deliveries' rows, by affiliate and time. They are kept for 90 days. */
public interface DeliveryLog {
  /** The row as stored now, read consistently; null if there is none (yet). */
  @Nullable Delivery find(String affiliateId, String deliveryId);

  /** Those of these rows that are there, by delivery id, consistently. */
  Map<String, Delivery> findAll(String affiliateId, Collection<String> deliveryIds);

  /**
   * Writes the row if the stored one is of the revision before; revision 1 is written if there is
   * none.
   *
   * @return whether it was written; if not, another worker has changed it meanwhile
   */
  boolean save(Delivery delivery);

  enum Order {
    NEWEST_FIRST,
    OLDEST_FIRST
  }

  /**
   * The affiliate's deliveries that match, in the order of their delivery ids, which is that of
   * their creation.
   *
   * @param after the delivery id to continue after; null for the start
   */
  Page<Delivery> list(
      String affiliateId, DeliveryFilter filter, Order order, @Nullable String after, int limit);
}
