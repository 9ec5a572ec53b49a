package com.natifico.postback.testing;

import com.natifico.postback.Page;
import com.natifico.postback.access.ApiKey;
import com.natifico.postback.access.KeyStore;
import com.natifico.postback.access.Permissions;
import java.time.LocalDate;
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
  public @Nullable ApiKey replace(String keyId, @Nullable String label, Permissions permissions) {
    return keys.computeIfPresent(keyId, (_, key) -> key.with(label, permissions));
  }

  @Override
  public void markUsed(String keyId, LocalDate day) {
    keys.computeIfPresent(
        keyId,
        (_, key) -> {
          LocalDate last = key.lastUsedOn();
          return last == null || last.isBefore(day) ? key.usedOn(day) : key;
        });
  }

  @Override
  public boolean delete(String keyId) {
    return keys.remove(keyId) != null;
  }
}
