package com.natifico.postback.macro;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a template is expanded with: one callback's value for every macro. */
public interface MacroValues {
  /** The value as text in the macro's own format; null if it is missing. */
  @Nullable String text(Macro macro);

  /** The time behind a date macro, for {@code format}; null if it is missing or no date. */
  @Nullable Instant instant(Macro macro);
}
