package com.natifico.postback.postback;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of a postback's secrets, which is stored together with the postback; those that it does
 * not name are kept.
 *
 * @param put new values
 * @param removedNames the names of removed secrets
 * @param removedSigning the ids of removed signing secrets
 */
public record SecretWrites(Secrets put, Set<String> removedNames, Set<String> removedSigning) {
  public static final SecretWrites NONE = new SecretWrites(Secrets.NONE, Set.of(), Set.of());

  public SecretWrites {
    removedNames = Set.copyOf(removedNames);
    removedSigning = Set.copyOf(removedSigning);
  }

  public boolean isEmpty() {
    return put.isEmpty() && removedNames.isEmpty() && removedSigning.isEmpty();
  }

  /**
   * The secrets after this change.
   *
   * @param stored null if none are stored
   */
  public Secrets applyTo(@Nullable Secrets stored) {
    Secrets before = stored == null ? Secrets.NONE : stored;
    return new Secrets(
        applied(before.named(), put.named(), removedNames),
        applied(before.signing(), put.signing(), removedSigning));
  }

  private static Map<String, String> applied(
      Map<String, String> stored, Map<String, String> put, Set<String> removed) {
    Map<String, String> values = new HashMap<>(stored);
    values.keySet().removeAll(removed);
    values.putAll(put);
    return values;
  }
}
