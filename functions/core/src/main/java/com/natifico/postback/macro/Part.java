package com.natifico.postback.macro;

import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a source as it was read, before it is known what stands around it. */
sealed interface Part {
  /** Where it begins in the source. */
  int at();

  /** Hands it to the reader's method for its kind. */
  void readBy(Reader reader);

  /** What reads the pieces of one kind of source, one after the other. */
  interface Reader {
    void literal(Literal literal);

    void macro(Placeholder macro);
  }

  record Literal(String text, int at) implements Part {
    @Override
    public void readBy(Reader reader) {
      reader.literal(this);
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

    @Override
    public void readBy(Reader reader) {
      reader.macro(this);
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
