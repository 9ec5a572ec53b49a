package com.natifico.postback.macro;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The position of a macro in a template: its macro, format, filters and encoding. */
final class Slot {
  private final Macro macro;
  private final @Nullable DateTimeFormatter format;
  private final List<Filter> filters;
  private final Encoding encoding;

  /** Whether the value is used unchanged: the usual case. */
  private final boolean unchanged;

  /**
   * @param format how a time is written; null for the macro's own format
   */
  Slot(Macro macro, @Nullable DateTimeFormatter format, List<Filter> filters, Encoding encoding) {
    this.macro = macro;
    this.format = format;
    this.filters = filters;
    this.encoding = encoding;
    this.unchanged = format == null && filters.isEmpty();
  }

  Macro macro() {
    return macro;
  }

  /**
   * @param before the fixed text between the previous slot and this one
   */
  void append(Output out, byte[] before, MacroValues values) {
    String text = unchanged ? values.text(macro) : filtered(values);
    String value = text == null ? "" : text;
    // The two usual encodings are checked before the switch over all eight.
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

  /**
   * Empty for a time that the pattern cannot write; our own times can be written, but values may be
   * any time.
   */
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
