package com.natifico.postback.aws.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.postback.SecretWrites;
import com.natifico.postback.postback.Secrets;
import com.natifico.postback.signature.SigningKey;
import com.natifico.postback.signature.SigningKeyStore;
import com.natifico.postback.signature.SigningKeys;
import com.natifico.postback.testing.SigningKeyStoreContract;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DynamoDbSigningKeyStoreTest extends SigningKeyStoreContract {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();

  /** The store has one item of each table, so every test has tables of its own. */
  @Override
  protected Opened open() {
    String secrets = ENGINE.createSecretsTable();
    return new Opened(
        store(ENGINE.createKeysTable(), secrets),
        new DynamoDbSecretReader(ENGINE.client(), secrets));
  }

  private static SigningKeyStore store(String keys, String secrets) {
    return new DynamoDbSigningKeyStore(ENGINE.client(), keys, secrets, new SecureRandom());
  }

  @Test
  void isNotAmongTheApiKeys() {
    String keys = ENGINE.createKeysTable();
    SecretWrites privateKey =
        new SecretWrites(new Secrets(Map.of(), Map.of("1", "whsk_1")), Set.of(), Set.of());
    assertTrue(
        store(keys, ENGINE.createSecretsTable())
            .replace(new SigningKeys(1, List.of(new SigningKey("1", "x"))), privateKey));
    assertEquals(List.of(), new DynamoDbKeyStore(ENGINE.client(), keys).list(null, 50).items());
  }
}
