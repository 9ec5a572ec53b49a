package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.Scope;
import com.natifico.postback.postback.SecretWrites;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Writes a postback and the registers of its scopes in one transaction. The SDK gives each
 * transaction a token, so a repeat after a lost response neither writes twice nor conflicts.
 */
final class PostbackWrites {
  /** The attribute of a register that holds the ids of the scope's postbacks, a set. */
  static final String IDS = "ids";

  /** The attribute that holds the number of an affiliate's postbacks. */
  static final String COUNT = "n";

  /** How a transaction ended. */
  sealed interface Result {}

  record Done() implements Result {}

  /** The scope has reached its limit of postbacks. */
  record Full() implements Result {}

  /** The affiliate has reached its limit of postbacks. */
  record AffiliateFull() implements Result {}

  /**
   * The stored postback is not the expected one.
   *
   * @param stored the stored postback; null if there is none
   */
  record Other(@Nullable Postback stored) implements Result {}

  private final DynamoDbClient client;
  private final String table;
  private final @Nullable String secretsTable;
  private final int limitPerAffiliate;
  private final Backoff backoff;

  /**
   * @param secretsTable null if no secrets are written
   */
  PostbackWrites(
      DynamoDbClient client,
      String table,
      @Nullable String secretsTable,
      int limitPerAffiliate,
      Backoff backoff) {
    this.client = client;
    this.table = table;
    this.secretsTable = secretsTable;
    this.limitPerAffiliate = limitPerAffiliate;
    this.backoff = backoff;
  }

