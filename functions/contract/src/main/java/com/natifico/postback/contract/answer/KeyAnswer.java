package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.natifico.postback.access.ApiKey;
import com.natifico.postback.access.NewKey;
import com.natifico.postback.access.Permissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key, never with its hash.
 *
 * @param lastUsedOn the last day in UTC on which the key was used
 * @param key left out except in the answer that creates it
 */
public record KeyAnswer(
    String keyId,
    @JsonUnwrapped PermissionsAnswer permissions,
    @Nullable String label,
    Instant createdAt,
    @Nullable String lastUsedOn,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key) {

  /** What the key may do; the lists and the map are empty for other roles than the network. */
  public record PermissionsAnswer(
      String role,
      @Nullable String affiliateId,
      Map<String, String> statusMap,
      List<String> offerIds,
      List<String> cidrs,
      @Nullable Instant expiresAt) {
    private static PermissionsAnswer of(Permissions permissions) {
      return new PermissionsAnswer(
          permissions.role().word(),
          permissions.affiliateId(),
          permissions.statusMap().words(),
          permissions.bounds().offerIds(),
          permissions.bounds().cidrs(),
          permissions.expiresAt());
    }
  }

  public static KeyAnswer of(ApiKey stored) {
    return of(stored, null);
  }

  public static KeyAnswer of(NewKey created) {
    return of(created.stored(), created.key());
  }

  private static KeyAnswer of(ApiKey stored, @Nullable String key) {
    LocalDate lastUsedOn = stored.lastUsedOn();
    return new KeyAnswer(
        stored.keyId(),
        PermissionsAnswer.of(stored.permissions()),
        stored.label(),
        stored.createdAt(),
        lastUsedOn == null ? null : lastUsedOn.toString(),
        key);
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "KeyAnswer[" + keyId + "]";
  }
}
