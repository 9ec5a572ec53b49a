package com.natifico.postback.macro;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values by the macros' canonical names; other values are missing. */
record Values(Map<String, String> texts, Map<String, Instant> instants) implements MacroValues {
  static final Values NONE = of();

  static Values of() {
    return new Values(Map.of(), Map.of());
  }

  static Values of(String name, String text) {
    return new Values(Map.of(name, text), Map.of());
  }

  static Values of(String name, Instant instant) {
    return new Values(Map.of(), Map.of(name, instant));
  }

  /** The same text for every macro. */
  static MacroValues everywhere(String text) {
    Map<String, String> texts = new HashMap<>();
    Macros.all().forEach(macro -> texts.put(macro.name(), text));
    return new Values(texts, Map.of());
  }

  Values with(String name, String text) {
    Map<String, String> more = new HashMap<>(texts);
    more.put(name, text);
    return new Values(more, instants);
  }

  @Override
  public @Nullable String text(Macro macro) {
    return texts.get(macro.name());
  }

  @Override
  public @Nullable Instant instant(Macro macro) {
    return instants.get(macro.name());
  }
}
