package com.natifico.postback.access;

import com.natifico.postback.Page;
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

  /** Returns whether the key existed. */
  boolean delete(String keyId);
}
