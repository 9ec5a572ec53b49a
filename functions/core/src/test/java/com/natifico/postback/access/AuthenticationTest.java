package com.natifico.postback.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.natifico.postback.Page;
import com.natifico.postback.conversion.StatusMap;
import com.natifico.postback.testing.InMemoryKeyStore;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthenticationTest {
  private final InMemoryKeyStore keys = new InMemoryKeyStore();
  private final Authentication authentication =
      new Authentication(keys, KeyHash.of("the-first-key"), () -> Samples.NOW, (_, _) -> {});

  private NewKey issued(Role role, @Nullable String affiliateId) {
    NewKey key = NewKey.issue(new Permissions(role, affiliateId), null, Samples.NOW, new Random(1));
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
    assertNull(
        new Authentication(keys, null, () -> Samples.NOW, (_, _) -> {})
            .authenticate("the-first-key"));
  }

  @Test
  void rejectsAnExpiredKey() {
    Permissions permissions =
        new Permissions(Role.MANAGER, null, StatusMap.NONE, KeyBounds.NONE, Samples.NOW);
    NewKey key = NewKey.issue(permissions, null, Samples.NOW, new Random(1));
    keys.save(key.stored());

    assertNull(at(Samples.NOW).authenticate(key.key()));
    assertNotNull(at(Samples.NOW.minusNanos(1)).authenticate(key.key()));
  }

  private Authentication at(Instant time) {
    return new Authentication(keys, null, () -> time, (_, _) -> {});
  }

  @Test
  void notesTheLastUseOnceADay() {
    NewKey key = issued(Role.NETWORK, null);
    String keyId = key.stored().keyId();
    List<LocalDate> writes = new ArrayList<>();
    KeyStore counted =
        new Redirected(keys) {
          @Override
          public void markUsed(String id, LocalDate day) {
            writes.add(day);
            keys.markUsed(id, day);
          }
        };
    for (int hours : List.of(0, 1, 9, 10, 33)) {
      Instant time = Samples.NOW.plus(Duration.ofHours(hours));
      assertNotNull(
          new Authentication(counted, null, () -> time, (_, _) -> {}).authenticate(key.key()));
    }

    assertEquals(List.of(LocalDate.parse("2026-11-02"), LocalDate.parse("2026-11-03")), writes);
    assertEquals(key.stored().usedOn(LocalDate.parse("2026-11-03")), keys.find(keyId));
  }

  @Test
  void acceptsAKeyWhoseUseCannotBeNoted() {
    NewKey key = issued(Role.NETWORK, null);
    List<Throwable> logged = new ArrayList<>();
    KeyStore broken =
        new Redirected(keys) {
          @Override
          public void markUsed(String id, LocalDate day) {
            throw new IllegalStateException();
          }
        };

    assertNotNull(
        new Authentication(broken, null, () -> Samples.NOW, (_, cause) -> logged.add(cause))
            .authenticate(key.key()));
    assertEquals(1, logged.size());
  }

  @Test
  void doesNotNoteARejectedKey() {
    NewKey key = issued(Role.NETWORK, null);
    authentication.authenticate(key.key() + "x");

    assertEquals(key.stored(), keys.find(key.stored().keyId()));
  }

  @Test
  void doesNotDenyIfTheStoreIsUnavailable() {
    Authentication broken =
        new Authentication(new NoAnswer(), null, () -> Samples.NOW, (_, _) -> {});
    assertThrows(IllegalStateException.class, () -> broken.authenticate("npb_manager_x"));
  }

  private static final class NoAnswer extends Redirected {
    NoAnswer() {
      super(new InMemoryKeyStore());
    }

    @Override
    public @Nullable ApiKey find(String keyId) {
      throw new IllegalStateException();
    }
  }

  private static class Redirected implements KeyStore {
    private final KeyStore keys;

    Redirected(KeyStore keys) {
      this.keys = keys;
    }

    @Override
    public void save(ApiKey key) {
      keys.save(key);
    }

    @Override
    public @Nullable ApiKey find(String keyId) {
      return keys.find(keyId);
    }

    @Override
    public Page<ApiKey> list(@Nullable String after, int limit) {
      return keys.list(after, limit);
    }

    @Override
    public @Nullable ApiKey replace(String keyId, @Nullable String label, Permissions permissions) {
      return keys.replace(keyId, label, permissions);
    }

    @Override
    public void markUsed(String keyId, LocalDate day) {
      keys.markUsed(keyId, day);
    }

    @Override
    public boolean delete(String keyId) {
      return keys.delete(keyId);
    }
  }
}
