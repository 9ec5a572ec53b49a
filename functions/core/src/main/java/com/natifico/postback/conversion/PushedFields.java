package com.natifico.postback.conversion;

import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.Macros;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The pushed values by their macros' names, in the order of the catalogue. An expansion asks for
 * each of its macros, which an array answers faster and in less memory than a hash map. Never
 * changes.
 */
final class PushedFields extends AbstractMap<String, String> {
  private final @Nullable String[] values = new String[Macros.all().size()];

  /** What bears the name of no macro: a row may be older than the catalogue. */
  private final Map<String, String> others;

  private PushedFields(Map<String, String> fields) {
    Map<String, String> left = Map.of();
    for (Entry<String, String> field : fields.entrySet()) {
      Macro macro = named(field.getKey());
      if (macro != null) {
        values[macro.ordinal()] = field.getValue();
      } else {
        left = left.isEmpty() ? new LinkedHashMap<>() : left;
        left.put(field.getKey(), field.getValue());
      }
    }
    others = left;
  }

  static PushedFields copyOf(Map<String, String> fields) {
    return fields instanceof PushedFields pushed ? pushed : new PushedFields(fields);
  }

  /** A name, not an alias: those are resolved where conversions are read. */
  private static @Nullable Macro named(Object name) {
    Macro macro = name instanceof String text ? Macros.find(text) : null;
    return macro != null && macro.name().equals(name) ? macro : null;
  }

  /** The value of this macro's field; null if it was not pushed. */
  @Nullable String of(Macro macro) {
    return values[macro.ordinal()];
  }

  @Override
  public @Nullable String get(Object name) {
    Macro macro = named(name);
    return macro == null ? others.get(name) : of(macro);
  }

  @Override
  public boolean containsKey(Object name) {
    return get(name) != null;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> action) {
    for (Macro macro : Macros.all()) {
      String value = of(macro);
      if (value != null) {
        action.accept(macro.name(), value);
      }
    }
    others.forEach(action);
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    Map<String, String> all = new LinkedHashMap<>();
    forEach(all::put);
    return Collections.unmodifiableMap(all).entrySet();
  }
}
