package com.natifico.postback.postback;

import java.util.Set;

/**
 * Which secrets of a postback a request needs.
 *
 * @param names for placeholders
 * @param signing the ids of signing secrets
 */
public record NeededSecrets(Set<String> names, Set<String> signing) {
  /** Whichever there are. */
  public static final NeededSecrets NONE = new NeededSecrets(Set.of(), Set.of());

  public NeededSecrets {
    names = Set.copyOf(names);
    signing = Set.copyOf(signing);
  }

  public boolean isEmpty() {
    return names.isEmpty() && signing.isEmpty();
  }

  /** Whether none of them is missing. */
  boolean areIn(Secrets secrets) {
    return secrets.named().keySet().containsAll(names)
        && secrets.signing().keySet().containsAll(signing);
  }
}