  Result create(Postback postback, SecretWrites secrets) {
    TransactWriteItem put =
        TransactWriteItem.builder()
            .put(
                item ->
                    item.tableName(table)
                        .item(PostbackItem.of(postback).attributes())
                        .conditionExpression("attribute_not_exists(sk)")
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD))
            .build();
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(put);
    items.add(enter(postback, postback.scope()));
    items.add(countOneMore(postback));
    addSecrets(items, postback, secrets);
    try {
      return write(items);
    } catch (NotCounted e) {
      count(postback.affiliateId());
      return write(items);
    }
  }

  /**
   * @param oldScope the scope that the stored postback must have
   */
  Result replace(Postback postback, long expectedVersion, Scope oldScope, SecretWrites secrets) {
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(
        TransactWriteItem.builder()
            .put(
                item ->
                    item.tableName(table)
                        .item(PostbackItem.of(postback).attributes())
                        .conditionExpression("#version = :version AND #scope = :scope")
                        .expressionAttributeNames(
                            Map.of("#version", PostbackItem.VERSION, "#scope", PostbackItem.SCOPE))
                        .expressionAttributeValues(
                            Map.of(
                                ":version",
                                Item.of(expectedVersion),
                                ":scope",
                                Item.of(PostbackItem.scope(postback.affiliateId(), oldScope))))
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD))
            .build());
    if (!oldScope.isSame(postback.scope())) {
      items.add(enter(postback, postback.scope()));
      items.add(leave(postback, oldScope));
    }
    addSecrets(items, postback, secrets);
    return write(items);
  }

  /** Deletes the postback if it still has this version. */
  Result delete(Postback stored) {
    TransactWriteItem delete =
        TransactWriteItem.builder()
            .delete(
                item ->
                    item.tableName(table)
                        .key(PostbackItem.key(stored.affiliateId(), stored.postbackId()))
                        .conditionExpression("#version = :version")
                        .expressionAttributeNames(Map.of("#version", PostbackItem.VERSION))
                        .expressionAttributeValues(Map.of(":version", Item.of(stored.version())))
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD))
            .build();
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(delete);
    items.add(leave(stored, stored.scope()));
    items.add(countOneLess(stored));
    items.add(forget(PostbackItem.healthKey(stored.affiliateId(), stored.postbackId())));
    items.add(forget(PostbackItem.paceKey(stored.key())));
    if (!stored.settings().secrets().isEmpty()) {
      items.add(SecretsItem.delete(secretsTable(), stored.key()));
    }
    try {
      return write(items);
    } catch (NotCounted e) {
      items.remove(2);
      return write(items);
    }
  }

  /** The affiliate's postbacks have not been counted yet, because they are older than the limit. */
  private static final class NotCounted extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /**
   * Counts the affiliate's postbacks, once. The number may be wrong by those that other writers
   * create or delete meanwhile.
   */
  void count(String affiliateId) {
    int count =
        client
            .queryPaginator(
                query ->
                    query
                        .tableName(table)
                        .consistentRead(true)
                        .select(Select.COUNT)
                        .keyConditionExpression(
                            "affiliate_id = :affiliate AND begins_with(sk, :prefix)")
                        .expressionAttributeValues(
                            Map.of(
                                ":affiliate",
                                Item.of(affiliateId),
                                ":prefix",
                                Item.of(PostbackItem.PREFIX))))
            .stream()
            .mapToInt(QueryResponse::count)
            .sum();
    Item item = new Item(new HashMap<>(PostbackItem.countKey(affiliateId))).number(COUNT, count);
    try {
      client.putItem(
          put ->
              put.tableName(table)
                  .item(item.attributes())
                  .conditionExpression("attribute_not_exists(sk)"));
    } catch (ConditionalCheckFailedException e) {
      // Another writer has counted them.
    }
  }

  private TransactWriteItem countOneMore(Postback postback) {
    return TransactWriteItem.builder()
        .update(
            count ->
                count
                    .tableName(table)
                    .key(PostbackItem.countKey(postback.affiliateId()))
                    .updateExpression("SET n = n + :one")
                    .conditionExpression("n < :limit")
                    .expressionAttributeValues(
                        Map.of(":one", Item.of(1), ":limit", Item.of(limitPerAffiliate)))
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  private TransactWriteItem countOneLess(Postback postback) {
    return TransactWriteItem.builder()
        .update(
            count ->
                count
                    .tableName(table)
                    .key(PostbackItem.countKey(postback.affiliateId()))
                    .updateExpression("SET n = n - :one")
                    .conditionExpression("attribute_exists(n)")
                    .expressionAttributeValues(Map.of(":one", Item.of(1))))
        .build();
  }

  private void addSecrets(List<TransactWriteItem> items, Postback postback, SecretWrites secrets) {
    if (!secrets.isEmpty()) {
      items.add(
          postback.settings().secrets().isEmpty()
              ? SecretsItem.delete(secretsTable(), postback.key())
              : SecretsItem.write(secretsTable(), postback.key(), secrets));
    }
  }

  private String secretsTable() {
    if (secretsTable == null) {
      throw new IllegalStateException("this store writes no secrets");
    }
    return secretsTable;
  }

  private TransactWriteItem forget(Map<String, AttributeValue> key) {
    return TransactWriteItem.builder()
        .delete(forgotten -> forgotten.tableName(table).key(key))
        .build();
  }

  private TransactWriteItem enter(Postback postback, Scope scope) {
    return TransactWriteItem.builder()
        .update(
            register ->
                register
                    .tableName(table)
                    .key(PostbackItem.registerKey(postback.affiliateId(), scope))
                    .updateExpression("ADD ids :id")
                    .conditionExpression("attribute_not_exists(ids) OR size(ids) < :limit")
                    .expressionAttributeValues(
                        Map.of(
                            ":id", id(postback), ":limit", Item.of(PostbackStore.LIMIT_PER_SCOPE))))
        .build();
  }

  private TransactWriteItem leave(Postback postback, Scope scope) {
    return TransactWriteItem.builder()
        .update(
            register ->
                register
                    .tableName(table)
                    .key(PostbackItem.registerKey(postback.affiliateId(), scope))
                    .updateExpression("DELETE ids :id")
                    .expressionAttributeValues(Map.of(":id", id(postback))))
        .build();
  }

  private static AttributeValue id(Postback postback) {
    return AttributeValue.fromSs(List.of(postback.postbackId()));
  }

  /**
   * Writes the items: first the postback, then the register that it is added to, then the number of
   * postbacks.
   */
  private Result write(List<TransactWriteItem> items) {
    for (int tries = 1; ; tries++) {
      try {
        client.transactWriteItems(transaction -> transaction.transactItems(items));
        return new Done();
      } catch (TransactionCanceledException e) {
        List<CancellationReason> reasons = e.cancellationReasons();
        if (isConditionFailed(reasons, 0)) {
          Map<String, AttributeValue> stored = reasons.getFirst().item();
          return new Other(stored.isEmpty() ? null : PostbackItem.read(stored));
        }
        if (isConditionFailed(reasons, 1)) {
          return new Full();
        }
        if (isConditionFailed(reasons, 2)) {
          if (reasons.get(2).item().isEmpty()) {
            throw new NotCounted();
          }
          return new AffiliateFull();
        }
        // Another transaction was using one of the items, or the table was throttled.
        if (tries == Backoff.TRIES) {
          throw e;
        }
      }
      backoff.pause(tries);
    }
  }

  private static boolean isConditionFailed(List<CancellationReason> reasons, int index) {
    return index < reasons.size() && "ConditionalCheckFailed".equals(reasons.get(index).code());
  }
}
