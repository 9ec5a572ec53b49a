package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.notification.EventWindows;
import com.natifico.postback.testing.EventWindowsContract;

final class DynamoDbEventWindowsTest extends EventWindowsContract {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final String TABLE = ENGINE.createLimitsTable();

  private final EventWindows windows = new DynamoDbEventWindows(ENGINE.client(), TABLE);

  @Override
  protected EventWindows windows() {
    return windows;
  }
}
