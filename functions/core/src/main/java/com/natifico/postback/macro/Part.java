package com.natifico.postback.macro;

import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a source: fixed text, or a macro. Its encoding depends on the text around it. */
sealed interface Part {
  /** Where it starts in the source. */
  int at();

  record Literal(String text, int at) implements Part {}

  /** The placeholder of a secret, which is kept when the template is expanded. */
  record Secret(String name, int at) implements Part {
    @Override
    public String toString() {
      return SecretPlaceholder.of(name);
    }
  }

  /**
   * A macro with its filters.
   *
   * @param format how a time is written; null for the macro's own format
   * @param raw whether as little as possible is encoded
   */
  record Placeholder(
      Macro macro, @Nullable DateTimeFormatter format, List<Filter> filters, boolean raw, int at)
      implements Part {
    public Placeholder {
      filters = List.copyOf(filters);
    }

    Slot slot(Encoding encoding) {
      return new Slot(macro, format, filters, encoding);
    }

    /** Whether its text is a number whenever it looks like one. */
    boolean isNumeric() {
      return macro.isNumeric() || filters.stream().anyMatch(Filter::makesNumbers);
    }
  }
}
