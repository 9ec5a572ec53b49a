package com.natifico.postback.simulation;

import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.testing.InMemoryDeliveryLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How DynamoDB deletes expired rows of the log: at any time within two days after they expired
 * ("typically within a few days",
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html), each row by itself.
 */
final class Expirations implements InMemoryDeliveryLog.Deletion {
  private static final Duration MAX_DELAY = Duration.ofDays(2);

  private final Function<Delivery, Instant> expiry;
  private final RandomGenerator random;
  private final Map<String, Duration> delays = new HashMap<>();
  private final Map<String, Delivery> deleted = new HashMap<>();
  private final List<Delivery> inUse = new ArrayList<>();

  /**
   * @param expiry the time that is stored with a row
   */
  Expirations(Function<Delivery, Instant> expiry, RandomGenerator random) {
    this.expiry = expiry;
    this.random = random;
  }

  @Override
  public Instant at(Delivery row) {
    Duration delay =
        delays.computeIfAbsent(
            row.id(), _ -> Duration.ofMillis(random.nextLong(MAX_DELAY.toMillis())));
    return expiry.apply(row).plus(delay);
  }

  @Override
  public void deleted(Delivery row) {
    deleted.put(row.id(), row);
    if (row.state() == DeliveryState.PENDING || row.state() == DeliveryState.RETRYING) {
      inUse.add(row);
    }
  }

  /** The row as it was when it was deleted; null if it was not. */
  @Nullable Delivery lastOf(String deliveryId) {
    return deleted.get(deliveryId);
  }

  /** An affiliate's rows as they were when they were deleted. */
  List<Delivery> of(String affiliateId) {
    return deleted.values().stream()
        .filter(row -> row.callback().affiliateId().equals(affiliateId))
        .toList();
  }

  /** The rows that were deleted whose attempt was not made yet. */
  List<Delivery> inUse() {
    return List.copyOf(inUse);
  }
}
