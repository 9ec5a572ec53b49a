package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.testing.EventStoreContract;
import java.security.SecureRandom;
import java.time.Duration;

final class DynamoDbEventStoreTest extends EventStoreContract {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final String TABLE = ENGINE.createEventsTable();

  @Override
  protected EventStore store() {
    return new DynamoDbEventStore(ENGINE.client(), TABLE, Duration.ofDays(90), new SecureRandom());
  }
}
