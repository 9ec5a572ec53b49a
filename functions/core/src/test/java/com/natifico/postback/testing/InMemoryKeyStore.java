package com.natifico.postback.testing;

import com.natifico.postback.Page;
import com.natifico.postback.access.ApiKey;
import com.natifico.postback.access.KeyStore;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Thread-safe. */
public final class InMemoryKeyStore implements KeyStore {
  private final ConcurrentNavigableMap<String, ApiKey> keys = new ConcurrentSkipListMap<>();

  @Override
  public void save(ApiKey key) {
    keys.put(key.keyId(), key);
  }

  @Override
  public @Nullable ApiKey find(String keyId) {
    return keys.get(keyId);
  }

  @Override
  public Page<ApiKey> list(@Nullable String after, int limit) {
    return Pages.firstOf(
        (after == null ? keys : keys.tailMap(after, false)).values().stream(),
        limit,
        ApiKey::keyId);
  }

  @Override
  public boolean delete(String keyId) {
    return keys.remove(keyId) != null;
  }
}
