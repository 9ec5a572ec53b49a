package com.natifico.postback.contract;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.natifico.postback.Ids;
import com.natifico.postback.access.Caller;
import com.natifico.postback.access.KeyBounds;
import com.natifico.postback.access.Role;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.contract.input.Input;
import com.natifico.postback.contract.input.JsonInput;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.conversion.StatusMap;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A request from API Gateway (payload format 2.0), with its caller. */
public final class Request {
  /** The maximum size of a request body; a larger one gives 413. */
  public static final int MAX_BODY_BYTES = 256 * 1024;

  private static final String HEAD = "HEAD ";
  private static final int MAX_IDEMPOTENCY_KEY = 64;

  /** 160 bits. */
  private static final int DIGEST_DIGITS = 32;

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
    Role role = Role.find(String.valueOf(lambda.get("role")));
    if (role == null) {
      return null;
    }
    Object affiliateId = lambda.get("affiliate_id");
    Object statusMap = lambda.get("status_map");
    return new Caller(
        role,
        affiliateId == null || affiliateId.toString().isEmpty() ? null : affiliateId.toString(),
        String.valueOf(lambda.get("key_id")),
        statusMap == null ? StatusMap.NONE : StatusMap.ofText(statusMap.toString()),
        boundsOf(lambda));
  }

  private static KeyBounds boundsOf(Map<String, Object> lambda) {
    Object offerIds = lambda.get("offer_ids");
    Object cidrs = lambda.get("cidrs");
    return offerIds == null && cidrs == null
        ? KeyBounds.NONE
        : new KeyBounds(list(offerIds), list(cidrs));
  }

  private static List<String> list(@Nullable Object commaSeparated) {
    return commaSeparated == null ? List.of() : List.of(commaSeparated.toString().split(","));
  }

  /** The address that API Gateway received the request from; empty if it is unknown. */
  public String sourceAddress() {
    var context = event.getRequestContext();
    var http = context == null ? null : context.getHttp();
    String address = http == null ? null : http.getSourceIp();
    return address == null ? "" : address;
  }

  /** The route key as in template.yaml: {@code GET /v1/keys/{key_id}}. */
  public String routeKey() {
    String routeKey = event.getRouteKey();
    return routeKey == null ? "" : routeKey;
  }

  /** Whether only the header fields of the response to a GET are wanted. */
  boolean isHead() {
    return routeKey().startsWith(HEAD);
  }

  /** The route key of the GET whose header fields a HEAD requests. */
  String routeKeyOfGet() {
    return "GET " + routeKey().substring(HEAD.length());
  }

  /** Whether the authorizer identified a caller; public routes have no caller. */
  public boolean hasCaller() {
    return caller != null;
  }

  /**
   * The caller.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 403 if there is no caller
   */
  public Caller caller() {
    if (caller == null) {
      throw Problem.forbidden("This route needs a key.");
    }
    return caller;
  }

  /** A path parameter; empty if the route does not have it. */
  public String path(String name) {
    Map<String, String> parameters = event.getPathParameters();
    String value = parameters == null ? null : parameters.get(name);
    return value == null ? "" : value;
  }

  /**
   * The affiliate in the path, if the caller may access it. An affiliate may access only itself,
   * also as {@code me}; other roles may access any affiliate.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 404 if it is another affiliate,
   *     or not a valid id
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

  /** A header by its lower-case name; null if the request does not have it. */
  public @Nullable String header(String name) {
    Map<String, String> headers = event.getHeaders();
    return headers == null ? null : headers.get(name);
  }

  /**
   * The query's parameters as an object of texts.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 400 or 422, see {@link
   *     QueryString}
   */
  public Input.Obj query() {
    String raw = event.getRawQueryString();
    return QueryString.parse(raw == null ? "" : raw);
  }

  /** The path and the query of this request, with this parameter in place of one of its name. */
  public String pathWith(String parameter, String value) {
    String raw = event.getRawQueryString();
    String rest =
        Stream.of((raw == null ? "" : raw).split("&"))
            .filter(pair -> !pair.isEmpty() && !pair.startsWith(parameter + "="))
            .map(pair -> pair + "&")
            .collect(Collectors.joining());
    return event.getRawPath() + "?" + rest + parameter + "=" + value;
  }

  /**
   * Rejects every parameter, for routes that take none.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 400 or 422
   */
  public void refuseQuery() {
    Fields.ofQuery(query()).finish();
  }

  /**
   * The condition in the header If-Match.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 400 if the header is invalid
   */
  public IfMatch ifMatch() {
    return IfMatch.parse(header("if-match"));
  }

  /**
   * The name that the client has given to the request, from the header Idempotency-Key; null if it
   * has none.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 400 if the header is invalid
   */
  public @Nullable String idempotencyKey() {
    String key = header("idempotency-key");
    if (key == null) {
      return null;
    }
    if (key.isEmpty()
        || key.length() > MAX_IDEMPOTENCY_KEY
        || !key.chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw Problem.malformed(
          "Idempotency-Key must have 1 to 64 visible ASCII characters, for example a UUID.");
    }
    return key;
  }

  /** The same for two requests exactly if they have the same route, path, query and body. */
  public String contentDigest() {
    return Ids.digest(
        DIGEST_DIGITS,
        routeKey(),
        text(event.getRawPath()),
        text(event.getRawQueryString()),
        text(event.getBody()));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** Whether the request has a body that is not empty. */
  public boolean hasBody() {
    return event.getBody() != null && !event.getBody().isBlank();
  }

  /**
   * The body as a JSON object.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 400, 413, 415 or 422
   */
  public Input.Obj json() {
    return JsonInput.object(body());
  }

  /**
   * Whether the body is a form, by its Content-Type. {@code curl -d} labels every body as a form,
   * so a body that starts like a JSON object is not treated as one.
   */
  public boolean isForm() {
    String contentType = header("content-type");
    return contentType != null
        && contentType.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")
        && !body().stripLeading().startsWith("{");
  }

  /**
   * The body as a form: an object of texts.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 400, 413, 415 or 422
   */
  public Input.Obj form() {
    return QueryString.parse(body());
  }

  /**
   * The body as it was sent, or the query if there is no body; bytes that are not UTF-8 become
   * U+FFFD. May contain the key.
   */
  String sent() {
    String body = event.getBody();
    if (body == null || body.isEmpty()) {
      String query = event.getRawQueryString();
      return query == null ? "" : query;
    }
    if (!event.getIsBase64Encoded()) {
      return body;
    }
    try {
      return new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return body;
    }
  }

  /** The keys that the request has in the places where routes take them. */
  List<String> keys() {
    String header = header("authorization");
    Map<String, String> parameters = event.getQueryStringParameters();
    String parameter = parameters == null ? null : parameters.get("secure");
    return Stream.of(
            header == null ? "" : header.substring(header.indexOf(' ') + 1).strip(),
            parameter == null ? "" : parameter)
        .filter(key -> !key.isEmpty())
        .toList();
  }

  private String body() {
    String body = event.getBody();
    if (body == null) {
      return "";
    }
    String encoding = header("content-encoding");
    if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
      throw Problem.unsupportedEncoding();
    }
    if (event.getIsBase64Encoded()) {
      return decoded(body);
    }
    if (isTooLarge(body)) {
      throw Problem.tooLarge(MAX_BODY_BYTES);
    }
    return body;
  }

  /** A char takes one to three bytes, so only long bodies must be encoded to be measured. */
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
