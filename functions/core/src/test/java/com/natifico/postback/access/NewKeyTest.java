package com.natifico.postback.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.testing.Samples;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NewKeyTest {
  @Test
  void hasAPrefixWithItsRole() {
    NewKey key =
        NewKey.issue(new Permissions(Role.AFFILIATE, "77"), "tracker", Samples.NOW, new Random(1));
    assertTrue(key.key().matches("npb_affiliate_[0-9a-hjkmnp-tv-z]{32}"), key.key());
  }

  @Test
  void storesOnlyAHash() {
    NewKey key =
        NewKey.issue(new Permissions(Role.NETWORK, null), null, Samples.NOW, new Random(1));
    assertEquals(KeyHash.of(key.key()).hex(), key.stored().hash());
    assertEquals("k" + key.stored().hash().substring(0, 16), key.stored().keyId());
    String random = key.key().substring("npb_network_".length());
    assertFalse(key.stored().toString().contains(random));
    assertFalse(key.toString().contains(random));
  }

  @Test
  void isDifferentEachTime() {
    SecureRandom random = new SecureRandom();
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      keys.add(NewKey.issue(new Permissions(Role.ADMIN, null), null, Samples.NOW, random).key());
    }
    assertEquals(1_000, keys.size());
  }

  @Test
  void bindsOnlyAnAffiliatesKey() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            NewKey.issue(new Permissions(Role.AFFILIATE, null), null, Samples.NOW, new Random(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> NewKey.issue(new Permissions(Role.MANAGER, "77"), null, Samples.NOW, new Random(1)));
  }

  @Test
  void rejectsAnInvalidHashWithoutRepeatingIt() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new KeyHash("secret-key-itself"));
    assertFalse(String.valueOf(e.getMessage()).contains("secret-key"));
  }
}
