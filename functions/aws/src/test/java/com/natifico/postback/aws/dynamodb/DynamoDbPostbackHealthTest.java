package com.natifico.postback.aws.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.aws.testing.Meter;
import com.natifico.postback.aws.testing.Meter.Bill;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackHealth;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.testing.PostbackHealthContract;
import com.natifico.postback.testing.Samples;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class DynamoDbPostbackHealthTest extends PostbackHealthContract {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final String TABLE = ENGINE.createPostbacksTable();

  private final PostbackStore store =
      new DynamoDbPostbackStore(ENGINE.client(), TABLE, new SecureRandom());
  private final PostbackHealth health =
      new DynamoDbPostbackHealth(ENGINE.client(), TABLE, new SecureRandom());
  private final Postback usual = Samples.postback("a-" + UUID.randomUUID(), "p1", Samples.OFFER);

  @Override
  protected PostbackStore store() {
    return store;
  }

  @Override
  protected PostbackHealth health() {
    return health;
  }

  private Postback stored() {
    return Objects.requireNonNull(store.find(usual.affiliateId(), "p1"));
  }

  @Test
  void startsAStreakForFourWriteUnits() {
    store.create(usual);
    assertEquals(
        new Bill(Map.of("UpdateItem", 1, "PutItem", 1), 4, 0),
        Meter.of(() -> health.failed(usual, 1, Samples.NOW)));
  }

  @Test
  void countsForOneWriteUnit() {
    store.create(usual);
    health.failed(usual, 1, Samples.NOW);
    Postback marked = stored();
    assertEquals(
        new Bill(Map.of("UpdateItem", 1), 1, 0),
        Meter.of(() -> health.failed(marked, 1, Samples.NOW)));
  }

  @Test
  void endsAStreakForFourWriteUnits() {
    store.create(usual);
    health.failed(usual, 1, Samples.NOW);
    Postback marked = stored();
    assertEquals(
        new Bill(Map.of("DeleteItem", 1, "UpdateItem", 1), 4, 0),
        Meter.of(() -> health.succeeded(marked)));
  }

  @Test
  void leavesNoCounterOfADeletedPostback() {
    store.create(usual);
    health.failed(usual, 1, Samples.NOW);
    store.delete(usual.affiliateId(), "p1", null);
    assertEquals(
        Map.of(),
        ENGINE
            .client()
            .getItem(
                get -> get.tableName(TABLE).key(PostbackItem.healthKey(usual.affiliateId(), "p1")))
            .item());
  }
}
