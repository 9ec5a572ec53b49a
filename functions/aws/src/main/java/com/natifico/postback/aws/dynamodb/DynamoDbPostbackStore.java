package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.Page;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The postbacks: by affiliate. Beside them stands a register for each scope, the set of the ids in
 * it. It changes in one transaction with the postbacks, so it keeps the limit under concurrent
 * writers, and says consistently, without an index, what a scope holds.
 */
public final class DynamoDbPostbackStore implements PostbackStore {
  /** What one page of a list may read: ten answers of at most 1 MB. */
  private static final int READS_PER_PAGE = 10;

  private final DynamoDbClient client;
  private final String table;
  private final PostbackWrites writes;
  private final BatchGet batchGet;

  /**
   * @param random spreads repeats
   */
  public DynamoDbPostbackStore(DynamoDbClient client, String table, RandomGenerator random) {
    Backoff backoff = new Backoff(random);
    this.client = new TableClient(client);
    this.table = table;
    this.writes = new PostbackWrites(this.client, table, LIMIT_PER_SCOPE, backoff);
    this.batchGet = new BatchGet(this.client, table, backoff);
  }

  @Override
  public Written create(Postback postback) {
    return switch (writes.create(postback)) {
      case PostbackWrites.Done _ -> Written.DONE;
      case PostbackWrites.Full _ -> Written.LIMIT_REACHED;
      case PostbackWrites.Other _ -> Written.STALE;
    };
  }

  @Override
  public Written replace(Postback postback, long expectedVersion) {
    // Most changes leave the scope as it is, so that is what is tried first; if it was another
    // one, the failure tells which.
    PostbackWrites.Result result = writes.replace(postback, expectedVersion, postback.scope());
    if (result instanceof PostbackWrites.Other(Postback stored)
        && stored != null
        && stored.version() == expectedVersion
        && !stored.scope().equals(postback.scope())) {
      result = writes.replace(postback, expectedVersion, stored.scope());
    }
    return written(result);
  }

  @Override
  public Written delete(String affiliateId, String postbackId, @Nullable Long expectedVersion) {
    while (true) {
      Postback stored = find(affiliateId, postbackId);
      if (stored == null) {
        return Written.NOT_FOUND;
      }
      if (expectedVersion != null && stored.version() != expectedVersion) {
        return Written.STALE;
      }
      Written written = written(writes.delete(stored));
      if (written != Written.STALE || expectedVersion != null) {
        return written;
      }
      // Any version will do, and this one was changed meanwhile; each turn is another's write.
    }
  }

  private static Written written(PostbackWrites.Result result) {
    return switch (result) {
      case PostbackWrites.Done _ -> Written.DONE;
      case PostbackWrites.Full _ -> Written.LIMIT_REACHED;
      case PostbackWrites.Other(Postback stored) ->
          stored == null ? Written.NOT_FOUND : Written.STALE;
    };
  }

  @Override
  public @Nullable Postback find(String affiliateId, String postbackId) {
    var found =
        client.getItem(
            get ->
                get.tableName(table)
                    .consistentRead(true)
                    .key(PostbackItem.key(affiliateId, postbackId)));
    return found.hasItem() ? PostbackItem.read(found.item()) : null;
  }

  @Override
  public Page<Postback> list(
      String affiliateId, ScopeFilter scopes, @Nullable String after, int limit) {
    return switch (scopes) {
      case ScopeFilter.All() -> page(affiliateId, null, after, limit);
      case ScopeFilter.AnyOffer() -> page(affiliateId, "attribute_exists(offer_id)", after, limit);
      case ScopeFilter.One(Scope scope) -> registered(affiliateId, scope, after, limit);
    };
  }

  private Page<Postback> page(
      String affiliateId, @Nullable String condition, @Nullable String after, int limit) {
    QueryRequest request =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .keyConditionExpression("affiliate_id = :affiliate AND begins_with(sk, :prefix)")
            .filterExpression(condition)
            .expressionAttributeValues(
                Map.of(":affiliate", Item.of(affiliateId), ":prefix", Item.of(PostbackItem.PREFIX)))
            .exclusiveStartKey(after == null ? null : PostbackItem.key(affiliateId, after))
            .limit(limit + 1)
            .build();
    List<Postback> found = new ArrayList<>();
    for (int reads = 1; ; reads++) {
      QueryResponse response = client.query(request);
      for (Map<String, AttributeValue> item : response.items()) {
        if (found.size() == limit) {
          return new Page<>(found, found.getLast().postbackId());
        }
        found.add(PostbackItem.read(item));
      }
      if (!response.hasLastEvaluatedKey()) {
        return new Page<>(found, null);
      }
      if (reads == READS_PER_PAGE) {
        String last = new Item(response.lastEvaluatedKey()).text(PostbackItem.SK);
        return new Page<>(found, last.substring(PostbackItem.PREFIX.length()));
      }
      request = request.toBuilder().exclusiveStartKey(response.lastEvaluatedKey()).build();
    }
  }

  private Page<Postback> registered(
      String affiliateId, Scope scope, @Nullable String after, int limit) {
    var register =
        client.getItem(
            get ->
                get.tableName(table)
                    .consistentRead(true)
                    .key(PostbackItem.registerKey(affiliateId, scope)));
    AttributeValue ids = register.item().get(PostbackWrites.IDS);
    List<String> wanted =
        ids == null
            ? List.of()
            : ids.ss().stream()
                .filter(id -> after == null || id.compareTo(after) > 0)
                .sorted()
                .toList();
    List<String> some = wanted.subList(0, Math.min(limit, wanted.size()));
    List<Postback> found =
        batchGet.items(some.stream().map(id -> PostbackItem.key(affiliateId, id)).toList()).stream()
            .map(PostbackItem::read)
            .filter(postback -> postback.scope().equals(scope))
            .sorted(Comparator.comparing(Postback::postbackId))
            .toList();
    return new Page<>(found, some.size() < wanted.size() ? some.getLast() : null);
  }

  @Override
  public List<Postback> forOffer(String affiliateId, String offerId) {
    List<Postback> found = new ArrayList<>();
    addScope(found, PostbackItem.scope(affiliateId, new Scope.Offer(offerId)));
    addScope(found, PostbackItem.scope(affiliateId, new Scope.Global()));
    return List.copyOf(found);
  }

  private void addScope(List<Postback> found, String scope) {
    QueryRequest request =
        QueryRequest.builder()
            .tableName(table)
            .indexName("by_scope")
            .keyConditionExpression("#scope = :scope")
            .expressionAttributeNames(Map.of("#scope", PostbackItem.SCOPE))
            .expressionAttributeValues(Map.of(":scope", Item.of(scope)))
            .build();
    while (true) {
      QueryResponse response = client.query(request);
      for (Map<String, AttributeValue> item : response.items()) {
        found.add(PostbackItem.read(item));
      }
      if (!response.hasLastEvaluatedKey()) {
        return;
      }
      request = request.toBuilder().exclusiveStartKey(response.lastEvaluatedKey()).build();
    }
  }
}
