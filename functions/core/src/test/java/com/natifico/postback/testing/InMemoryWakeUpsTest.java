package com.natifico.postback.testing;

import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.WakeUps;

final class InMemoryWakeUpsTest extends WakeUpsContract {
  private final InMemoryDeliveryLog log = new InMemoryDeliveryLog();
  private final WakeUps wakeUps = new InMemoryWakeUps(log);

  @Override
  protected DeliveryLog log() {
    return log;
  }

  @Override
  protected WakeUps wakeUps() {
    return wakeUps;
  }
}
