package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.testing.PostbackStoreContract;
import java.security.SecureRandom;

final class DynamoDbPostbackStoreTest extends PostbackStoreContract {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final String TABLE = ENGINE.createPostbacksTable();

  @Override
  protected PostbackStore store() {
    return new DynamoDbPostbackStore(ENGINE.client(), TABLE, new SecureRandom());
  }
}
