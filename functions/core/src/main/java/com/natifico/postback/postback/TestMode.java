package com.natifico.postback.postback;

import com.natifico.postback.macro.Template.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a request says to an ad platform that its event is a test. Only test conversions use it, so
 * that a real conversion is never taken for a test.
 */
public sealed interface TestMode {
  /**
   * The request as a test. A request that does not have the platform's form is left as it is: the
   * platform refuses it in any case.
   */
  RequestTemplate appliedTo(RequestTemplate request);

  /** Whether the request itself says that it is a test, so that real conversions would say so. */
  boolean isIn(RequestTemplate request);

  /** What is added, for people. */
  String description();

  /** The name of the secret that it needs; null if it needs none. */
  @Nullable String secret();

  /**
   * A member of the JSON body.
   *
   * @param parent the member whose object gets it; null for the whole body
   * @param value JSON
   * @param secret the secret whose placeholder is in the value; null if there is none
   */
  record Member(@Nullable String parent, String name, String value, @Nullable String secret)
      implements TestMode {
    private static final Pattern OBJECT = Pattern.compile("^\\s*\\{");

    static Member code(@Nullable String parent, String name) {
      return new Member(parent, name, "\"{secret." + name + "}\"", name);
    }

    static Member flag(String name) {
      return new Member(null, name, "true", null);
    }

    @Override
    public RequestTemplate appliedTo(RequestTemplate request) {
      RequestBody body = request.body();
      if (body == null || body.kind() != Kind.JSON) {
        return request;
      }
      String text = body.text();
      Matcher present = present().matcher(text);
      if (present.find()) {
        return with(request, body, present.replaceAll("$1" + Matcher.quoteReplacement(value)));
      }
      Matcher object = object().matcher(text);
      if (!object.find()) {
        return request;
      }
      String rest = text.substring(object.end());
      String member =
          "\"" + name + "\": " + value + (rest.stripLeading().startsWith("}") ? "" : ", ");
      return with(request, body, text.substring(0, object.end()) + member + rest);
    }

    private static RequestTemplate with(RequestTemplate request, RequestBody body, String text) {
      return new RequestTemplate(
          request.method(),
          request.url(),
          new RequestBody(text, body.contentType()),
          request.headers());
    }

    @Override
    public boolean isIn(RequestTemplate request) {
      RequestBody body = request.body();
      Matcher present = present().matcher(body == null ? "" : body.text());
      return present.find() && present.group(2).matches("true|\"(?!\\{is_test).+\"");
    }

    @Override
    public String description() {
      return "the member " + (parent == null ? "" : parent + ".") + name + " of the body";
    }

    /** The member and its value: a string, a macro or a word. */
    private Pattern present() {
      return Pattern.compile(
          "(\"" + name + "\"\\s*:\\s*)(\"(?:\\\\.|[^\"\\\\])*\"|\\{[^{}]*}|[^\\s,}\\]{\"]+)");
    }

    private Pattern object() {
      return parent == null ? OBJECT : Pattern.compile("(?<!\\\\)\"" + parent + "\"\\s*:\\s*\\{");
    }
  }

  /** A parameter of the URL's query, with the value true. */
  record Parameter(String name) implements TestMode {
    @Override
    public RequestTemplate appliedTo(RequestTemplate request) {
      String url = request.url();
      Matcher present = Pattern.compile("([?&]" + name + "=)[^&]*").matcher(url);
      return withUrl(
          request,
          present.find()
              ? present.replaceAll("$1true")
              : url + (url.contains("?") ? "&" : "?") + name + "=true");
    }

    @Override
    public boolean isIn(RequestTemplate request) {
      return Pattern.compile("[?&]" + name + "=(?!false)[^&{]").matcher(request.url()).find();
    }

    @Override
    public String description() {
      return "the parameter " + name + "=true of the URL";
    }

    @Override
    public @Nullable String secret() {
      return null;
    }
  }

  /** A segment at the end of the URL's path. */
  record Path(String segment) implements TestMode {
    @Override
    public RequestTemplate appliedTo(RequestTemplate request) {
      if (isIn(request)) {
        return request;
      }
      String url = request.url();
      int end = endOfPath(url);
      return withUrl(request, url.substring(0, end) + "/" + segment + url.substring(end));
    }

    @Override
    public boolean isIn(RequestTemplate request) {
      return request.url().substring(0, endOfPath(request.url())).endsWith("/" + segment);
    }

    private static int endOfPath(String url) {
      int question = url.indexOf('?');
      return question < 0 ? url.length() : question;
    }

    @Override
    public String description() {
      return "the segment /" + segment + " at the end of the path";
    }

    @Override
    public @Nullable String secret() {
      return null;
    }
  }

  private static RequestTemplate withUrl(RequestTemplate request, String url) {
    return new RequestTemplate(request.method(), url, request.body(), request.headers());
  }
}
