package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.idempotency.Claim;
import com.natifico.postback.idempotency.FirstAnswers;
import com.natifico.postback.idempotency.KeptAnswer;
import com.natifico.postback.idempotency.NamedRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The named requests on DynamoDB, one item each, in the table of limits: both belong to a request
 * and are forgotten after a day. An answer of at most 256 KB fits an item.
 */
public final class DynamoDbFirstAnswers implements FirstAnswers {
  /** The prefix of the sort key, which no limit's word has. */
  private static final String PREFIX = "named#";

  private static final String DIGEST = "digest";
  private static final String SEED = "seed";
  private static final String AT = "at";
  private static final String RUNS_UNTIL = "runs_until";
  private static final String STATUS = "status";
  private static final String HEADERS = "headers";
  private static final String BODY = "body";

  private final DynamoDbClient client;
  private final String table;
  private final InstantSource clock;

  public DynamoDbFirstAnswers(DynamoDbClient client, String table, InstantSource clock) {
    this.client = new TableClient(client);
    this.table = table;
    this.clock = clock;
  }

  private static Map<String, AttributeValue> key(NamedRequest request) {
    return DynamoDbCallLimits.key(request.owner(), PREFIX + request.name());
  }

  private static Item item(NamedRequest request, Instant now) {
    return new Item(new HashMap<>(key(request)))
        .text(DIGEST, request.digest())
        .instant(AT, now)
        .number(Expiry.ATTRIBUTE, Expiry.after(now, KEPT.plusSeconds(1)));
  }

  @Override
  public Claim claim(NamedRequest request, String seed) {
    Instant now = clock.instant();
    Instant runsUntil = now.plus(LONGEST_EXECUTION);
    Item fresh = item(request, now).text(SEED, seed).instant(RUNS_UNTIL, runsUntil);
    try {
      client.putItem(
          put ->
              put.tableName(table)
                  .item(fresh.attributes())
                  .conditionExpression("attribute_not_exists(#digest) OR #at <= :forgotten")
                  .expressionAttributeNames(Map.of("#digest", DIGEST, "#at", AT))
                  .expressionAttributeValues(Map.of(":forgotten", Item.of(now.minus(KEPT))))
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return new Claim.Execute(seed, false);
    } catch (ConditionalCheckFailedException e) {
      return claimAgain(request, seed, now, new Item(e.item()));
    }
  }

  private Claim claimAgain(NamedRequest request, String seed, Instant now, Item stored) {
    if (!stored.text(DIGEST).equals(request.digest())) {
      return new Claim.Reused();
    }
    KeptAnswer answer = answer(stored);
    if (answer != null) {
      return new Claim.Answered(answer);
    }
    if (stored.text(SEED).equals(seed)) {
      // The response to our own write was lost, and the client repeated the write.
      return new Claim.Execute(seed, false);
    }
    Instant runsUntil = stored.instant(RUNS_UNTIL);
    if (runsUntil.isAfter(now)) {
      return new Claim.Running(Duration.between(now, runsUntil));
    }
    try {
      client.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(key(request))
                  .updateExpression("SET #until = :later")
                  .conditionExpression("#until = :until AND attribute_not_exists(#status)")
                  .expressionAttributeNames(Map.of("#until", RUNS_UNTIL, "#status", STATUS))
                  .expressionAttributeValues(
                      Map.of(
                          ":later",
                          Item.of(now.plus(LONGEST_EXECUTION)),
                          ":until",
                          Item.of(runsUntil))));
      return new Claim.Execute(stored.text(SEED), true);
    } catch (ConditionalCheckFailedException e) {
      // Another caller was faster, or it was this one and the response was lost.
      return new Claim.Running(LONGEST_EXECUTION);
    }
  }

  @Override
  public void keep(NamedRequest request, KeptAnswer answer) {
    Map<String, AttributeValue> headers =
        answer.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, header -> Item.of(header.getValue())));
    Item item =
        item(request, clock.instant())
            .number(STATUS, answer.status())
            .map(HEADERS, headers)
            .text(BODY, answer.body());
    client.putItem(put -> put.tableName(table).item(item.attributes()));
  }

  private static @Nullable KeptAnswer answer(Item stored) {
    Integer status = stored.numberOrNull(STATUS);
    return status == null
        ? null
        : new KeptAnswer(
            status,
            stored.map(HEADERS).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> header.getValue().s())),
            stored.text(BODY));
  }

  @Override
  public void giveBack(NamedRequest request, boolean harmless) {
    try {
      if (harmless) {
        client.deleteItem(
            delete ->
                delete
                    .tableName(table)
                    .key(key(request))
                    .conditionExpression("attribute_not_exists(#status)")
                    .expressionAttributeNames(Map.of("#status", STATUS)));
      } else {
        client.updateItem(
            update ->
                update
                    .tableName(table)
                    .key(key(request))
                    .updateExpression("SET #until = :now")
                    .conditionExpression(
                        "attribute_exists(#digest) AND attribute_not_exists(#status)")
                    .expressionAttributeNames(
                        Map.of("#until", RUNS_UNTIL, "#digest", DIGEST, "#status", STATUS))
                    .expressionAttributeValues(Map.of(":now", Item.of(clock.instant()))));
      }
    } catch (ConditionalCheckFailedException e) {
      // Another execution has kept its answer, or there is no claim.
    }
  }
}
