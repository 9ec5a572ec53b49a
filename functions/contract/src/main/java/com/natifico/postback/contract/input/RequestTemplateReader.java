package com.natifico.postback.contract.input;

import com.natifico.postback.Nearest;
import com.natifico.postback.contract.problem.FieldError;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.macro.Template;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.macro.Template.Kind;
import com.natifico.postback.macro.Template.Parsed;
import com.natifico.postback.macro.Vocabulary;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.RequestBody;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.url.UrlProblem;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code url}, {@code method}, {@code body}, {@code content_type} and {@code headers} of a
 * postback.
 */
final class RequestTemplateReader {
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final List<String> CONTENT_TYPES = List.of(JSON, FORM);

  private RequestTemplateReader() {}

  /**
   * Reads the five fields; everything that is wrong with them is in {@code fields} afterwards.
   *
   * @param guard vets what can be told of the address without looking up its name
   * @return usable if {@code fields} has no errors
   */
  static RequestTemplate read(Fields fields, EgressGuard guard) {
    return read(fields, guard, Vocabulary.CONVERSION);
  }

  /** The same, with the macros of a vocabulary. */
  static RequestTemplate read(Fields fields, EgressGuard guard, Vocabulary vocabulary) {
    return withoutHeaders(fields, guard, vocabulary)
        .withHeaders(HeadersReader.read(fields))
        .withVocabulary(vocabulary);
  }

  private static RequestTemplate withoutHeaders(
      Fields fields, EgressGuard guard, Vocabulary vocabulary) {
    String url = url(fields, guard, vocabulary);
    HttpMethod method = fields.word("method", HttpMethod.words(), HttpMethod::find);
    boolean wrongMethod = method == null && fields.hasValue("method");
    String body = fields.anyText("body");
    String contentType = contentType(fields);
    if (body == null) {
      refuse(fields, "content_type", contentType, "content_type goes with a body; there is none.");
      return new RequestTemplate(method == null ? HttpMethod.GET : method, url, null);
    }
    if (method != HttpMethod.POST && !wrongMethod) {
      refuse(fields, "body", body, "Only POST has a body: set method to POST, or leave it away.");
    }
    RequestBody typed =
        new RequestBody(body, contentType == null ? inferred(body, vocabulary) : contentType);
    reject(fields, "body", Template.review(body, typed.kind(), vocabulary).errors());
    return new RequestTemplate(HttpMethod.POST, url, typed);
  }

  private static String url(Fields fields, EgressGuard guard, Vocabulary vocabulary) {
    fields.require("url");
    String url = fields.anyText("url");
    if (url == null) {
      return "";
    }
    if (PublicUrl.refusesDoubledScheme(fields, url)) {
      return url;
    }
    Parsed parsed = Template.review(url, Kind.URL, vocabulary);
    reject(fields, "url", parsed.errors());
    Template template = parsed.template();
    if (template != null) {
      PublicUrl.check(fields, template);
      UrlProblem refusal = guard.vet(template.url().endpoint());
      if (refusal != null) {
        fields.reject("url", refusal.code(), refusal.message());
      }
    }
    return url;
  }

  private static @Nullable String contentType(Fields fields) {
    String given = fields.text("content_type", 100);
    if (given == null) {
      return null;
    }
    String type = given.strip().toLowerCase(Locale.ROOT);
    String[] parts = type.split(";", 2);
    String bare = parts[0].strip();
    boolean utf8 =
        parts.length == 1 || parts[1].strip().replace("\"", "").matches("charset *= *utf-?8");
    if (!utf8 || !CONTENT_TYPES.contains(bare)) {
      fields.reject(
          "content_type",
          "invalid_value",
          "The content_type must be " + JSON + " or " + FORM + "; charset=utf-8 may follow.",
          Nearest.of(bare, CONTENT_TYPES));
      return null;
    }
    return type;
  }

  /** What looks like a JSON object or list is one. */
  private static String inferred(String body, Vocabulary vocabulary) {
    String start = body.stripLeading();
    boolean json =
        (start.startsWith("{") && body.stripTrailing().endsWith("}") && !isMacro(start, vocabulary))
            || start.startsWith("[");
    return json ? JSON : FORM;
  }

  /** Whether the text is nothing but a macro, as in {@code {ref_id}}. */
  private static boolean isMacro(String text, Vocabulary vocabulary) {
    Template template = Template.parse(text, Kind.FORM, vocabulary).template();
    return template != null
        && !template.macros().isEmpty()
        && text.indexOf('}') == text.length() - 1;
  }

  private static void refuse(Fields fields, String field, @Nullable String value, String message) {
    if (value != null) {
      fields.reject(field, "not_applicable", message);
    }
  }

  private static void reject(Fields fields, String field, List<Finding> findings) {
    for (Finding finding : findings) {
      fields.reject(
          new FieldError(
              field,
              finding.code(),
              finding.message(),
              finding.suggestion(),
              finding.correction()));
    }
  }
}
