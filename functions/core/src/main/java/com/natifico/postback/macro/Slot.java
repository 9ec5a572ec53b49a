package com.natifico.postback.macro;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A macro's place in a template: whose value, in which form, and how it is written there. */
record Slot(
    Macro macro, @Nullable DateTimeFormatter format, List<Filter> filters, Encoding encoding) {
  void append(StringBuilder out, MacroValues values) {
    String value = format == null ? values.text(macro) : formatted(format, values.instant(macro));
    if (value == null) {
      value = "";
    }
    for (int i = 0; i < filters.size(); i++) {
      value = filters.get(i).apply(value);
    }
    encoding.append(out, value);
  }

  /** Empty for a time that the pattern cannot write; none of ours, but values may be anything. */
  private static String formatted(DateTimeFormatter format, @Nullable Instant instant) {
    if (instant == null) {
      return "";
    }
    try {
      return format.format(instant);
    } catch (DateTimeException e) {
      return "";
    }
  }
}
