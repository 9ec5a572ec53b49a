package com.natifico.postback.macro;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The values with which a template is expanded: for one callback, the value of every macro. */
public interface MacroValues {
  /** The value as text in the macro's own format; null if it is missing. */
  @Nullable String text(Macro macro);

  /**
   * The time of a macro that {@linkplain Macro#hasInstant has one}, for {@code format}; null if it
   * is missing, and for every other macro.
   */
  @Nullable Instant instant(Macro macro);
}
