package com.natifico.postback.access;

import com.natifico.postback.Ids;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A key when it is created, the only time at which it is known.
 *
 * @param key what the client sends: {@code npb_<role>_} and 160 random bits. The prefix lets people
 *     and secret scanners recognise it.
 * @param stored what is stored of it
 */
public record NewKey(String key, ApiKey stored) {
  private static final int RANDOM_DIGITS = 32;

  /**
   * @param random must be cryptographically strong
   */
  public static NewKey issue(
      Permissions permissions, @Nullable String label, Instant now, RandomGenerator random) {
    Role role = permissions.role();
    if ((role == Role.AFFILIATE) != (permissions.affiliateId() != null)) {
      throw new IllegalArgumentException("exactly the keys of affiliates have an affiliate");
    }
    String key = "npb_" + role.word() + "_" + Ids.random(random, RANDOM_DIGITS);
    KeyHash hash = KeyHash.of(key);
    return new NewKey(key, new ApiKey(hash.keyId(), hash.hex(), permissions, label, now, null));
  }

  /** Never prints the key. */
  @Override
  public String toString() {
    return "NewKey[" + stored.keyId() + "]";
  }
}
