package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.limit.CallLimits;
import com.natifico.postback.testing.CallLimitsContract;
import java.time.InstantSource;

final class DynamoDbCallLimitsTest extends CallLimitsContract {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final String TABLE = ENGINE.createLimitsTable();

  @Override
  protected CallLimits limits(InstantSource clock) {
    return new DynamoDbCallLimits(ENGINE.client(), TABLE, clock);
  }
}
