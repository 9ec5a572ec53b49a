package com.natifico.postback.aws.dynamodb;

import java.time.Duration;
import java.time.Instant;

/** The time from which DynamoDB may delete an item: its TTL attribute, in epoch seconds. */
public final class Expiry {
  public static final String ATTRIBUTE = "expires_at";

  private Expiry() {}

  static long after(Instant created, Duration retention) {
    return created.plus(retention).getEpochSecond();
  }
}
