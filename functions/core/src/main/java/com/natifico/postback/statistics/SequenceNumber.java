package com.natifico.postback.statistics;

/**
 * The place of a change within its shard of the stream.
 *
 * @param digits at most 40 from Amazon DynamoDB, and 56 from LocalStack
 */
public record SequenceNumber(String digits) implements Comparable<SequenceNumber> {
  private static final int MAX_DIGITS = 60;

  /**
   * @throws IllegalArgumentException if it is not a number of at most 60 digits
   */
  public SequenceNumber {
    if (digits.isEmpty()
        || digits.length() > MAX_DIGITS
        || !digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
      throw new IllegalArgumentException("not a sequence number");
    }
  }

  /** Sixty digits, which sort as text like the numbers do. */
  public String sortable() {
    return "0".repeat(MAX_DIGITS - digits.length()) + digits;
  }

  @Override
  public int compareTo(SequenceNumber other) {
    return sortable().compareTo(other.sortable());
  }
}
