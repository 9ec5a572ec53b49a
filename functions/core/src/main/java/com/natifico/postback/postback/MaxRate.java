package com.natifico.postback.postback;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The highest rate of requests that an affiliate allows to one postback.
 *
 * @param perSecond from 0.1 to 1,000, with at most three decimals
 */
public record MaxRate(BigDecimal perSecond) {
  public static final BigDecimal MIN = new BigDecimal("0.1");
  public static final BigDecimal MAX = new BigDecimal("1000");
  public static final int DECIMALS = 3;

  /**
   * @throws IllegalArgumentException if the number is not one of these
   */
  public MaxRate {
    if (!isValid(perSecond)) {
      throw new IllegalArgumentException("not a rate from 0.1 to 1,000 a second: " + perSecond);
    }
    BigDecimal stripped = perSecond.stripTrailingZeros();
    perSecond = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** Null for null. */
  public static @Nullable MaxRate of(@Nullable BigDecimal perSecond) {
    return perSecond == null ? null : new MaxRate(perSecond);
  }

  /** Whether the number is a rate. */
  public static boolean isValid(BigDecimal perSecond) {
    return perSecond.compareTo(MIN) >= 0
        && perSecond.compareTo(MAX) <= 0
        && perSecond.stripTrailingZeros().scale() <= DECIMALS;
  }
}
