package com.natifico.postback.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.natifico.postback.Page;
import com.natifico.postback.testing.InMemoryKeyStore;
import com.natifico.postback.testing.Samples;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthenticationTest {
  private final InMemoryKeyStore keys = new InMemoryKeyStore();
  private final Authentication authentication =
      new Authentication(keys, KeyHash.of("the-first-key"));

  private NewKey issued(Role role, @Nullable String affiliateId) {
    NewKey key = NewKey.issue(role, affiliateId, null, Samples.NOW, new Random(1));
    keys.save(key.stored());
    return key;
  }

  @Test
  void identifiesAnAffiliateByItsKey() {
    NewKey key = issued(Role.AFFILIATE, "77");
    assertEquals(
        new Caller(Role.AFFILIATE, "77", key.stored().keyId()),
        authentication.authenticate(key.key()));
  }

  @Test
  void identifiesTheOtherRolesByTheirKeys() {
    NewKey key = issued(Role.NETWORK, null);
    assertEquals(
        new Caller(Role.NETWORK, null, key.stored().keyId()),
        authentication.authenticate(key.key()));
  }

  @Test
  void rejectsAnUnknownKey() {
    issued(Role.MANAGER, null);
    assertNull(authentication.authenticate("npb_manager_00000000000000000000000000000000"));
    assertNull(authentication.authenticate(""));
    assertNull(authentication.authenticate("x".repeat(100_000)));
  }

  @Test
  void rejectsARevokedKey() {
    NewKey key = issued(Role.MANAGER, null);
    keys.delete(key.stored().keyId());
    assertNull(authentication.authenticate(key.key()));
  }

  @Test
  void rejectsAKeyOfWhichOnlyTheIdMatches() {
    NewKey key = issued(Role.MANAGER, null);
    ApiKey stored = key.stored();
    String otherHash = stored.hash().substring(0, 63) + (stored.hash().endsWith("0") ? "1" : "0");
    keys.save(new ApiKey(stored.keyId(), otherHash, Role.MANAGER, null, null, Samples.NOW));
    assertNull(authentication.authenticate(key.key()));
  }

  @Test
  void rejectsAnAffiliatesKeyWithoutAnAffiliate() {
    KeyHash hash = KeyHash.of("broken");
    keys.save(new ApiKey(hash.keyId(), hash.hex(), Role.AFFILIATE, null, null, Samples.NOW));
    assertNull(authentication.authenticate("broken"));
  }

  @Test
  void acceptsTheBootstrapKeyAsAdmin() {
    assertEquals(
        new Caller(Role.ADMIN, null, KeyHash.of("the-first-key").keyId()),
        authentication.authenticate("the-first-key"));
    assertNull(new Authentication(keys, null).authenticate("the-first-key"));
  }

  @Test
  void doesNotDenyIfTheStoreIsUnavailable() {
    Authentication broken = new Authentication(new NoAnswer(), null);
    assertThrows(IllegalStateException.class, () -> broken.authenticate("npb_manager_x"));
  }

  private static final class NoAnswer implements KeyStore {
    @Override
    public void save(ApiKey key) {
      throw new IllegalStateException();
    }

    @Override
    public @Nullable ApiKey find(String keyId) {
      throw new IllegalStateException();
    }

    @Override
    public Page<ApiKey> list(@Nullable String after, int limit) {
      throw new IllegalStateException();
    }

    @Override
    public boolean delete(String keyId) {
      throw new IllegalStateException();
    }
  }
}
