package com.natifico.postback.contract.input;

import com.natifico.postback.contract.problem.FieldError;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.postback.RequestHeaders;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code headers} of a postback. */
final class HeadersReader {
  private HeadersReader() {}

  /** Reads the headers; everything that is wrong with them is in {@code fields} afterwards. */
  static RequestHeaders read(Fields fields) {
    Input.Obj given = fields.object("headers");
    if (given == null) {
      return RequestHeaders.NONE;
    }
    if (given.members().size() > RequestHeaders.MAX_HEADERS) {
      fields.reject(
          "headers",
          "too_many",
          "A postback may have at most " + RequestHeaders.MAX_HEADERS + " headers.");
      return RequestHeaders.NONE;
    }
    Map<String, String> headers = new HashMap<>();
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    given
        .members()
        .forEach(
            (name, value) -> {
              String field = "headers." + shown(name);
              boolean isNew = names.add(name);
              if (!isNew) {
                fields.reject(
                    field,
                    "duplicate_header",
                    "The names of headers must differ by more than case.");
              }
              boolean isNamed = isAccepted(fields, field, RequestHeaders.refusalOfName(name));
              String text = value(fields, field, value);
              if (isNew && isNamed && text != null) {
                headers.put(name, text);
              }
            });
    return new RequestHeaders(headers);
  }

  private static @Nullable String value(Fields fields, String field, Input value) {
    if (value instanceof Input.Text text) {
      Finding refusal = RequestHeaders.refusalOfValue(text.value());
      return isAccepted(fields, field, refusal) ? text.value() : null;
    }
    return fields.wrongType(field, "a string");
  }

  private static boolean isAccepted(Fields fields, String field, @Nullable Finding refusal) {
    if (refusal != null) {
      fields.reject(new FieldError(field, refusal.code(), refusal.message(), null));
    }
    return refusal == null;
  }

  private static String shown(String name) {
    return name.length() > RequestHeaders.MAX_NAME
        ? name.substring(0, RequestHeaders.MAX_NAME)
        : name;
  }
}
