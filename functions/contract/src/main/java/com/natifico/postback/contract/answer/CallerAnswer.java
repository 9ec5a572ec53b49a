package com.natifico.postback.contract.answer;

import com.natifico.postback.access.ApiKey;
import com.natifico.postback.access.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The caller's key and what it is restricted to.
 *
 * @param label null if the key has none, or is the deployment's bootstrap key
 * @param offerIds empty for any offer
 * @param cidrs empty for any address
 */
public record CallerAnswer(
    String role,
    String keyId,
    @Nullable String label,
    @Nullable String affiliateId,
    List<String> offerIds,
    List<String> cidrs) {
  /**
   * @param stored the caller's key; null for the bootstrap key, which is not stored
   */
  public static CallerAnswer of(Caller caller, @Nullable ApiKey stored) {
    return new CallerAnswer(
        caller.role().word(),
        caller.keyId(),
        stored == null ? null : stored.label(),
        caller.affiliateId(),
        caller.bounds().offerIds(),
        caller.bounds().cidrs());
  }
}
