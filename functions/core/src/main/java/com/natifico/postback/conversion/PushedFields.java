package com.natifico.postback.conversion;

import com.natifico.postback.macro.Macro;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a conversion that are nothing but values for macros, as they were pushed: decimals
 * to the digit.
 *
 * @param byName by the macro's name, never by an alias; a stored conversion may have names that the
 *     catalogue no longer has
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

  /** These fields and the others; where both have a field, the other's value counts. */
  public PushedFields with(Map<String, String> others) {
    Map<String, String> all = new HashMap<>(byName);
    all.putAll(others);
    return new PushedFields(all);
  }
}
