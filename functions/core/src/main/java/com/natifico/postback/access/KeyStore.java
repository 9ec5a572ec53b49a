package com.natifico.postback.access;

import com.natifico.postback.Page;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The stored keys. */
public interface KeyStore {
  void save(ApiKey key);

  /**
   * The key; null if there is none, or it was revoked. Consistent: a revoked key is not found from
   * then on.
   */
  @Nullable ApiKey find(String keyId);

  /** In the order of their ids, starting after {@code after}. */
  Page<ApiKey> list(@Nullable String after, int limit);

  /**
   * Replaces the label and the permissions of a key, except its role and its affiliate, and returns
   * the changed key; null if there is none.
   */
  @Nullable ApiKey replace(String keyId, @Nullable String label, Permissions permissions);

  /**
   * Notes the day in UTC on which the key was last used. Has no effect if the key does not exist,
   * or was already used on that day or a later one.
   */
  void markUsed(String keyId, LocalDate day);

  /** Returns whether the key existed. */
  boolean delete(String keyId);
}
