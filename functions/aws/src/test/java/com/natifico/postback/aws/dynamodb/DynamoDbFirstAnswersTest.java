package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.idempotency.FirstAnswers;
import com.natifico.postback.testing.FirstAnswersContract;
import java.time.InstantSource;

final class DynamoDbFirstAnswersTest extends FirstAnswersContract {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final String TABLE = ENGINE.createLimitsTable();

  @Override
  protected FirstAnswers answers(InstantSource clock) {
    return new DynamoDbFirstAnswers(ENGINE.client(), TABLE, clock);
  }
}
