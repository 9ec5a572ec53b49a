package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.WakeUps;
import com.natifico.postback.testing.WakeUpsContract;
import java.time.Duration;
import java.util.Random;

final class DynamoDbWakeUpsTest extends WakeUpsContract {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();

  private final String table = ENGINE.createDeliveriesTable();
  private final DeliveryLog log =
      new DynamoDbDeliveryLog(ENGINE.client(), table, Duration.ofDays(90), new Random(1));
  private final WakeUps wakeUps = new DynamoDbWakeUps(ENGINE.client(), table, new Random(2));

  @Override
  protected DeliveryLog log() {
    return log;
  }

  @Override
  protected WakeUps wakeUps() {
    return wakeUps;
  }
}
