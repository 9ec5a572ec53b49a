package com.natifico.postback.conversion;

import com.natifico.postback.input.Fields;
import com.natifico.postback.input.Input;
import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.Macros;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pushed conversion: its identity, and every other field that feeds a macro, named like the
 * macro (design, sections 5 and 10).
 */
public final class ConversionReader {
  private static final int MAX_TEXT = 1024;
  private static final int MAX_GOAL = 64;

  /** So many that a map for them need not grow. */
  private static final int USUAL_FIELDS = 24;

  private static final String DEFAULT_GOAL = "1";
  private static final Map<String, Macro> PUSHED = pushed();

  private ConversionReader() {}

  private static Map<String, Macro> pushed() {
    Map<String, Macro> pushed = new LinkedHashMap<>();
    for (Macro macro : Macros.all()) {
      if (macro.kind().isPushedField()) {
        pushed.put(macro.name(), macro);
      }
    }
    return pushed;
  }

  /**
   * A whole conversion.
   *
   * @throws com.natifico.postback.problem.ProblemException 422 with everything that is wrong
   */
  public static Conversion read(Fields fields) {
    fields.require("conversion_id");
    fields.require("affiliate_id");
    fields.require("offer_id");
    fields.require("status");
    Conversion conversion =
        new Conversion(
            or(fields.id("conversion_id"), ""),
            or(fields.id("affiliate_id"), ""),
            or(fields.id("offer_id"), ""),
            or(status(fields), ConversionStatus.APPROVED),
            goal(fields),
            fields.instant("occurred_at"),
            fields.instant("click_at"),
            macroFields(fields));
    fields.finish();
    return conversion;
  }

  /** The status as word or code; null if it is missing or wrong. */
  public static @Nullable ConversionStatus status(Fields fields) {
    Input value = fields.value("status");
    String written = Fields.literal(value);
    ConversionStatus status = written == null ? null : ConversionStatus.of(written);
    if (value != null && status == null) {
      fields.reject(
          "status",
          "invalid_status",
          "The status must be approved, pending, declined or hold, or its code 1, 2, 3 or 5.");
    }
    return status;
  }

  /** The goal; "1" if it is missing or empty. */
  public static String goal(Fields fields) {
    String goal = fields.textOrInteger("goal", MAX_GOAL);
    return goal == null || goal.isEmpty() ? DEFAULT_GOAL : goal;
  }

  /** Every pushed field that is nothing but a macro's value, by the macro's name. */
  public static Map<String, String> macroFields(Fields fields) {
    fields.know(PUSHED.keySet());
    Map<String, String> values = HashMap.newHashMap(USUAL_FIELDS);
    for (Macro macro : PUSHED.values()) {
      if (fields.isSent(macro.name())) {
        String value = macroField(fields, macro);
        if (value != null) {
          values.put(macro.name(), value);
        }
      }
    }
    return values;
  }

  private static @Nullable String macroField(Fields fields, Macro macro) {
    return switch (macro.kind()) {
      case DECIMAL -> fields.decimal(macro.name());
      case CURRENCY ->
          code(
              fields, macro.name(), IsoCodes::isCurrency, "currency in ISO 4217, as in USD or EUR");
      case COUNTRY ->
          code(
              fields,
              macro.name(),
              IsoCodes::isCountry,
              "country in ISO 3166-1 alpha-2, as in DE or US");
      default -> fields.text(macro.name(), MAX_TEXT);
    };
  }

  /** A code in upper case, one of a standard's. */
  private static @Nullable String code(
      Fields fields, String name, Predicate<String> isCode, String expected) {
    String value = fields.text(name, MAX_TEXT);
    if (value == null) {
      return null;
    }
    String code = value.toUpperCase(Locale.ROOT);
    if (!isCode.test(code)) {
      fields.reject(name, "invalid_code", "The field " + name + " must be a " + expected + ".");
      return null;
    }
    return code;
  }

  private static <T> T or(@Nullable T value, T other) {
    return value == null ? other : value;
  }
}
