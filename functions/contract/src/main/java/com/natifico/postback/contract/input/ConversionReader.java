package com.natifico.postback.contract.input;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.PushedFields;
import com.natifico.postback.conversion.StatusMap;
import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.Macros;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pushed conversion. Money and identity are strict: an invalid value rejects the
 * conversion, because a guess could pay an affiliate the wrong amount. Descriptive fields are
 * lenient: an invalid detail must not lose a conversion, so unusable values are omitted with a
 * warning.
 */
public final class ConversionReader {
  private static final int MAX_TEXT = 1024;
  private static final int MAX_CONVERSION_ID = 128;

  /** In characters. */
  public static final int MAX_GOAL = 128;

  private static final Pattern REVISION = Pattern.compile("[1-9][0-9]{0,6}");

  private static final String DEFAULT_GOAL = "1";

  /** ISO 4217, and what networks use in addition, such as USDT or points. */
  private static final Pattern CURRENCY = Pattern.compile("[A-Z0-9]{3,10}");

  /** The device types in the catalogue of macros. */
  private static final Set<String> DEVICE_TYPES =
      Set.of(Objects.requireNonNull(Macros.find("device_type")).format().split(", "));

  /** A value that consists of an unexpanded macro, in the spellings of common networks. */
  private static final Pattern MACRO =
      Pattern.compile(
          "[$#]?\\{{1,2}[^{}]{1,64}}{1,2}|\\[[A-Za-z_][A-Za-z_0-9]{1,63}]|%{1,2}[A-Za-z_][A-Za-z_0-9]{1,63}%{1,2}"
              + "|#[A-Za-z_][A-Za-z_0-9]{1,63}#|<[A-Za-z_][A-Za-z_0-9]{1,63}>");

  private static final String MACRO_STARTS = "{$#[%<";

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
   * Reads a conversion that was pushed as a JSON object.
   *
   * @param statusMap the network's own words for statuses
   * @throws com.natifico.postback.contract.problem.ProblemException 422 with all errors
   */
  public static PushedConversion readJson(Input.Obj json, StatusMap statusMap) {
    return read(InputNames.ofJson(json), statusMap);
  }

  /**
   * Reads a conversion that was pushed as the parameters of a query or of a form.
   *
   * @param statusMap the network's own words for statuses
   * @throws com.natifico.postback.contract.problem.ProblemException 422 with all errors
   */
  public static PushedConversion readParameters(Input.Obj parameters, StatusMap statusMap) {
    return read(InputNames.ofParameters(parameters), statusMap);
  }

  /**
   * The fields of a conversion that a person enters, for a test or a preview: the same names as in
   * a push, but every mistake is an error.
   *
   * @param path to the object, with a trailing dot; empty for the complete request
   */
  public static Fields sampleFields(Input.Obj json, String path) {
    return InputNames.ofSample(json, path);
  }

  private static PushedConversion read(InputNames.Renamed pushed, StatusMap statusMap) {
    Fields fields = pushed.fields();
    fields.require("conversion_id");
    fields.require("affiliate_id");
    fields.require("offer_id");
    fields.require("status");
    String conversionId = conversionId(fields);
    String affiliateId = isMacro(fields, "affiliate_id") ? null : fields.id("affiliate_id");
    String offerId = isMacro(fields, "offer_id") ? null : fields.id("offer_id");
    ConversionStatus status = status(fields, statusMap);
    String goal = goal(fields);
    int revision = revision(fields);
    Instant occurredAt = time(fields, "occurred_at");
    Instant clickAt = time(fields, "click_at");
    PushedFields macroFields = macroFields(fields);
    fields.finish();
    EventIdentity identity =
        new EventIdentity(
            Objects.requireNonNull(affiliateId),
            Objects.requireNonNull(conversionId),
            goal,
            Objects.requireNonNull(status),
            revision);
    Conversion conversion =
        new Conversion(identity, Objects.requireNonNull(offerId), occurredAt, clickAt, macroFields);
    return new PushedConversion(conversion, fields.warnings(), pushed.ignored());
  }

  /**
   * The id of a conversion: 1 to 128 characters, or an integer. Null if it is missing or invalid.
   */
  public static @Nullable String conversionId(Fields fields) {
    if (isMacro(fields, "conversion_id")) {
      return null;
    }
    String id = fields.textOrInteger("conversion_id", MAX_CONVERSION_ID);
    if (id == null || isConversionId(id)) {
      return id;
    }
    fields.reject(
        "conversion_id",
        "invalid_id",
        "The conversion_id must have 1 to 128 characters and must not be . or .. alone.");
    return null;
  }

  /** Whether this is a valid conversion id; for ids in a path. */
  public static boolean isConversionId(String id) {
    return !id.isEmpty()
        && id.codePointCount(0, id.length()) <= MAX_CONVERSION_ID
        && !id.equals(".")
        && !id.equals("..")
        && id.chars().noneMatch(Character::isISOControl);
  }

  /** Whether the value is a macro that the sender did not expand; if so, adds an error. */
  private static boolean isMacro(Fields fields, String field) {
    String value = Fields.literal(fields.value(field));
    if (value == null || !isMacro(value)) {
      return false;
    }
    fields.reject(
        field,
        "unexpanded_macro",
        "The value " + value + " is a macro that was not expanded; check the network's template.");
    return true;
  }

