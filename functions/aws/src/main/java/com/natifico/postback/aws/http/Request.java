package com.natifico.postback.aws.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.natifico.postback.Ids;
import com.natifico.postback.access.Caller;
import com.natifico.postback.access.Role;
import com.natifico.postback.aws.json.JsonInput;
import com.natifico.postback.input.Fields;
import com.natifico.postback.input.Input;
import com.natifico.postback.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as API Gateway hands it over (payload format 2.0), with its caller. */
public final class Request {
  /** Of any request; a larger one is answered with 413. */
  public static final int MAX_BODY_BYTES = 256 * 1024;

  private final APIGatewayV2HTTPEvent event;
  private final @Nullable Caller caller;

  Request(APIGatewayV2HTTPEvent event) {
    this.event = event;
    this.caller = callerOf(event);
  }

  private static @Nullable Caller callerOf(APIGatewayV2HTTPEvent event) {
    var context = event.getRequestContext();
    var authorizer = context == null ? null : context.getAuthorizer();
    Map<String, Object> lambda = authorizer == null ? null : authorizer.getLambda();
    if (lambda == null) {
      return null;
    }
    Role role = Role.of(String.valueOf(lambda.get("role")));
    if (role == null) {
      return null;
    }
    Object affiliateId = lambda.get("affiliate_id");
    return new Caller(
        role,
        affiliateId == null || affiliateId.toString().isEmpty() ? null : affiliateId.toString(),
        String.valueOf(lambda.get("key_id")));
  }

  /** As template.yaml names the route: {@code GET /v1/keys/{key_id}}. */
  public String routeKey() {
    String routeKey = event.getRouteKey();
    return routeKey == null ? "" : routeKey;
  }

  /** Whether the authorizer let somebody in; routes that are open to anyone have no caller. */
  public boolean hasCaller() {
    return caller != null;
  }

  /**
   * Who is calling.
   *
   * @throws com.natifico.postback.problem.ProblemException 403 if nobody is known to
   */
  public Caller caller() {
    if (caller == null) {
      throw Problem.forbidden("This route needs a key.");
    }
    return caller;
  }

  /** A part of the path; empty if the route has no such part. */
  public String path(String name) {
    Map<String, String> parameters = event.getPathParameters();
    String value = parameters == null ? null : parameters.get(name);
    return value == null ? "" : value;
  }

  /**
   * The affiliate that the path names, if the caller may see it: an affiliate itself, also as
   * {@code me}, the other roles any.
   *
   * @throws com.natifico.postback.problem.ProblemException 404 if it is another's, or no id at all
   */
  public String affiliateId() {
    String named = path("affiliate_id");
    Caller caller = caller();
    if (caller.role() == Role.AFFILIATE) {
      String own = caller.affiliateId();
      if (own != null && (named.equals("me") || named.equals(own))) {
        return own;
      }
      throw Problem.notFound("affiliate");
    }
    if (named.equals("me") || !Ids.isValid(named)) {
      throw Problem.notFound("affiliate");
    }
    return named;
  }

  /** A header by its name in lower case; null if there is none. */
  public @Nullable String header(String name) {
    Map<String, String> headers = event.getHeaders();
    return headers == null ? null : headers.get(name);
  }

  /**
   * The query's parameters as an object of texts.
   *
   * @throws com.natifico.postback.problem.ProblemException 400 or 422, see {@link QueryString}
   */
  public Input.Obj query() {
    String raw = event.getRawQueryString();
    return QueryString.parse(raw == null ? "" : raw);
  }

  /**
   * Refuses every parameter, for routes that take none.
   *
   * @throws com.natifico.postback.problem.ProblemException 400 or 422
   */
  public void refuseQuery() {
    Fields.ofQuery(query()).finish();
  }

  /**
   * What the header If-Match asks for.
   *
   * @throws com.natifico.postback.problem.ProblemException 400 if it cannot be read
   */
  public IfMatch ifMatch() {
    return IfMatch.parse(header("if-match"));
  }

  /** Whether there is anything in the body. */
  public boolean hasBody() {
    return event.getBody() != null && !event.getBody().isBlank();
  }

  /**
   * The JSON object that the body is.
   *
   * @throws com.natifico.postback.problem.ProblemException 400, 413 or 422
   */
  public Input.Obj json() {
    return JsonInput.object(body());
  }

  /**
   * Whether the body is a form, by its Content-Type. {@code curl -d} calls everything a form, so
   * what begins as a JSON object is none.
   */
  public boolean isForm() {
    String contentType = header("content-type");
    return contentType != null
        && contentType.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")
        && !body().stripLeading().startsWith("{");
  }

  /**
   * The form that the body is, as an object of texts.
   *
   * @throws com.natifico.postback.problem.ProblemException 400, 413 or 422
   */
  public Input.Obj form() {
    return QueryString.parse(body());
  }

  private String body() {
    String body = event.getBody();
    if (body == null) {
      return "";
    }
    if (event.getIsBase64Encoded()) {
      return decoded(body);
    }
    if (isTooLarge(body)) {
      throw Problem.tooLarge(MAX_BODY_BYTES);
    }
    return body;
  }

  /** A char takes one to three bytes, so that only long bodies are encoded to be measured. */
  private static boolean isTooLarge(String body) {
    return body.length() > MAX_BODY_BYTES / 3
        && (body.length() > MAX_BODY_BYTES
            || body.getBytes(StandardCharsets.UTF_8).length > MAX_BODY_BYTES);
  }

  private static String decoded(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      if (bytes.length > MAX_BODY_BYTES) {
        throw Problem.tooLarge(MAX_BODY_BYTES);
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw Problem.malformed("The body is not UTF-8.");
    }
  }
}
