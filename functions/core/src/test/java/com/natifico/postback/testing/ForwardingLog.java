package com.natifico.postback.testing;

import com.natifico.postback.Page;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Passes every call on to another log; a test overrides methods. */
public abstract class ForwardingLog implements DeliveryLog {
  private final DeliveryLog log;

  protected ForwardingLog(DeliveryLog log) {
    this.log = log;
  }

  @Override
  public @Nullable Delivery find(String affiliateId, String deliveryId) {
    return log.find(affiliateId, deliveryId);
  }

  @Override
  public Map<String, Delivery> findAll(String affiliateId, Collection<String> deliveryIds) {
    return log.findAll(affiliateId, deliveryIds);
  }

  @Override
  public boolean save(Delivery delivery) {
    return log.save(delivery);
  }

  @Override
  public Page<Delivery> list(
      String affiliateId, DeliveryFilter filter, Order order, @Nullable String after, int limit) {
    return log.list(affiliateId, filter, order, after, limit);
  }
}
