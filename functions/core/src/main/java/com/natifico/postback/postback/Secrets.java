package com.natifico.postback.postback;

import java.util.Map;
import java.util.TreeMap;

/**
 * The secrets of a postback, with their values. Only the sender reads them.
 *
 * @param named for {@code {secret.NAME}}, by name
 * @param signing signing secrets, by {@link SigningSecret#id}
 */
public record Secrets(Map<String, String> named, Map<String, String> signing) {
  public static final Secrets NONE = new Secrets(Map.of(), Map.of());

  public Secrets {
    named = Map.copyOf(named);
    signing = Map.copyOf(signing);
  }

  public boolean isEmpty() {
    return named.isEmpty() && signing.isEmpty();
  }

  /** Names only, never a value. */
  @Override
  public String toString() {
    return "Secrets" + new TreeMap<>(named).keySet() + new TreeMap<>(signing).keySet();
  }
}
