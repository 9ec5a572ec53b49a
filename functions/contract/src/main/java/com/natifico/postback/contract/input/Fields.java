package com.natifico.postback.contract.input;

import com.natifico.postback.Ids;
import com.natifico.postback.Nearest;
import com.natifico.postback.contract.problem.FieldError;
import com.natifico.postback.contract.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of one object, one call per field, and collects all errors, so that a client
 * learns of all its mistakes at once. A missing, null or invalid field reads as null. {@link
 * #finish} rejects members that were not read and throws if there were errors.
 *
 * <p>Not safe for use by several threads.
 */
public final class Fields {
  /** How an object was sent, which decides what is accepted. */
  enum Form {
    /** A JSON object. */
    OBJECT(false, false, false),
    /** The parameters of a query, in which numbers and booleans are texts. */
    QUERY(true, false, false),
    /** A conversion that a person enters, in which an empty text counts as absent. */
    SAMPLE(false, true, false),
    /** A push, in which {@linkplain Fields#doubt doubts} are warnings as well. */
    PUSH(false, true, true),
    /** A push as the parameters of a query or of a form. */
    PUSHED_PARAMETERS(true, true, true);

    private final boolean texts;
    private final boolean emptyIsAbsent;

    /** Whether doubts are warnings; otherwise they are errors. */
    private final boolean lenient;

    Form(boolean texts, boolean emptyIsAbsent, boolean lenient) {
      this.texts = texts;
      this.emptyIsAbsent = emptyIsAbsent;
      this.lenient = lenient;
    }
  }

  private final Map<String, Input> members;
  private final String path;
  private final Form form;

  /** For each field, the name under which it was sent, if that is a different one. */
  private final Map<String, String> sentAs;

  private final Set<String> known = new HashSet<>();

  /** Names that are known although they are not read individually. */
  private Set<String> alsoKnown = Set.of();

  private final List<FieldError> errors = new ArrayList<>();
  private final List<FieldError> warnings = new ArrayList<>();

  /**
   * @param path to the object, with a trailing dot; empty for the complete request
   * @param sentAs for each field, the name under which it was sent, if that is a different one
   */
  Fields(Map<String, Input> members, String path, Form form, Map<String, String> sentAs) {
    this.members = members;
    this.path = path;
    this.form = form;
    this.sentAs = sentAs;
  }

  /** The fields of a complete request. */
  public static Fields of(Input.Obj object) {
    return new Fields(object.members(), "", Form.OBJECT, Map.of());
  }

  /** The parameters of a query, in which numbers and booleans are texts. */
  public static Fields ofQuery(Input.Obj query) {
    return new Fields(query.members(), "", Form.QUERY, Map.of());
  }

  /** The fields of a nested object; its errors are named with this path and a dot. */
  public static Fields of(Input.Obj object, String path) {
    return new Fields(object.members(), path + ".", Form.OBJECT, Map.of());
  }

  /** The field's name as the client wrote it, with the path to it. */
  public String sentAs(String field) {
    return path + sentAs.getOrDefault(field, field);
  }

  /** Whether the client sent this field, even as null. */
  public boolean has(String field) {
    known.add(field);
    return members.containsKey(field);
  }

  /**
   * Declares all of these names as known; may be called once. Names that were not sent then cost
   * nothing.
   *
   * @param fields must not change
   */
  public void know(Set<String> fields) {
    alsoKnown = fields;
  }

  /** Whether the client sent this field, which {@linkplain #know is known}, even as null. */
  public boolean isSent(String field) {
    return members.containsKey(field);
  }

  /** Whether the client sent this field with a value. */
  public boolean hasValue(String field) {
    return value(field) != null;
  }

  /** Adds an error about a field. */
  public void reject(String field, String code, String message, @Nullable String suggestion) {
    errors.add(new FieldError(sentAs(field), code, message, suggestion));
  }

  /** Adds an error about a field that the client named so. */
  public void reject(FieldError error) {
    errors.add(error);
  }

  /** Adds an error about the name of a field. */
  public void rejectName(String name, String code, String message) {
    errors.add(new FieldError(path + name, code, message));
  }

  /** Adds a warning; has no effect unless this is a push. */
  public void warn(String field, String code, String message) {
    if (form.lenient) {
      warnings.add(new FieldError(sentAs(field), code, message));
    }
  }

  /** In a push, adds a warning that the field was omitted; otherwise adds an error. */
  public void doubt(String field, String code, String message) {
    if (form.lenient) {
      warn(field, code, message + " It was omitted.");
    } else {
      reject(field, code, message);
    }
  }

  /** The warnings for the response to an accepted push. */
  public List<FieldError> warnings() {
    return List.copyOf(warnings);
  }

  /** Adds an error about a field. */
  public void reject(String field, String code, String message) {
    reject(field, code, message, null);
  }

  /** The raw value; null if it is missing, null, or an empty text that counts as absent. */
  public @Nullable Input value(String field) {
    known.add(field);
    Input value = members.get(field);
    return value instanceof Input.Null || (form.emptyIsAbsent && isEmpty(value)) ? null : value;
  }

  private static boolean isEmpty(@Nullable Input value) {
    return value instanceof Input.Text text && text.value().isEmpty();
  }

  /** The value if it has this type; otherwise null, with an error unless it is missing. */
  private <T extends Input> @Nullable T as(Class<T> kind, String field, String expected) {
    Input value = value(field);
    if (kind.isInstance(value)) {
      return kind.cast(value);
    }
    if (value != null) {
      wrongType(field, expected);
    }
    return null;
  }

  /** Adds an error if a required field was not sent, or was sent as null. */
  public void require(String field) {
    if (value(field) == null) {
      reject(field, "required", "The field " + sentAs(field) + " is required.");
    }
  }

  /** A text of at most this many code points, without control characters. */
  public @Nullable String text(String field, int maxCodePoints) {
    Input.Text text = as(Input.Text.class, field, "a string");
    return text == null ? null : checked(field, text.value(), maxCodePoints);
  }

  /** A text, or an integer, which becomes a text. */
  public @Nullable String textOrInteger(String field, int maxCodePoints) {
    if (value(field) instanceof Input.Number number) {
      return Literals.isInteger(number.literal())
          ? checked(field, number.literal(), maxCodePoints)
          : wrongType(field, "a string or an integer");
    }
    return text(field, maxCodePoints);
  }

  /**
   * A text or a number of at most this many code points. In a push, longer text is truncated and
   * other types are omitted, each with a warning.
   */
  public @Nullable String description(String field, int maxCodePoints) {
    Input value = value(field);
    String text = literal(value);
    if (text == null) {
      if (value != null) {
        doubt(field, "wrong_type", "The field " + sentAs(field) + " must be a string.");
      }
      return null;
    }
    if (!Literals.isWellFormed(text)) {
      return notUnicode(field);
    }
    if (text.indexOf(0) >= 0) {
      reject(
          field,
          "control_character",
          "The field " + sentAs(field) + " contains the character NUL; remove it.");
      return null;
    }
    if (text.codePointCount(0, text.length()) <= maxCodePoints) {
      return text;
    }
    if (!form.lenient) {
      return tooLong(field, maxCodePoints);
    }
    warn(
        field,
        "shortened",
        "The field " + sentAs(field) + " was truncated to " + maxCodePoints + " characters.");
    return text.substring(0, text.offsetByCodePoints(0, maxCodePoints));
  }

  private @Nullable String tooLong(String field, int maxCodePoints) {
    reject(
        field,
        "too_long",
        "The field " + sentAs(field) + " may have at most " + maxCodePoints + " characters.");
    return null;
  }

  /** A text of any length with any characters that JSON allows; the caller validates it. */
  public @Nullable String anyText(String field) {
    Input.Text text = as(Input.Text.class, field, "a string");
    if (text == null) {
      return null;
    }
    return Literals.isWellFormed(text.value()) ? text.value() : notUnicode(field);
  }

  /** An id: {@code [A-Za-z0-9_.-]{1,64}}, or an integer, which becomes a string. */
  public @Nullable String id(String field) {
    Input value = value(field);
    String id = literal(value);
    if (id == null || (value instanceof Input.Number && !Literals.isInteger(id))) {
      return value == null ? null : wrongType(field, "a string or an integer");
    }
    if (!Ids.isValid(id)) {
      reject(
          field,
          "invalid_id",
          "The field "
              + sentAs(field)
              + " is not an id: 1 to 64 letters, digits, underscores, dots or hyphens.");
      return null;
    }
    return id;
  }

  /** A plain decimal, as a number or a string; keeps all digits. */
  public @Nullable String decimal(String field) {
    Input value = value(field);
    String literal = literal(value);
    if (literal == null) {
      return value == null ? null : wrongType(field, "a decimal");
    }
    if (!Literals.isDecimal(literal)) {
      reject(
          field,
          "invalid_decimal",
          "The field "
              + sentAs(field)
              + " is not a plain decimal: up to 18 digits, then at most 8 after a dot, as in"
              + " 12.50.");
      return null;
    }
    return literal;
  }

  /** The literal text of a text or a number; null for any other type. */
  public static @Nullable String literal(@Nullable Input value) {
    if (value instanceof Input.Text text) {
      return text.value();
    }
    return value instanceof Input.Number number ? number.literal() : null;
  }

  public @Nullable Boolean bool(String field) {
    return switch (value(field)) {
      case null -> null;
      case Input.Bool bool -> bool.value();
      case Input.Text text when form.texts && text.value().equals("true") -> true;
      case Input.Text text when form.texts && text.value().equals("false") -> false;
      default -> {
        wrongType(field, "true or false");
        yield null;
      }
    };
  }

  /** A whole number within these bounds. */
  public @Nullable Integer integer(String field, int min, int max) {
    Input value = value(field);
    if (value == null) {
      return null;
    }
    String literal = value instanceof Input.Number || form.texts ? literal(value) : null;
    if (literal != null && Literals.isInteger(literal) && literal.length() <= 10) {
      long parsed = Long.parseLong(literal);
      if (parsed >= min && parsed <= max) {
        return (int) parsed;
      }
    }
    reject(
        field,
        "invalid_integer",
        "The field " + sentAs(field) + " must be a whole number from " + min + " to " + max + ".");
    return null;
  }

  /** A time in ISO 8601 with any offset: {@code 2026-11-02T14:03:09Z}. */
  public @Nullable Instant instant(String field) {
    Input.Text given = as(Input.Text.class, field, "a time as a string");
    if (given == null) {
      return null;
    }
    String text = given.value();
    try {
      return PushedTime.requireRange(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      reject(
          field,
          "invalid_time",
          "The field "
              + sentAs(field)
              + " is not a time in ISO 8601 with an offset, from 1970 to 9999, as in"
              + " 2026-11-02T14:03:09Z or 2026-11-02T16:03:09+02:00.");
      return null;
    }
  }

  /**
   * One of a few words.
   *
   * @param parse from the word to the value; returns null for an unknown word
   */
  public <T> @Nullable T word(
      String field, Collection<String> words, Function<String, @Nullable T> parse) {
    Input value = value(field);
    if (value == null) {
      return null;
    }
    T parsed = value instanceof Input.Text text ? parse.apply(text.value()) : null;
    if (parsed == null) {
      reject(
          field,
          "invalid_value",
          "The field " + sentAs(field) + " must be one of " + String.join(", ", words) + ".");
    }
    return parsed;
  }

  /** One of these words. */
  public @Nullable String word(String field, Collection<String> words) {
    return word(field, words, word -> words.contains(word) ? word : null);
  }

  /** A list; null if it is missing. The caller reads its items. */
  public @Nullable List<Input> list(String field, int maxItems) {
    Input.Array array = as(Input.Array.class, field, "a list");
    if (array != null && array.items().size() > maxItems) {
      reject(
          field,
          "too_many",
          "The field " + sentAs(field) + " may have at most " + maxItems + " items.");
      return null;
    }
    return array == null ? null : array.items();
  }

  /** A nested object; null if it is missing. */
  public Input.@Nullable Obj object(String field) {
    return as(Input.Obj.class, field, "an object");
  }

  /** A validated text: its code points are counted, and control characters are rejected. */
  public @Nullable String checked(String field, String text, int maxCodePoints) {
    if (text.codePointCount(0, text.length()) > maxCodePoints) {
      return tooLong(field, maxCodePoints);
    }
    if (!Literals.isWellFormed(text)) {
      return notUnicode(field);
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        reject(
            field,
            "control_character",
            "The field " + sentAs(field) + " contains a control character; remove it.");
        return null;
      }
    }
    return text;
  }

  private @Nullable String notUnicode(String field) {
    reject(
        field,
        "unpaired_surrogate",
        "The field " + sentAs(field) + " contains an unpaired surrogate (half a character).");
    return null;
  }

  /** Adds the error and returns null. */
  public @Nullable String wrongType(String field, String expected) {
    reject(field, "wrong_type", "The field " + sentAs(field) + " must be " + expected + ".");
    return null;
  }

  /** The errors so far. */
  public List<FieldError> errors() {
    return List.copyOf(errors);
  }

  /** Rejects the members that were not read, each with the nearest known name. */
  public void refuseUnknown() {
    for (String name : members.keySet()) {
      if (!known.contains(name) && !alsoKnown.contains(name)) {
        Set<String> candidates = new HashSet<>(known);
        candidates.addAll(alsoKnown);
        String nearest = Nearest.of(name, candidates);
        String shown = name.length() > 64 ? name.substring(0, 64) : name;
        reject(
            shown,
            "unknown_field",
            "There is no field "
                + path
                + shown
                + (nearest == null ? "." : "; did you mean " + nearest + "?"),
            nearest);
      }
    }
  }

  /**
   * Rejects unknown members, then throws all errors at once.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 422 with all the errors
   */
  public void finish() {
    refuseUnknown();
    throwIfAny();
  }

  /**
   * @throws com.natifico.postback.contract.problem.ProblemException 422 if there are errors so far
   */
  public void throwIfAny() {
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }

  /** The members by name, unchanged. */
  public Map<String, Input> members() {
    return new LinkedHashMap<>(members);
  }
}
