package com.natifico.postback.contract.input;

import com.natifico.postback.Nearest;
import com.natifico.postback.contract.problem.FieldError;
import com.natifico.postback.macro.SecretPlaceholder;
import com.natifico.postback.macro.Template;
import com.natifico.postback.macro.Template.Correction;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.macro.Template.Kind;
import com.natifico.postback.macro.Vocabulary;
import com.natifico.postback.postback.PostbackSecrets;
import com.natifico.postback.postback.RequestBody;
import com.natifico.postback.postback.RequestHeaders;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.postback.SecretShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A client's change of {@code secrets}, which can be set but never read. Those that it does not
 * name are kept.
 *
 * @param put new values by name
 * @param removed names
 * @param listed names that must exist: a client returns what our response lists
 */
record NamedSecretsChange(Map<String, String> put, Set<String> removed, List<String> listed) {
  private static final String FIELD = "secrets";
  private static final int SHOWN = 64;

  NamedSecretsChange {
    put = Map.copyOf(put);
    removed = Set.copyOf(removed);
    listed = List.copyOf(listed);
  }

  /** Names only, never a value. */
  @Override
  public String toString() {
    return "NamedSecretsChange" + put.keySet() + removed + listed;
  }

  /**
   * Reads {@code secrets}; {@code fields} then has an error for each that is invalid, without the
   * text of a secret.
   */
  static NamedSecretsChange read(Fields fields) {
    Map<String, String> put = new HashMap<>();
    Set<String> removed = new HashSet<>();
    List<String> listed = new ArrayList<>();
    switch (fields.value(FIELD)) {
      case null -> {
        // Nothing changes.
      }
      case Input.Obj given ->
          given
              .members()
              .forEach(
                  (name, value) -> {
                    if (!isName(fields, name)) {
                      return;
                    }
                    if (value instanceof Input.Null) {
                      removed.add(name);
                      return;
                    }
                    String text = text(fields, FIELD + "." + name, value);
                    if (text != null) {
                      put.put(name, text);
                    }
                  });
      case Input.Array names -> {
        for (Input name : names.items()) {
          if (name instanceof Input.Text text) {
            listed.add(text.value());
          } else {
            fields.wrongType(FIELD, "an object with values, or a list of names");
          }
        }
      }
      default -> fields.wrongType(FIELD, "an object with values, or a list of names");
    }
    return new NamedSecretsChange(put, removed, listed);
  }

  private static boolean isName(Fields fields, String name) {
    if (SecretPlaceholder.isName(name)) {
      return true;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    fields.reject(
        FIELD + "." + shown(name),
        "invalid_secret_name",
        "The name of a secret begins with a-z and has at most 32 characters of a-z, 0-9 and _.",
        SecretPlaceholder.isName(lower) ? lower : null);
    return false;
  }

  private static String shown(String name) {
    return name.length() > SHOWN ? name.substring(0, SHOWN) : name;
  }

  private static @Nullable String text(Fields fields, String field, Input value) {
    if (!(value instanceof Input.Text text)) {
      return fields.wrongType(field, "a string, or null to remove the secret");
    }
    if (text.value().isEmpty()) {
      fields.reject(field, "empty", "A secret is not empty; null removes it.");
      return null;
    }
    return fields.checked(field, text.value(), PostbackSecrets.MAX_LENGTH);
  }

  /** The shapes of the secrets after the change. */
  Map<String, SecretShape> applyTo(Map<String, SecretShape> stored) {
    Map<String, SecretShape> shapes = new TreeMap<>(stored);
    shapes.keySet().removeAll(removed);
    put.forEach((name, value) -> shapes.put(name, SecretShape.of(value)));
    return shapes;
  }

  /**
   * Why the request cannot be sent with the secrets after the change; empty if it can, and if the
   * request is not valid, which is reported elsewhere.
   */
  List<FieldError> errors(RequestTemplate request, Map<String, SecretShape> stored) {
    Map<String, SecretShape> shapes = applyTo(stored);
    List<FieldError> errors = new ArrayList<>();
    if (shapes.size() > PostbackSecrets.MAX_NAMED) {
      errors.add(
          new FieldError(
              FIELD,
              "too_many",
              "A postback may have at most " + PostbackSecrets.MAX_NAMED + " secrets."));
    }
    for (String name : listed) {
      if (!stored.containsKey(name)) {
        errors.add(
            new FieldError(
                FIELD,
                "unknown_secret",
                "There is no secret "
                    + shown(name)
                    + " to be kept. Give its value: {\"name\": \"value\"}.",
                Nearest.of(name, stored.keySet())));
      }
    }
    addUnknown(
        errors, "url", names(request.url(), Kind.URL, request.vocabulary()), shapes.keySet());
    RequestBody body = request.body();
    if (body != null) {
      addUnknown(
          errors, "body", names(body.text(), body.kind(), request.vocabulary()), shapes.keySet());
    }
    request
        .headers()
        .byName()
        .forEach(
            (header, value) -> {
              String field = "headers." + header;
              addUnknown(errors, field, SecretPlaceholder.names(value), shapes.keySet());
              Finding refusal = RequestHeaders.refusalOfSecrets(value, shapes);
              if (refusal != null) {
                errors.add(new FieldError(field, refusal.code(), refusal.message()));
              }
            });
    return errors;
  }

  private static Set<String> names(String source, Kind kind, Vocabulary vocabulary) {
    Template template = Template.parse(source, kind, vocabulary).template();
    return template == null ? Set.of() : template.secrets();
  }

  private void addUnknown(
      List<FieldError> errors, String field, Set<String> used, Collection<String> known) {
    for (String name : used) {
      if (known.contains(name)) {
        continue;
      }
      if (removed.contains(name)) {
        errors.add(
            new FieldError(
                FIELD + "." + name,
                "secret_in_use",
                "The secret "
                    + name
                    + " is still used in "
                    + field
                    + "; remove it there as well."));
        continue;
      }
      String nearest = Nearest.of(name, known);
      errors.add(
          new FieldError(
              field,
              "unknown_secret",
              "There is no secret " + name + "; give its value in secrets.",
              nearest == null ? null : "secret." + nearest,
              nearest == null
                  ? null
                  : new Correction(SecretPlaceholder.of(name), SecretPlaceholder.of(nearest))));
    }
  }
}
