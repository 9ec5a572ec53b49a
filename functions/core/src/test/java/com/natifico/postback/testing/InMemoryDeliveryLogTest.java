package com.natifico.postback.testing;

import com.natifico.postback.delivery.DeliveryLog;

final class InMemoryDeliveryLogTest extends DeliveryLogContract {
  @Override
  protected DeliveryLog log() {
    return new InMemoryDeliveryLog();
  }
}
