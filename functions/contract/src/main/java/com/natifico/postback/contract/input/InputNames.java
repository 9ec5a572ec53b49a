package com.natifico.postback.contract.input;

import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.Macros;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that a client may use for the fields of a conversion: the field's own, and every name
 * of the macro that it feeds. A network can therefore push {@code clickid} and {@code payout} in
 * its own vocabulary.
 */
final class InputNames {
  /** The macros whose value comes from a field with another name. */
  private static final Map<String, String> FIELD_OF_MACRO =
      Map.of(
          "date", "occurred_at",
          "click_date", "click_at",
          "offerid", "offer_id",
          "conversion_id", "conversion_id",
          "affiliate_id", "affiliate_id",
          "status", "status",
          "goal", "goal",
          "revision", "revision");

  private static final Map<String, String> FIELDS = fields();

  /** Longer names are cut where an answer repeats them. */
  private static final int MAX_SHOWN = 64;

  private InputNames() {}

  /** All of these names. */
  static Set<String> all() {
    return FIELDS.keySet();
  }

  private static Map<String, String> fields() {
    Map<String, String> fields = new HashMap<>();
    for (Macro macro : Macros.all()) {
      String field = macro.kind().isPushedField() ? macro.name() : FIELD_OF_MACRO.get(macro.name());
      if (field != null) {
        fields.put(field, field);
        fields.put(macro.name(), field);
        macro.aliases().forEach(alias -> fields.put(alias, field));
      }
    }
    return Map.copyOf(fields);
  }

  /**
   * The members of a push under the fields' own names.
   *
   * @param fields has an error for each name that is ambiguous or contradicts another
   * @param ignored the ignored names, as they were written up to 64 characters
   */
  record Renamed(Fields fields, List<String> ignored) {}

  /** For JSON: names are case-sensitive, and an unknown name is an error. */
  static Renamed ofJson(Input.Obj json) {
    return json.members().keySet().stream().allMatch(InputNames::isOwnName)
        ? new Renamed(new Fields(json.members(), "", Fields.Form.PUSH, Map.of()), List.of())
        : rename(json, "", Fields.Form.PUSH);
  }

  /**
   * For the conversion in a test or a preview, in JSON.
   *
   * @param path to the object, with a trailing dot; empty for the complete request
   */
  static Fields ofSample(Input.Obj json, String path) {
    return rename(json, path, Fields.Form.SAMPLE).fields();
  }

  private static boolean isOwnName(String name) {
    return name.equals(FIELDS.get(name));
  }

  /** For the parameters of a query or a form: names ignore case, and an unknown name is ignored. */
  static Renamed ofParameters(Input.Obj parameters) {
    return rename(parameters, "", Fields.Form.PUSHED_PARAMETERS);
  }

  private static Renamed rename(Input.Obj pushed, String path, Fields.Form form) {
    boolean parameters = form == Fields.Form.PUSHED_PARAMETERS;
    Map<String, Input> members = new LinkedHashMap<>();
    Map<String, String> sentAs = new HashMap<>();
    List<String> ignored = new ArrayList<>();
    Map<String, String> ambiguous = new LinkedHashMap<>();
    Map<String, String> contradicted = new LinkedHashMap<>();
    for (Map.Entry<String, Input> member : pushed.members().entrySet()) {
      String sent = member.getKey();
      String name = parameters ? sent.toLowerCase(Locale.ROOT) : sent;
      String field = FIELDS.get(name);
      if (field == null) {
        String reason = Macros.ambiguity(name);
        if (reason != null) {
          ambiguous.put(sent, reason);
        } else if (parameters) {
          ignored.add(sent.length() > MAX_SHOWN ? sent.substring(0, MAX_SHOWN) : sent);
        } else {
          members.put(sent, member.getValue());
        }
        continue;
      }
      if (isAbsent(member.getValue())) {
        continue;
      }
      Input other = members.putIfAbsent(field, member.getValue());
      if (other == null) {
        if (!sent.equals(field)) {
          sentAs.put(field, sent);
        }
      } else if (!isSame(other, member.getValue())) {
        contradicted.put(sent, sentAs.getOrDefault(field, field));
      }
    }
    Fields fields = new Fields(members, path, form, sentAs);
    ambiguous.forEach(
        (name, reason) -> fields.rejectName(name, "ambiguous_field", "The name " + reason));
    contradicted.forEach(
        (name, other) ->
            fields.rejectName(
                name,
                "contradiction",
                "The fields "
                    + other
                    + " and "
                    + name
                    + " mean the same and have different"
                    + " values; send one of them."));
    return new Renamed(fields, ignored);
  }

  private static boolean isAbsent(Input value) {
    return value instanceof Input.Null
        || (value instanceof Input.Text text && text.value().isEmpty());
  }

  private static boolean isSame(Input one, Input other) {
    @Nullable String literal = Fields.literal(one);
    return literal == null ? one.equals(other) : literal.equals(Fields.literal(other));
  }
}
