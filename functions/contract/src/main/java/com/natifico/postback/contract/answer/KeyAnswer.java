package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.natifico.postback.access.ApiKey;
import com.natifico.postback.access.NewKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key, never with its hash.
 *
 * @param key left out except in the answer that creates it
 */
public record KeyAnswer(
    String keyId,
    String role,
    @Nullable String affiliateId,
    @Nullable String label,
    Instant createdAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key) {

  public static KeyAnswer of(ApiKey stored) {
    return of(stored, null);
  }

  public static KeyAnswer of(NewKey created) {
    return of(created.stored(), created.key());
  }

  private static KeyAnswer of(ApiKey stored, @Nullable String key) {
    return new KeyAnswer(
        stored.keyId(),
        stored.role().word(),
        stored.affiliateId(),
        stored.label(),
        stored.createdAt(),
        key);
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "KeyAnswer[" + keyId + "]";
  }
}