  private static boolean isMacro(String value) {
    return value.length() > 2
        && MACRO_STARTS.indexOf(value.charAt(0)) >= 0
        && MACRO.matcher(value).matches();
  }

  /** The status as a word or a code; null if it is missing or invalid. */
  public static @Nullable ConversionStatus status(Fields fields, StatusMap statusMap) {
    Input value = fields.value("status");
    String written = Fields.literal(value);
    ConversionStatus status = written == null ? null : statusMap.find(written);
    if (value != null && status == null) {
      fields.reject(
          "status",
          "invalid_status",
          "The status must be approved, pending, declined or hold, its code 1, 2, 3 or 5, a usual word"
              + " for one of them such as confirmed or rejected, or a word in the status_map of the"
              + " network's key.");
    }
    return status;
  }

  /** The goal; "1" if it is missing or invalid. */
  public static String goal(Fields fields) {
    String goal = fields.textOrInteger("goal", MAX_GOAL);
    return goal == null ? DEFAULT_GOAL : goal;
  }

  /** The revision; 1 if it is missing or invalid. */
  public static int revision(Fields fields) {
    Input value = fields.value("revision");
    if (value == null) {
      return EventIdentity.FIRST_REVISION;
    }
    String literal = Fields.literal(value);
    if (literal != null && REVISION.matcher(literal).matches()) {
      int revision = Integer.parseInt(literal);
      if (revision <= EventIdentity.MAX_REVISION) {
        return revision;
      }
    }
    fields.reject(
        "revision",
        "invalid_revision",
        "The revision must be a whole number from 1 to 1000000: 1 for the first push of a status,"
            + " the next number for each correction.");
    return EventIdentity.FIRST_REVISION;
  }

  /** A time in one of the notations of {@link PushedTime}; null if it is missing or invalid. */
  public static @Nullable Instant time(Fields fields, String field) {
    Input value = fields.value(field);
    if (value == null) {
      return null;
    }
    try {
      String literal = Fields.literal(value);
      return literal == null ? notATime(fields, field) : PushedTime.parse(literal);
    } catch (DateTimeException e) {
      return notATime(fields, field);
    }
  }

  private static @Nullable Instant notATime(Fields fields, String field) {
    fields.reject(
        field,
        "invalid_time",
        "The field "
            + fields.sentAs(field)
            + " is not a time from 1970 to 9999, as in 2026-11-02T14:03:09Z,"
            + " 2026-11-02T16:03:09+02:00, 2026-11-02 14:03:09 (UTC), or seconds or milliseconds"
            + " since 1970.");
    return null;
  }

  /** All fields that are only values of macros. */
  public static PushedFields macroFields(Fields fields) {
    fields.know(InputNames.all());
    Map<String, String> values = new HashMap<>();
    for (Macro macro : PUSHED.values()) {
      if (fields.isSent(macro.name())) {
        String value = macroField(fields, macro);
        if (value != null) {
          values.put(macro.name(), value);
        }
      }
    }
    return new PushedFields(values);
  }

  private static @Nullable String macroField(Fields fields, Macro macro) {
    String name = macro.name();
    return switch (macro.kind()) {
      case DECIMAL -> fields.decimal(name);
      case CURRENCY -> currency(fields, name);
      case COUNTRY -> country(fields, name);
      case DEVICE_TYPE -> {
        String type = description(fields, name);
        if (type != null && !DEVICE_TYPES.contains(type.toLowerCase(Locale.ROOT))) {
          fields.warn(
              name, "unknown_value", "The device type " + type + " is unknown; it is kept.");
        }
        yield type;
      }
      default -> description(fields, name);
    };
  }

  private static @Nullable String currency(Fields fields, String name) {
    String value = fields.text(name, MAX_TEXT);
    if (value == null) {
      return null;
    }
    String code = value.toUpperCase(Locale.ROOT);
    if (!CURRENCY.matcher(code).matches()) {
      fields.reject(
          name,
          "invalid_code",
          "The field "
              + fields.sentAs(name)
              + " must be a currency in ISO 4217, as in USD or EUR, or 3 to 10 characters A-Z and 0-9,"
              + " as in USDT.");
      return null;
    }
    return code;
  }

  private static @Nullable String country(Fields fields, String name) {
    String value = description(fields, name);
    if (value == null) {
      return null;
    }
    String code = value.toUpperCase(Locale.ROOT);
    if (IsoCodes.isCountry(code)) {
      return code;
    }
    fields.doubt(
        name,
        "invalid_code",
        "The field "
            + fields.sentAs(name)
            + " must be a country in ISO 3166-1 alpha-2, as in DE or US.");
    return null;
  }

  private static @Nullable String description(Fields fields, String name) {
    String value = fields.description(name, MAX_TEXT);
    if (value != null && isMacro(value)) {
      fields.warn(
          name,
          "unexpanded_macro",
          "The value " + value + " looks like a macro that was not expanded; it is kept.");
    }
    return value;
  }
}
