package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.testing.DeliveryLogContract;
import java.security.SecureRandom;
import java.time.Duration;

final class DynamoDbDeliveryLogTest extends DeliveryLogContract {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final String TABLE = ENGINE.createDeliveriesTable();

  @Override
  protected DeliveryLog log() {
    return new DynamoDbDeliveryLog(ENGINE.client(), TABLE, Duration.ofDays(90), new SecureRandom());
  }
}
