package com.natifico.postback.macro;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a template is expanded with: one callback's value for every macro. */
public interface MacroValues {
  /** The value as text in the macro's own format; null if it is missing. */
  @Nullable String text(Macro macro);

  /**
   * The time behind a macro that {@linkplain Macro#hasInstant has one}, for {@code format}; null if
   * it is missing, and for every other macro.
   */
  @Nullable Instant instant(Macro macro);
}
