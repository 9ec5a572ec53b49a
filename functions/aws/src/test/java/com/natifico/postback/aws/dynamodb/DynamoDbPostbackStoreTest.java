package com.natifico.postback.aws.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.SecretReader;
import com.natifico.postback.postback.SecretWrites;
import com.natifico.postback.postback.Secrets;
import com.natifico.postback.postback.SigningSecret;
import com.natifico.postback.testing.PostbackStoreContract;
import com.natifico.postback.testing.Samples;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DynamoDbPostbackStoreTest extends PostbackStoreContract {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final String TABLE = ENGINE.createPostbacksTable();
  private static final String SECRETS = ENGINE.createSecretsTable();

  @Override
  protected PostbackStore store() {
    return new DynamoDbPostbackStore(ENGINE.client(), TABLE, SECRETS, new SecureRandom());
  }

  @Override
  protected SecretReader secrets(PostbackStore store) {
    return new DynamoDbSecretReader(ENGINE.client(), SECRETS);
  }

  /** Nothing of a removed secret remains, not even an empty item. */
  @Test
  void leavesNoItemWithoutSecrets() {
    Postback postback = Samples.postback("a-none", "pb_1", null);
    Postback signed =
        new Postback(
            postback.key(),
            postback.settings().withSigningSecrets(List.of(new SigningSecret.Stored("0a1b", null))),
            postback.status(),
            postback.revision());
    SecretWrites put =
        new SecretWrites(new Secrets(Map.of(), Map.of("0a1b", "whsec_value")), Set.of(), Set.of());
    SecretWrites removal = new SecretWrites(Secrets.NONE, Set.of(), Set.of("0a1b"));
    PostbackStore store = store();
    store.create(signed, put);
    assertEquals(1, items("a-none"));
    store.replace(postback, 1, removal);
    assertEquals(0, items("a-none"));
  }

  private static int items(String affiliateId) {
    return ENGINE
        .client()
        .query(
            query ->
                query
                    .tableName(SECRETS)
                    .keyConditionExpression("affiliate_id = :a")
                    .expressionAttributeValues(Map.of(":a", Item.of(affiliateId))))
        .count();
  }

  @Override
  protected PostbackStore store(int limitPerAffiliate) {
    return new DynamoDbPostbackStore(
        ENGINE.client(), TABLE, SECRETS, new SecureRandom(), limitPerAffiliate);
  }

  /** Earlier versions did not count them. */
  @Test
  void countsThePostbacksThatWereThereBefore() {
    for (int i = 0; i < 3; i++) {
      Item stored = PostbackItem.of(Samples.postback("a-before", "pb_" + i, "o" + i));
      ENGINE.client().putItem(put -> put.tableName(TABLE).item(stored.attributes()));
    }
    PostbackStore four = store(4);
    assertEquals(PostbackStore.Written.DONE, four.delete("a-before", "pb_0", null));
    assertEquals(
        PostbackStore.Written.DONE, four.create(Samples.postback("a-before", "pb_3", "o3")));
    assertEquals(
        PostbackStore.Written.DONE, four.create(Samples.postback("a-before", "pb_4", "o4")));
    assertEquals(
        PostbackStore.Written.AFFILIATE_LIMIT_REACHED,
        four.create(Samples.postback("a-before", "pb_5", "o5")));
  }

  /** More data than DynamoDB returns in one response (1 MB). */
  @Test
  void readsALargeScopeCompletely() {
    List<String> ids = List.of("pb_1", "pb_2", "pb_3", "pb_4", "pb_5");
    for (String id : ids) {
      Item large =
          PostbackItem.of(Samples.postback("a-large", id, "o-large"))
              .text("body", "x".repeat(300_000))
              .text("content_type", "application/json");
      ENGINE.client().putItem(put -> put.tableName(TABLE).item(large.attributes()));
    }

    List<Postback> found = store().forOffer("a-large", "o-large");

    assertEquals(ids, found.stream().map(Postback::postbackId).sorted().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PAUSED", "deleted"})
  void rejectsAnUnknownState(String state) {
    Item unknown = PostbackItem.of(Samples.postback("p1", null)).text("state", state);

    assertThrows(IllegalStateException.class, () -> PostbackItem.read(unknown.attributes()));
  }
}
