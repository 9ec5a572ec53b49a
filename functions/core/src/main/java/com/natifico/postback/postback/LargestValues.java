package com.natifico.postback.postback;

import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.MacroValues;
import java.time.Instant;

/**
 * A value of the greatest length for each macro: 1,024 characters for a text. The characters are
 * printable ASCII and have to be encoded: three bytes each in a URL or a form, two in JSON.
 *
 * <p>These are not the largest values. Other characters take up to twelve bytes in a URL or a form,
 * and a control character six in JSON. With 1,024 of them in each value three macros exceed a URL,
 * so the warning would be on nearly every template, of values that no tracker gets. A callback with
 * such values fails when it is expanded.
 */
enum LargestValues implements MacroValues {
  VALUES;

  private static final String TEXT = "\"".repeat(1024);
  private static final String IDENTITY = "\"".repeat(128);

  @Override
  public String text(Macro macro) {
    return switch (macro.kind()) {
      case TEXT -> TEXT;
      case IDENTITY -> identity(macro);
      default -> macro.example();
    };
  }

  private static String identity(Macro macro) {
    return switch (macro.name()) {
      case "status" -> macro.example();
      case "revision" -> Integer.toString(EventIdentity.MAX_REVISION);
      default -> IDENTITY;
    };
  }

  @Override
  public Instant instant(Macro macro) {
    return Instant.EPOCH;
  }
}
