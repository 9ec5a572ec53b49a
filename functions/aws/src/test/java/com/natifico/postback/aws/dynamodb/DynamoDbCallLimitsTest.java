package com.natifico.postback.aws.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.aws.testing.Meter;
import com.natifico.postback.aws.testing.Meter.Bill;
import com.natifico.postback.limit.CallLimits;
import com.natifico.postback.limit.LimitedCall;
import com.natifico.postback.testing.CallLimitsContract;
import com.natifico.postback.testing.Samples;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DynamoDbCallLimitsTest extends CallLimitsContract {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final String TABLE = ENGINE.createLimitsTable();

  @Override
  protected CallLimits limits(InstantSource clock) {
    return new DynamoDbCallLimits(ENGINE.client(), TABLE, clock);
  }

  /** As infrastructure/docs/decisions/limits.md states. */
  @Test
  void writesOnceWhileTheBucketIsFullOrEmptyAndTwiceInBetween() {
    LimitedCall call = LimitedCall.BULK_RESEND;
    CallLimits limits = limits(() -> Samples.NOW);
    List<Integer> writes = new ArrayList<>();
    for (int i = 0; i <= call.rate().burst(); i++) {
      Bill bill = Meter.of(() -> limits.take("a-writes", call));
      assertEquals(Set.of("UpdateItem"), bill.calls().keySet());
      writes.add(bill.calls("UpdateItem"));
    }
    assertEquals(List.of(1, 2, 2, 2, 2, 1), writes);
  }
}
