package com.natifico.postback.access;

import java.util.List;
import java.util.Locale;
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
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role with this name; null if there is none. */
  public static @Nullable Role of(String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    return null;
  }

  public static List<String> words() {
    return List.of("admin", "manager", "network", "affiliate");
  }
}
