package com.natifico.postback.macro;

import java.util.List;

/**
 * A placeholder that a template may contain: one line of the postback information.
 *
 * @param name canonical, in lower case
 * @param aliases other accepted names, in lower case
 * @param description for people
 * @param format the format of its values, for people
 * @param example a plausible value, ready to be shown
 * @param kind where its value comes from and what it may be
 * @param ordinal its position in the catalogue, from 0
 */
public record Macro(
    String name,
    List<String> aliases,
    String description,
    String format,
    String example,
    Kind kind,
    int ordinal) {
  public Macro {
    aliases = List.copyOf(aliases);
  }

  /** Whether its value is a time, so that the filter {@code format} can be applied. */
  public boolean hasInstant() {
    return kind == Kind.DATE || kind == Kind.COMPUTED_TIME;
  }

  /**
   * Whether its values are numbers whenever they look like one, so that JSON may contain them
   * without quotes; an id of digits is a text.
   */
  boolean isNumeric() {
    return switch (kind) {
      case DECIMAL, COMPUTED_TIME, COMPUTED -> true;
      case IDENTITY -> name.equals("status") || name.equals("revision");
      case TEXT, CURRENCY, COUNTRY, DEVICE_TYPE, DATE -> false;
    };
  }

  /** Where a macro's value comes from. All but the last four are fields of a pushed conversion. */
  public enum Kind {
    /** Pushed, any text. */
    TEXT(true),
    /** Pushed, a plain decimal; keeps all digits. */
    DECIMAL(true),
    /** Pushed, ISO 4217. */
    CURRENCY(true),
    /** Pushed, ISO 3166-1 alpha-2. */
    COUNTRY(true),
    /** Pushed, the kind of device, such as smartphone or tablet. */
    DEVICE_TYPE(true),
    /** A time: when the conversion or the click occurred. */
    DATE(false),
    /** The same time, or a part of it, in another notation. */
    COMPUTED_TIME(false),
    /** Part of the conversion's own identity: its ids, status, goal and revision. */
    IDENTITY(false),
    /** Computed for every callback. */
    COMPUTED(false);

    private final boolean pushedField;

    Kind(boolean pushedField) {
      this.pushedField = pushedField;
    }

    /**
     * Whether a pushed conversion has a field with the macro's name that is only used as its value.
     */
    public boolean isPushedField() {
      return pushedField;
    }
  }
}
