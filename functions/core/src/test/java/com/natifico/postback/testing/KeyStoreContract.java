package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.access.ApiKey;
import com.natifico.postback.access.KeyBounds;
import com.natifico.postback.access.KeyStore;
import com.natifico.postback.access.Permissions;
import com.natifico.postback.access.Role;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.StatusMap;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of every {@link KeyStore}. */
public abstract class KeyStoreContract {
  private final String prefix = "k" + UUID.randomUUID();
  private final KeyStore store = store();

  /** It may hold other keys. */
  protected abstract KeyStore store();

  @Test
  void keepsEveryField() {
    ApiKey affiliate = key("1", Role.AFFILIATE, "77", "Büro");
    ApiKey admin = key("2", Role.ADMIN, null, null);
    store.save(affiliate);
    store.save(admin);
    ApiKey network =
        new ApiKey(
            prefix + "3",
            "ab12".repeat(16),
            new Permissions(
                Role.NETWORK,
                null,
                new StatusMap(Map.of("earned", ConversionStatus.APPROVED)),
                new KeyBounds(List.of("1042", "b.2"), List.of("203.0.113.0/24", "2001:db8::/32")),
                Instant.parse("2027-01-01T00:00:00.5Z")),
            null,
            Instant.parse("2026-11-02T14:03:09Z"),
            LocalDate.parse("2026-11-03"));
    store.save(network);
    assertEquals(network, store.find(network.keyId()));
    assertEquals(affiliate, store.find(affiliate.keyId()));
    assertEquals(admin, store.find(admin.keyId()));
  }

  @Test
  void keepsTheLastDayOnWhichAKeyWasUsed() {
    ApiKey key = key("1", Role.NETWORK, null, null);
    LocalDate day = LocalDate.parse("2026-11-03");
    store.save(key);

    for (int later : List.of(0, 0, 1, 0)) {
      store.markUsed(key.keyId(), day.plusDays(later));
    }

    assertEquals(key.usedOn(day.plusDays(1)), store.find(key.keyId()));
  }

  @Test
  void replacesTheLabelAndThePermissions() {
    ApiKey key = key("1", Role.NETWORK, null, "wide");
    LocalDate day = LocalDate.parse("2026-11-03");
    Permissions narrow =
        new Permissions(
            Role.NETWORK,
            null,
            new StatusMap(Map.of("earned", ConversionStatus.APPROVED)),
            new KeyBounds(List.of("1042"), List.of("203.0.113.0/24")),
            Instant.parse("2027-01-01T00:00:00Z"));
    store.save(key);
    store.markUsed(key.keyId(), day);

    assertEquals(key.usedOn(day).with(null, narrow), store.replace(key.keyId(), null, narrow));
    assertEquals(key.usedOn(day).with(null, narrow), store.find(key.keyId()));
    assertEquals(key.usedOn(day), store.replace(key.keyId(), "wide", key.permissions()));
    assertEquals(List.of(key.usedOn(day)), listed(50));
  }

  @Test
  void doesNotRestoreARevokedKeyThatIsReplaced() {
    assertNull(store.replace(prefix, null, new Permissions(Role.NETWORK, null)));
    assertNull(store.find(prefix));
  }

  @Test
  void doesNotRestoreARevokedKeyThatIsStillUsed() {
    store.markUsed(prefix, LocalDate.parse("2026-11-03"));

    assertNull(store.find(prefix));
  }

  @Test
  void findsNoKeyThatWasNotSaved() {
    assertNull(store.find(prefix));
    assertFalse(store.delete(prefix));
  }

  @Test
  void findsNoRevokedKey() {
    ApiKey key = key("1", Role.MANAGER, null, null);
    store.save(key);
    assertTrue(store.delete(key.keyId()));
    assertNull(store.find(key.keyId()));
    assertFalse(store.delete(key.keyId()));
    assertEquals(List.of(), listed(50));
  }

  @Test
  void pagesInTheOrderOfIds() {
    List<ApiKey> keys =
        IntStream.range(100, 125)
            .mapToObj(i -> key(Integer.toString(i), Role.NETWORK, null, "key " + i))
            .toList();
    keys.reversed().forEach(store::save);
    assertEquals(keys, listed(50));
    assertEquals(keys, listed(7));
    assertEquals(keys, listed(25));
  }

  /** Only the keys of this test. */
  private List<ApiKey> listed(int limit) {
    return Pages.all(after -> store.list(after, limit)).stream()
        .filter(key -> key.keyId().startsWith(prefix))
        .toList();
  }

  private ApiKey key(
      String suffix, Role role, @Nullable String affiliateId, @Nullable String label) {
    return new ApiKey(
        prefix + suffix,
        "ab12".repeat(16),
        role,
        affiliateId,
        label,
        Instant.parse("2026-11-02T14:03:09.250123Z"));
  }
}
