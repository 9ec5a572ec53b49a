package com.natifico.postback.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.natifico.postback.postback.NeededSecrets;
import com.natifico.postback.testing.InMemorySigningKeyStore;
import com.natifico.postback.testing.Race;
import com.natifico.postback.testing.Samples;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SigningKeyringTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final InMemorySigningKeyStore store = new InMemorySigningKeyStore();
  private final SigningKeyring keyring =
      new SigningKeyring(store, SigningKeyringTest::pair, new Random(1));
  private Instant now = Samples.NOW;

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, String> privateKeys() {
    return store.find(SigningKeys.SECRETS, NeededSecrets.NONE).signing();
  }

  private List<String> published() {
    return keyring.published(now).stream().map(SigningKey::kid).toList();
  }

  /** The id of the key that signs now, found by its public half. */
  private String signing() {
    String privateKey = Objects.requireNonNull(SigningKeys.current(privateKeys(), now));
    byte[] both = Base64.getDecoder().decode(privateKey.substring("whsk_".length()));
    String publicKey =
        Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(both, 32, 64));
    return store.find().keys().stream()
        .filter(key -> key.publicKey().equals(publicKey))
        .map(SigningKey::kid)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void publishesNothingBeforeAKeyIsNeeded() {
    assertEquals(List.of(), published());
    assertNull(SigningKeys.current(privateKeys(), now));
  }

  @Test
  void createsTheFirstKeyOnceAndSignsWithItAtOnce() {
    keyring.ensureKey(now);
    List<String> first = published();
    assertEquals(first, List.of(signing()));
    now = now.plus(DAY);
    keyring.ensureKey(now);
    assertEquals(first, published());
    assertEquals(1, privateKeys().size());
  }

  @Test
  void leavesOneKeyIfManyCreateTheFirst() throws Exception {
    Race.run(
        IntStream.range(0, 16)
            .mapToObj(
                _ ->
                    Race.of(
                        () -> {
                          keyring.ensureKey(now);
                          return true;
                        }))
            .toList());
    assertEquals(1, published().size());
    assertEquals(published(), List.copyOf(privateKeys().keySet()));
  }

  @Test
  void publishesANewKeyADayBeforeItSignsAndTheOldOneAnHourLonger() {
    keyring.ensureKey(now);
    String old = signing();
    now = now.plus(HOUR);
    keyring.rotate(now);
    String next = published().getLast();
    assertNotEquals(old, next);

    now = now.plus(DAY).minusMillis(1);
    assertEquals(old, signing());
    assertEquals(List.of(old, next), published());
    now = now.plusMillis(1);
    assertEquals(next, signing());
    assertEquals(List.of(old, next), published());
    now = now.plus(HOUR).minusMillis(1);
    assertEquals(List.of(old, next), published());
    now = now.plusMillis(1);
    assertEquals(List.of(next), published());
    assertEquals(next, signing());
  }

  @Test
  void keepsTheNextKeyIfItIsAskedForAgain() {
    keyring.ensureKey(now);
    keyring.rotate(now);
    List<String> both = published();
    now = now.plus(HOUR);
    keyring.rotate(now);
    assertEquals(both, published());
    assertEquals(2, privateKeys().size());
  }

  @Test
  void deletesKeysThatAreNoLongerPublished() {
    keyring.ensureKey(now);
    String first = signing();
    keyring.rotate(now);
    now = now.plus(DAY).plus(HOUR);
    keyring.rotate(now);
    assertEquals(2, published().size());
    assertEquals(published(), privateKeys().keySet().stream().sorted().toList());
    assertFalse(privateKeys().containsKey(first));
  }

  @Test
  void replacesAllKeysAtOnce() {
    keyring.ensureKey(now);
    keyring.rotate(now);
    List<String> before = published();
    keyring.replaceAtOnce(now);
    assertEquals(1, published().size());
    assertFalse(before.contains(published().getFirst()));
    assertEquals(published(), List.copyOf(privateKeys().keySet()));
    assertEquals(published(), List.of(signing()));
  }

  @Test
  void createsTheFirstKeyWhenARotationFindsNone() {
    keyring.rotate(now);
    assertEquals(published(), List.of(signing()));
    assertEquals(now, keyring.published(now).getFirst().signsFrom());
  }

  /** The clock of the sender is a little earlier than that of the API. */
  @Test
  void signsWithTheFirstKeyBeforeItsTime() {
    keyring.ensureKey(now);
    now = now.minusSeconds(1);
    assertEquals(published(), List.of(signing()));
  }
}
