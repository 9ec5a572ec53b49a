package com.natifico.postback.signature;

import com.natifico.postback.Ids;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The public part of one of the network's signing keys.
 *
 * @param kid its id, which begins with the time from which it signs, so that ids sort by that time
 * @param publicKey 32 bytes in base64url without padding, as in a JWK (RFC 8037)
 */
public record SigningKey(String kid, String publicKey) {
  private static final int TIME_DIGITS = 9;
  private static final int RANDOM_DIGITS = 8;

  /** From when it signs, in milliseconds. */
  public Instant signsFrom() {
    return signsFrom(kid);
  }

  static Instant signsFrom(String kid) {
    return Instant.ofEpochMilli(Ids.decode(kid.substring(0, TIME_DIGITS)));
  }

  /** A new id of a key that signs from this time. */
  static String newKid(Instant signsFrom, RandomGenerator random) {
    return Ids.encode(signsFrom.toEpochMilli(), TIME_DIGITS)
        + "-"
        + Ids.random(random, RANDOM_DIGITS);
  }
}
