package com.natifico.postback.delivery;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of an affiliate that a list shows. Pending deliveries are in no list.
 *
 * @param states empty for all
 * @param since inclusive, on {@code created_at}; null for no bound
 * @param until exclusive, on {@code created_at}; null for no bound
 */
public record DeliveryFilter(
    @Nullable String offerId,
    @Nullable String postbackId,
    Set<DeliveryState> states,
    @Nullable Instant since,
    @Nullable Instant until) {
  public DeliveryFilter {
    states = Set.copyOf(states);
  }

  public static final DeliveryFilter ALL = new DeliveryFilter(null, null, Set.of(), null, null);

  /** Whether this delivery is in the list. */
  public boolean matches(Delivery delivery) {
    Callback callback = delivery.callback();
    return delivery.state() != DeliveryState.PENDING
        && (states.isEmpty() || states.contains(delivery.state()))
        && (offerId == null || offerId.equals(callback.offerId()))
        && (postbackId == null || postbackId.equals(callback.postbackId()))
        && (since == null || !callback.createdAt().isBefore(since))
        && (until == null || callback.createdAt().isBefore(until));
  }
}
