package com.natifico.postback.statistics;

import com.natifico.postback.delivery.Delivery;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change of one delivery's row, as the counters see it. */
public record CountedChange(SequenceNumber at, StatisticsKey key, Counters difference) {

  /**
   * The change between two versions of a row; empty if it changes no counter, for example because
   * only a lease was acquired.
   *
   * @param before null for a new row
   * @param after null for a deleted row. A row that expired is not a change: the conversion still
   *     happened, and its counters expire by themselves.
   */
  public static Optional<CountedChange> between(
      SequenceNumber at, @Nullable Delivery before, @Nullable Delivery after) {
    Delivery row = after == null ? before : after;
    if (row == null) {
      return Optional.empty();
    }
    Counters difference = contribution(after).minus(contribution(before));
    return difference.isZero()
        ? Optional.empty()
        : Optional.of(new CountedChange(at, StatisticsKey.of(row.callback()), difference));
  }

  private static Counters contribution(@Nullable Delivery row) {
    return row == null ? Counters.NONE : Counters.of(row);
  }
}
