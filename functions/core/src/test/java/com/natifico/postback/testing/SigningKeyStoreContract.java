package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.postback.NeededSecrets;
import com.natifico.postback.postback.SecretReader;
import com.natifico.postback.postback.SecretWrites;
import com.natifico.postback.postback.Secrets;
import com.natifico.postback.signature.SigningKey;
import com.natifico.postback.signature.SigningKeyStore;
import com.natifico.postback.signature.SigningKeys;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of every {@link SigningKeyStore}. */
public abstract class SigningKeyStoreContract {
  /**
   * @param secrets reads the secrets that the store writes
   */
  public record Opened(SigningKeyStore store, SecretReader secrets) {}

  private final Opened opened = open();
  private final SigningKeyStore store = opened.store();

  /** An empty store. */
  protected abstract Opened open();

  private static SigningKeys keys(long version, String... kids) {
    return new SigningKeys(
        version, List.of(kids).stream().map(kid -> new SigningKey(kid, "x-" + kid)).toList());
  }

  private static SecretWrites put(String kid, String... removed) {
    return new SecretWrites(
        new Secrets(Map.of(), Map.of(kid, "whsk_" + kid)), Set.of(), Set.of(removed));
  }

  private Map<String, String> privateKeys() {
    return opened.secrets().find(SigningKeys.SECRETS, NeededSecrets.NONE).signing();
  }

  @Test
  void isEmptyAtFirst() {
    assertEquals(SigningKeys.NONE, store.find());
    assertEquals(Map.of(), privateKeys());
  }

  @Test
  void keepsPublicAndPrivateKeys() {
    assertTrue(store.replace(keys(1, "1"), put("1")));
    assertTrue(store.replace(keys(2, "2", "1"), put("2")));
    assertEquals(keys(2, "1", "2"), store.find());
    assertEquals(Map.of("1", "whsk_1", "2", "whsk_2"), privateKeys());
  }

  @Test
  void deletesPrivateKeys() {
    store.replace(keys(1, "1"), put("1"));
    assertTrue(store.replace(keys(2, "2"), put("2", "1")));
    assertEquals(keys(2, "2"), store.find());
    assertEquals(Map.of("2", "whsk_2"), privateKeys());
  }

  @Test
  void changesNothingIfAnotherVersionIsStored() {
    assertFalse(store.replace(keys(2, "2"), put("2")));
    assertEquals(SigningKeys.NONE, store.find());
    store.replace(keys(1, "1"), put("1"));
    assertFalse(store.replace(keys(1, "2"), put("2", "1")));
    assertFalse(store.replace(keys(3, "2"), put("2", "1")));
    assertEquals(keys(1, "1"), store.find());
    assertEquals(Map.of("1", "whsk_1"), privateKeys());
  }

  @Test
  void letsOneOfManyCreatorsWin() throws Exception {
    List<Boolean> written =
        Race.run(
            IntStream.range(0, 8)
                .mapToObj(i -> Race.of(() -> store.replace(keys(1, "k" + i), put("k" + i))))
                .toList());
    assertEquals(1, Collections.frequency(written, true));
    assertEquals(
        store.find().keys().stream().map(SigningKey::kid).toList(),
        List.copyOf(privateKeys().keySet()));
  }
}
