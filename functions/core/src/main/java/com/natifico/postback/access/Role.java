package com.natifico.postback.access;

import com.natifico.postback.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The permissions of a key. An affiliate's key is bound to one affiliate; an admin only manages
 * keys.
 */
public enum Role {
  ADMIN,
  MANAGER,
  NETWORK,
  AFFILIATE;

  /** The role's name in JSON. */
  public String word() {
    return Words.word(this);
  }

  /** Null for an unknown word. */
  public static @Nullable Role find(String word) {
    return Words.find(Role.class, word);
  }

  /**
   * @throws IllegalArgumentException for an unknown word
   */
  public static Role of(String word) {
    return Words.of(Role.class, word);
  }

  public static List<String> words() {
    return List.of("admin", "manager", "network", "affiliate");
  }
}
