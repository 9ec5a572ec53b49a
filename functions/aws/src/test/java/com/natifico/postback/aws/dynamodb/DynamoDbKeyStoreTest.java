package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.access.KeyStore;
import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.testing.KeyStoreContract;

final class DynamoDbKeyStoreTest extends KeyStoreContract {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final String TABLE = ENGINE.createKeysTable();

  @Override
  protected KeyStore store() {
    return new DynamoDbKeyStore(ENGINE.client(), TABLE);
  }
}
