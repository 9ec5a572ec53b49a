package com.natifico.postback.delivery;

import com.natifico.postback.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the delivery log by {@link Delivery#wakeAt}, and the progress of the {@link Timer}. A
 * change of a row is visible here only after a while.
 */
public interface WakeUps {
  /** The rows are divided into this number of shards, because an index has a limit for each key. */
  int SHARDS = 8;

  /** The times after the first and up to the second. */
  record Range(Instant after, Instant until) {
    public boolean contains(Instant time) {
      return time.isAfter(after) && !time.isAfter(until);
    }
  }

  /**
   * The rows of one shard whose wake time was in one of these ranges a moment ago; it may have
   * changed since.
   *
   * @param after the {@code next} of the previous page; null for the first
   */
  Page<Delivery> find(int shard, List<Range> ranges, @Nullable String after);

  /** The time until which the timer has done its work; null if it is not known. */
  @Nullable Instant completedUntil();

  void complete(Instant until);

  /** The shard of a delivery. */
  static int shardOf(String deliveryId) {
    return Math.floorMod(deliveryId.hashCode(), SHARDS);
  }
}
