package com.natifico.postback.access;

import com.natifico.postback.Page;
import org.jspecify.annotations.Nullable;

/** The keys that exist. */
public interface KeyStore {
  void save(ApiKey key);

  /** Null if there is none, or it was revoked. Consistent: a revoked key is gone at once. */
  @Nullable ApiKey find(String keyId);

  /** In the order of their ids, from behind {@code after}. */
  Page<ApiKey> list(@Nullable String after, int limit);

  /** Whether there was such a key. */
  boolean delete(String keyId);
}
