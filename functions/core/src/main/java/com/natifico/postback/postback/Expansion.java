package com.natifico.postback.postback;

import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.MacroValues;
import com.natifico.postback.macro.Template;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A postback's templates, parsed once, which can be expanded for any number of events. Safe for use
 * by several threads.
 */
public final class Expansion {
  private final HttpMethod method;
  private final Template url;
  private final @Nullable Body body;
  private final RequestHeaders headers;
  private final List<String> secrets;

  private record Body(Template template, String contentType) {}

  private Expansion(HttpMethod method, Template url, @Nullable Body body, RequestHeaders headers) {
    this.method = method;
    this.url = url;
    this.body = body;
    this.headers = headers;
    this.secrets = secrets(url, body, headers);
  }

  private static List<String> secrets(Template url, @Nullable Body body, RequestHeaders headers) {
    Set<String> names = new TreeSet<>(url.secrets());
    names.addAll(headers.secrets());
    if (body != null) {
      names.addAll(body.template.secrets());
    }
    return List.copyOf(names);
  }

  /** The names of the secrets in the templates, sorted. */
  List<String> secrets() {
    return secrets;
  }

  /** Parses the templates of a stored postback, which were validated when it was saved. */
  public static Expansion of(RequestTemplate request) {
    return of(request, (source, kind) -> Template.of(source, kind, request.vocabulary()));
  }

  /**
   * @param compiled returns a source's template from a cache, or parses it
   */
  static Expansion of(
      RequestTemplate request, BiFunction<String, Template.Kind, Template> compiled) {
    RequestBody body = request.body();
    return new Expansion(
        request.method(),
        compiled.apply(request.url(), Template.Kind.URL),
        body == null
            ? null
            : new Body(compiled.apply(body.text(), body.kind()), body.contentType()),
        request.headers());
  }

  /** The macros in the templates, each once, in their order. */
  Set<Macro> macros() {
    Set<Macro> macros = new LinkedHashSet<>(url.macros());
    if (body != null) {
      macros.addAll(body.template.macros());
    }
    return macros;
  }

  /**
   * The request for these values. Never fails, whatever the values are: the expansion ends where
   * the request becomes {@linkplain CallbackRequest#isTooLarge too large}.
   */
  public CallbackRequest expand(MacroValues values) {
    String expanded = url.expand(values, CallbackRequest.MAX_URL_BYTES);
    return body == null
        ? new CallbackRequest(method, expanded, null, null, headers, secrets)
        : new CallbackRequest(
            method,
            expanded,
            body.template.expand(values, CallbackRequest.MAX_BODY_BYTES),
            body.contentType,
            headers,
            secrets);
  }
}
