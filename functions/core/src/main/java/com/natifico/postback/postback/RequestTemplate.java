package com.natifico.postback.postback;

import com.natifico.postback.macro.Template;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.macro.Template.Kind;
import com.natifico.postback.macro.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request of a postback, with macros: {@code url}, {@code method}, {@code body}, {@code
 * content_type} and {@code headers} of the HTTP contract.
 *
 * @param body null if the request has none
 * @param vocabulary the macros that it may contain
 */
public record RequestTemplate(
    HttpMethod method,
    String url,
    @Nullable RequestBody body,
    RequestHeaders headers,
    Vocabulary vocabulary) {
  /** A request with the macros of a conversion. */
  public RequestTemplate(
      HttpMethod method, String url, @Nullable RequestBody body, RequestHeaders headers) {
    this(method, url, body, headers, Vocabulary.CONVERSION);
  }

  /** A request without headers. */
  public RequestTemplate(HttpMethod method, String url, @Nullable RequestBody body) {
    this(method, url, body, RequestHeaders.NONE);
  }

  public static RequestTemplate get(String url) {
    return new RequestTemplate(HttpMethod.GET, url, null);
  }

  public RequestTemplate withHeaders(RequestHeaders changed) {
    return new RequestTemplate(method, url, body, changed, vocabulary);
  }

  public RequestTemplate withVocabulary(Vocabulary changed) {
    return new RequestTemplate(method, url, body, headers, changed);
  }

  /**
   * An estimate, rather too high, of the length of an expanded request, in characters. A macro has
   * at least four characters, and a character of its value at most nine in a URL.
   *
   * @param longestValue the length of the longest value
   */
  public long maxLength(int longestValue) {
    long length = (long) url.length() + (body == null ? 0 : body.text().length());
    return Math.min(
        CallbackRequest.MAX_URL_BYTES + CallbackRequest.MAX_BODY_BYTES,
        length * (1 + 9L * longestValue / 4));
  }

  /**
   * The names of the secrets in URL, body and headers, sorted.
   *
   * @throws IllegalArgumentException if a template is not valid
   */
  public List<String> secrets() {
    return Expansion.of(this).secrets();
  }

  /** What is probably not meant, though it can be sent. */
  public List<Finding> warnings() {
    Template.Parsed parsedUrl = Template.review(url, Kind.URL, vocabulary);
    Template.Parsed parsedBody =
        body == null ? null : Template.review(body.text(), body.kind(), vocabulary);
    List<Finding> warnings = new ArrayList<>(Template.warnings(parsedUrl, parsedBody));
    if (vocabulary == Vocabulary.NOTIFICATION) {
      // Their values are short.
      return List.copyOf(warnings);
    }
    if (mayExceed(parsedUrl, CallbackRequest.MAX_URL_BYTES)) {
      warnings.add(mayBeTooLarge("URL", CallbackRequest.MAX_URL_BYTES));
    }
    if (parsedBody != null && mayExceed(parsedBody, CallbackRequest.MAX_BODY_BYTES)) {
      warnings.add(mayBeTooLarge("body", CallbackRequest.MAX_BODY_BYTES));
    }
    return List.copyOf(warnings);
  }

  private static boolean mayExceed(Template.Parsed parsed, int maxBytes) {
    Template template = parsed.template();
    return template != null
        && template.expand(LargestValues.VALUES, maxBytes).getBytes(StandardCharsets.UTF_8).length
            > maxBytes;
  }

  private static Finding mayBeTooLarge(String part, int maxBytes) {
    return new Finding(
        "may_be_too_large",
        "With values of the greatest length, 1,024 ASCII characters each that have to be encoded, the "
            + part
            + " is larger than "
            + maxBytes / 1024
            + " KiB. Such a callback is not sent; its delivery fails as request_too_large.",
        null,
        null);
  }
}
