package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.postback.NeededSecrets;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.SecretReader;
import com.natifico.postback.postback.Secrets;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The secrets on DynamoDB; {@link DynamoDbPostbackStore} writes them. */
public final class DynamoDbSecretReader implements SecretReader {
  private final DynamoDbClient client;
  private final String table;

  public DynamoDbSecretReader(DynamoDbClient client, String table) {
    this.client = new TableClient(client);
    this.table = table;
  }

  @Override
  public Secrets find(PostbackKey key, NeededSecrets needed) {
    var found =
        client.getItem(
            get ->
                get.tableName(table)
                    .consistentRead(true)
                    .key(SecretsItem.key(key.affiliateId(), key.postbackId())));
    return found.hasItem() ? SecretsItem.read(found.item()) : Secrets.NONE;
  }
}
