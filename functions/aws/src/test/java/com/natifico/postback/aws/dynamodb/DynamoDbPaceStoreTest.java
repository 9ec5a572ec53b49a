package com.natifico.postback.aws.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.aws.testing.Meter;
import com.natifico.postback.aws.testing.Meter.Bill;
import com.natifico.postback.postback.EndpointPace;
import com.natifico.postback.postback.PaceStore;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.testing.PaceStoreContract;
import com.natifico.postback.testing.Samples;
import java.security.SecureRandom;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class DynamoDbPaceStoreTest extends PaceStoreContract {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final String TABLE = ENGINE.createPostbacksTable();
  private static final EndpointPace REFUSED = EndpointPace.UNKNOWN.refused(null, null, Samples.NOW);

  private final PostbackStore store =
      new DynamoDbPostbackStore(ENGINE.client(), TABLE, new SecureRandom());
  private final PaceStore paces = new DynamoDbPaceStore(ENGINE.client(), TABLE, new SecureRandom());
  private final Postback usual = Samples.postback("a-" + UUID.randomUUID(), "p1", Samples.OFFER);

  @Override
  protected PostbackStore store() {
    return store;
  }

  @Override
  protected PaceStore paces() {
    return paces;
  }

  @Test
  void reservesTheSlotsOfABatchForOneWriteUnit() {
    store.create(usual);
    paces.replace(usual.key(), EndpointPace.UNKNOWN, REFUSED);
    EndpointPace reserved = REFUSED.reserve(100, null, Samples.NOW).pace();
    assertEquals(
        new Bill(Map.of("PutItem", 1), 1, 0),
        Meter.of(() -> paces.replace(usual.key(), REFUSED, reserved)));
  }

  @Test
  void marksForTwoWriteUnits() {
    store.create(usual);
    assertEquals(
        new Bill(Map.of("UpdateItem", 1), 2, 0),
        Meter.of(() -> paces.mark(usual, Samples.NOW.plusSeconds(600))));
  }

  @Test
  void leavesNoPaceOfADeletedPostback() {
    store.create(usual);
    paces.replace(usual.key(), EndpointPace.UNKNOWN, REFUSED);
    store.delete(usual.affiliateId(), "p1", null);
    assertEquals(EndpointPace.UNKNOWN, paces.find(usual.key()));
  }
}
