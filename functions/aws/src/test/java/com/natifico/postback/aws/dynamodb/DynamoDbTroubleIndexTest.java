package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.testing.TroubleIndexContract;
import java.util.Random;

final class DynamoDbTroubleIndexTest extends TroubleIndexContract {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final String TABLE = ENGINE.createPostbacksTable();

  @Override
  protected Fixture fixture() {
    return new Fixture(
        new DynamoDbTroubleIndex(ENGINE.client(), TABLE, new Random(1)),
        new DynamoDbPostbackStore(ENGINE.client(), TABLE, new Random(2)),
        new DynamoDbPostbackHealth(ENGINE.client(), TABLE, new Random(3)));
  }
}
