package com.natifico.postback.macro;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A macro's place in a template: whose value, in which form, and how it is written there. */
final class Slot {
  private final Macro macro;
  private final @Nullable DateTimeFormatter format;
  private final List<Filter> filters;
  private final Encoding encoding;

  /** Whether the value is taken as it comes: the usual case. */
  private final boolean asItComes;

  /**
   * @param format how a time is written; null for the macro's own format
   */
  Slot(Macro macro, @Nullable DateTimeFormatter format, List<Filter> filters, Encoding encoding) {
    this.macro = macro;
    this.format = format;
    this.filters = filters;
    this.encoding = encoding;
    this.asItComes = format == null && filters.isEmpty();
  }

  Macro macro() {
    return macro;
  }

  /**
   * @param before the fixed text between the last slot and this one
   */
  void append(Output out, byte[] before, MacroValues values) {
    String text = asItComes ? values.text(macro) : filtered(values);
    String value = text == null ? "" : text;
    // The two usual ones without a look at which of eight it is.
    if (encoding == Encoding.PERCENT) {
      Percent.append(out, before, value);
    } else if (encoding == Encoding.JSON_STRING) {
      Json.appendEscaped(out, before, value);
    } else {
      out.append(before);
      encoding.append(out, value);
    }
  }

  private String filtered(MacroValues values) {
    String value = format == null ? values.text(macro) : formatted(format, values.instant(macro));
    if (value == null) {
      value = "";
    }
    for (Filter filter : filters) {
      value = filter.apply(value);
    }
    return value;
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
