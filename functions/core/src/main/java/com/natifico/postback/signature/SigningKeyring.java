package com.natifico.postback.signature;

import com.natifico.postback.Unavailable;
import com.natifico.postback.postback.SecretWrites;
import com.natifico.postback.postback.Secrets;
import java.security.KeyPair;
import java.security.interfaces.EdECPrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Creates and rotates the network's signing keys. */
public final class SigningKeyring {
  /** The limit of tries if others change the keys at the same time. */
  private static final int TRIES = 10;

  private static final int KEY_BYTES = 32;

  private final SigningKeyStore store;
  private final Supplier<KeyPair> pairs;
  private final RandomGenerator random;

  /**
   * @param pairs makes new pairs of Ed25519
   * @param random makes the ids of keys differ
   */
  public SigningKeyring(SigningKeyStore store, Supplier<KeyPair> pairs, RandomGenerator random) {
    this.store = store;
    this.pairs = pairs;
    this.random = random;
  }

  /** The keys that receivers may need, in the order in which they sign. */
  public List<SigningKey> published(Instant now) {
    return store.find().published(now);
  }

  /**
   * Creates the first key unless there is one; it signs from now on.
   *
   * @throws Unavailable if others kept changing the keys
   */
  public void ensureKey(Instant now) {
    for (int tries = 0; tries < TRIES; tries++) {
      SigningKeys stored = store.find();
      if (!stored.keys().isEmpty() || replaced(stored, List.of(), now)) {
        return;
      }
    }
    throw contended();
  }

  /**
   * Creates the next key, which is published at once and signs a day later. Keys that are no longer
   * published are deleted. If the next key exists already, nothing changes.
   *
   * @throws Unavailable if others kept changing the keys
   */
  public void rotate(Instant now) {
    for (int tries = 0; tries < TRIES; tries++) {
      SigningKeys stored = store.find();
      Instant signsFrom = stored.keys().isEmpty() ? now : now.plus(SigningKeys.PUBLISHED_BEFORE);
      if (stored.hasNext(now) || replaced(stored, stored.published(now), signsFrom)) {
        return;
      }
    }
    throw contended();
  }

  /**
   * Deletes all keys and creates another one, which signs from now on.
   *
   * @throws Unavailable if others kept changing the keys
   */
  public void replaceAtOnce(Instant now) {
    for (int tries = 0; tries < TRIES; tries++) {
      if (replaced(store.find(), List.of(), now)) {
        return;
      }
    }
    throw contended();
  }

  private boolean replaced(SigningKeys stored, List<SigningKey> kept, Instant signsFrom) {
    KeyPair pair = pairs.get();
    byte[] publicKey = publicKey(pair);
    String kid = SigningKey.newKid(signsFrom, random);
    List<SigningKey> keys = new ArrayList<>(kept);
    keys.add(
        new SigningKey(kid, Base64.getUrlEncoder().withoutPadding().encodeToString(publicKey)));
    Set<String> removed =
        stored.keys().stream()
            .filter(key -> !kept.contains(key))
            .map(SigningKey::kid)
            .collect(Collectors.toSet());
    return store.replace(
        new SigningKeys(stored.version() + 1, keys),
        new SecretWrites(
            new Secrets(Map.of(), Map.of(kid, privateKey(pair, publicKey))), Set.of(), removed));
  }

  /** X.509 ends with the 32 bytes of the key (RFC 8410, section 4). */
  private static byte[] publicKey(KeyPair pair) {
    byte[] encoded = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
  }

  /** As Standard Webhooks writes it: {@code whsk_} and the base64 of seed and public key. */
  private static String privateKey(KeyPair pair, byte[] publicKey) {
    byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
    byte[] both = Arrays.copyOf(seed, seed.length + publicKey.length);
    System.arraycopy(publicKey, 0, both, seed.length, publicKey.length);
    return "whsk_" + Base64.getEncoder().encodeToString(both);
  }

  private static Unavailable contended() {
    return new Unavailable("others keep changing the signing keys", null);
  }
}
