package com.natifico.postback.postback;

import com.natifico.postback.macro.MacroValues;
import com.natifico.postback.macro.Template;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A postback's templates, parsed once, to be expanded for any number of events. Safe for use by
 * several threads.
 */
public final class Expansion {
  private final Postback postback;
  private final Template url;
  private final @Nullable Template body;

  private Expansion(Postback postback, Template url, @Nullable Template body) {
    this.postback = postback;
    this.url = url;
    this.body = body;
  }

  /** Parses the templates of a postback that was accepted when it was saved. */
  public static Expansion of(Postback postback) {
    return of(postback, Template::of);
  }

  /**
   * @param compiled finds a source's template, or parses it
   */
  static Expansion of(Postback postback, BiFunction<String, Template.Kind, Template> compiled) {
    String source = postback.body();
    String contentType = postback.contentType();
    return new Expansion(
        postback,
        compiled.apply(postback.url(), Template.Kind.URL),
        source == null || contentType == null
            ? null
            : compiled.apply(source, bodyKind(contentType)));
  }

  /** How values are encoded in a body of this type. */
  public static Template.Kind bodyKind(String contentType) {
    return contentType.startsWith("application/json") ? Template.Kind.JSON : Template.Kind.FORM;
  }

  public Postback postback() {
    return postback;
  }

  /** The request for these values. Never fails, whatever they are. */
  public CallbackRequest expand(MacroValues values) {
    return body == null
        ? new CallbackRequest(postback.method(), url.expand(values), null, null)
        : new CallbackRequest(
            postback.method(), url.expand(values), body.expand(values), postback.contentType());
  }
}
