package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.postback.SecretWrites;
import com.natifico.postback.signature.SigningKey;
import com.natifico.postback.signature.SigningKeyStore;
import com.natifico.postback.signature.SigningKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The network's signing keys on DynamoDB: the public parts in one item of the table of keys, the
 * private ones in one item of the table of secrets, both written in one transaction.
 *
 * <p>No API key has the id of the item: those begin with {@code k}. It has no {@code kind}, so it
 * is not in the index that lists the API keys.
 */
public final class DynamoDbSigningKeyStore implements SigningKeyStore {
  private static final Map<String, AttributeValue> KEY = Map.of("key_id", Item.of("#signing"));
  private static final String VERSION = "version";
  private static final String KEYS = "signing_keys";

  private final DynamoDbClient client;
  private final String table;
  private final String secretsTable;
  private final Backoff backoff;

  /**
   * @param random used to spread repeated writes
   */
  public DynamoDbSigningKeyStore(
      DynamoDbClient client, String table, String secretsTable, RandomGenerator random) {
    this.client = new TableClient(client);
    this.table = table;
    this.secretsTable = secretsTable;
    this.backoff = new Backoff(random);
  }

  @Override
  public SigningKeys find() {
    var found = client.getItem(get -> get.tableName(table).consistentRead(true).key(KEY));
    if (!found.hasItem()) {
      return SigningKeys.NONE;
    }
    Item item = new Item(found.item());
    return new SigningKeys(
        item.number(VERSION),
        item.list(KEYS).stream()
            .map(stored -> new Item(stored.m()))
            .map(stored -> new SigningKey(stored.text("kid"), stored.text("x")))
            .toList());
  }

  @Override
  public boolean replace(SigningKeys changed, SecretWrites secrets) {
    List<TransactWriteItem> items =
        List.of(put(changed), SecretsItem.write(secretsTable, SigningKeys.SECRETS, secrets));
    for (int tries = 1; ; tries++) {
      try {
        client.transactWriteItems(transaction -> transaction.transactItems(items));
        return true;
      } catch (TransactionCanceledException e) {
        if ("ConditionalCheckFailed".equals(e.cancellationReasons().getFirst().code())) {
          return false;
        }
        // Another transaction was using one of the items, or a table was throttled.
        if (tries == Backoff.TRIES) {
          throw e;
        }
      }
      backoff.pause(tries);
    }
  }

  private TransactWriteItem put(SigningKeys changed) {
    boolean first = changed.version() == SigningKeys.NONE.version() + 1;
    Item item =
        new Item(new HashMap<>(KEY))
            .number(VERSION, changed.version())
            .list(
                KEYS,
                changed.keys().stream()
                    .map(key -> new Item().text("kid", key.kid()).text("x", key.publicKey()))
                    .map(key -> AttributeValue.fromM(key.attributes()))
                    .toList());
    return TransactWriteItem.builder()
        .put(
            put -> {
              put.tableName(table).item(item.attributes());
              if (first) {
                put.conditionExpression("attribute_not_exists(key_id)");
              } else {
                put.conditionExpression("#version = :stored")
                    .expressionAttributeNames(Map.of("#version", VERSION))
                    .expressionAttributeValues(Map.of(":stored", Item.of(changed.version() - 1)));
              }
            })
        .build();
  }
}
