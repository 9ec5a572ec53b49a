package com.natifico.postback.conversion;

import com.natifico.postback.macro.Macro;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pushed fields of a conversion that are only values for macros; decimals keep all their
 * digits.
 *
 * @param byName by the macro's name, never by an alias; a stored conversion may have names that are
 *     no longer in the catalogue
 */
public record PushedFields(Map<String, String> byName) {
  public static final PushedFields NONE = new PushedFields(Map.of());

  public PushedFields {
    byName = Map.copyOf(byName);
  }

  /** The value of this macro's field; null if it was not pushed. */
  public @Nullable String get(Macro macro) {
    return byName.get(macro.name());
  }

  /** The length of the longest value, in characters. */
  public int longest() {
    int longest = 0;
    for (String value : byName.values()) {
      longest = Math.max(longest, value.length());
    }
    return longest;
  }

  /** These fields merged with others, which take precedence. */
  public PushedFields with(Map<String, String> others) {
    Map<String, String> all = new HashMap<>(byName);
    all.putAll(others);
    return new PushedFields(all);
  }
}
