package com.natifico.postback.simulation;

import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.testing.ForwardingLog;
import org.jspecify.annotations.Nullable;

/** A log without leases: they are neither read nor written. */
final class Unleased extends ForwardingLog {
  Unleased(DeliveryLog log) {
    super(log);
  }

  @Override
  public @Nullable Delivery find(String affiliateId, String deliveryId) {
    Delivery row = super.find(affiliateId, deliveryId);
    return row == null ? null : Rows.unleased(row);
  }

  @Override
  public boolean save(Delivery delivery) {
    return delivery.leasedUntil() != null || super.save(delivery);
  }
}
