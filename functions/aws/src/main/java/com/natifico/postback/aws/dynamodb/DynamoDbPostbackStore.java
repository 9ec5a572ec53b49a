package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.Page;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.Scope;
import com.natifico.postback.postback.SecretWrites;
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
 * The postbacks on DynamoDB, partitioned by affiliate. The same table has a register for each
 * scope, which holds the ids of its postbacks, and their number for each affiliate. Both change in
 * the same transaction as the postbacks. They therefore enforce the limits under concurrent writes,
 * and the register lists a scope consistently, without an index.
 */
public final class DynamoDbPostbackStore implements PostbackStore {
  /** The maximum number of reads for one page of a list, each returning at most 1 MB. */
  private static final int READS_PER_PAGE = 10;

  private final DynamoDbClient client;
  private final String table;
  private final PostbackWrites writes;
  private final BatchGet batchGet;

  /**
   * A store that does not write secrets.
   *
   * @param random used to spread repeated writes
   */
  public DynamoDbPostbackStore(DynamoDbClient client, String table, RandomGenerator random) {
    this(client, table, null, random, LIMIT_PER_AFFILIATE);
  }

  /**
   * @param secrets the table of secrets; null if this store writes none
   * @param random used to spread repeated writes
   */
  public DynamoDbPostbackStore(
      DynamoDbClient client, String table, @Nullable String secrets, RandomGenerator random) {
    this(client, table, secrets, random, LIMIT_PER_AFFILIATE);
  }

  /** With another limit of postbacks per affiliate. */
  DynamoDbPostbackStore(
      DynamoDbClient client,
      String table,
      @Nullable String secrets,
      RandomGenerator random,
      int limitPerAffiliate) {
    Backoff backoff = new Backoff(random);
    this.client = new TableClient(client);
    this.table = table;
    this.writes = new PostbackWrites(this.client, table, secrets, limitPerAffiliate, backoff);
    this.batchGet = new BatchGet(this.client, table, backoff);
  }

  @Override
  public Written create(Postback postback, SecretWrites secrets) {
    return switch (writes.create(postback, secrets)) {
      case PostbackWrites.Done _ -> Written.DONE;
      case PostbackWrites.Full _ -> Written.LIMIT_REACHED;
      case PostbackWrites.AffiliateFull _ -> Written.AFFILIATE_LIMIT_REACHED;
      case PostbackWrites.Other _ -> Written.STALE;
    };
  }

  @Override
  public Written replace(Postback postback, long expectedVersion, SecretWrites secrets) {
    // Most changes keep the scope, so this case is tried first. If the scope was different, the
    // failure returns the stored postback.
    PostbackWrites.Result result =
        writes.replace(postback, expectedVersion, postback.scope(), secrets);
    if (result instanceof PostbackWrites.Other(Postback stored)
        && stored != null
        && stored.version() == expectedVersion
        && !stored.scope().isSame(postback.scope())) {
      result = writes.replace(postback, expectedVersion, stored.scope(), secrets);
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
      // Any version is accepted, and another writer changed the postback in the meantime.
    }
  }

  private static Written written(PostbackWrites.Result result) {
    return switch (result) {
      case PostbackWrites.Done _ -> Written.DONE;
      case PostbackWrites.Full _ -> Written.LIMIT_REACHED;
      case PostbackWrites.AffiliateFull _ -> Written.AFFILIATE_LIMIT_REACHED;
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
      case ScopeFilter.All() ->
          page(affiliateId, "attribute_not_exists(notifies_of)", after, limit);
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
            .filter(postback -> postback.scope().isSame(scope))
            .sorted(Comparator.comparing(Postback::postbackId))
            .toList();
    return new Page<>(found, some.size() < wanted.size() ? some.getLast() : null);
  }

  @Override
  public int count(String affiliateId) {
    Integer count = counted(affiliateId);
    if (count == null) {
      writes.count(affiliateId);
      count = counted(affiliateId);
    }
    return count == null ? 0 : Math.max(0, count);
  }

  /** Null if the affiliate's postbacks have not been counted yet. */
  private @Nullable Integer counted(String affiliateId) {
    Integer all = null;
    int notifications = 0;
    for (Map<String, AttributeValue> each :
        batchGet.items(
            List.of(
                PostbackItem.countKey(affiliateId),
                PostbackItem.registerKey(affiliateId, Scope.Notifications.ALL)))) {
      AttributeValue ids = each.get(PostbackWrites.IDS);
      if (ids == null) {
        all = new Item(each).numberOrNull(PostbackWrites.COUNT);
      } else {
        notifications = ids.ss().size();
      }
    }
    return all == null ? null : all - notifications;
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
