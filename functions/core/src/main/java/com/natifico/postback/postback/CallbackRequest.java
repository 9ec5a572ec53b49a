package com.natifico.postback.postback;

import com.natifico.postback.macro.SecretPlaceholder.Place;
import com.natifico.postback.macro.Template;
import com.natifico.postback.url.UrlParts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An expanded callback: the request to the affiliate's tracker, the same on every attempt. It is
 * stored and shown with the placeholders of secrets; the sender replaces them for each attempt.
 *
 * @param body null for GET
 * @param contentType null without a body
 * @param headers those of the postback; the sender adds its own
 * @param secrets the names of the secrets whose placeholders the request contains, sorted; whatever
 *     else looks like a placeholder is text
 */
public record CallbackRequest(
    HttpMethod method,
    String url,
    @Nullable String body,
    @Nullable String contentType,
    RequestHeaders headers,
    List<String> secrets) {
  /**
   * The limit of an expanded URL in bytes. Templates and values have limits of their own, but a
   * template of 2,048 characters can name hundreds of values of 1,024 characters. No tracker
   * accepts more: common servers limit URLs to 8 KiB.
   */
  public static final int MAX_URL_BYTES = 32 * 1024;

  /**
   * The limit of an expanded body in bytes. URL and body, together with the delivery's attempts,
   * stay well below the 400 KB of a DynamoDB item and, even if JSON needs six characters for each
   * byte, below the 1 MiB of an SQS message.
   */
  public static final int MAX_BODY_BYTES = 96 * 1024;

  public CallbackRequest {
    secrets = List.copyOf(secrets);
  }

  /** A request without secrets. */
  public CallbackRequest(
      HttpMethod method,
      String url,
      @Nullable String body,
      @Nullable String contentType,
      RequestHeaders headers) {
    this(method, url, body, contentType, headers, List.of());
  }

  /** A request without headers of the postback. */
  public CallbackRequest(
      HttpMethod method, String url, @Nullable String body, @Nullable String contentType) {
    this(method, url, body, contentType, RequestHeaders.NONE);
  }

  /** Whether the request exceeds a limit, so that it is not sent; it is then incomplete. */
  public boolean isTooLarge() {
    return isLonger(url, MAX_URL_BYTES) || (body != null && isLonger(body, MAX_BODY_BYTES));
  }

  /** A char takes one to three bytes, so only long texts must be encoded to be measured. */
  private static boolean isLonger(String text, int maxBytes) {
    return text.length() > maxBytes / 3
        && (text.length() > maxBytes || text.getBytes(StandardCharsets.UTF_8).length > maxBytes);
  }

  /**
   * The request as it is sent.
   *
   * @param values from each name in {@link #secrets} to the secret
   */
  public CallbackRequest withSecrets(UnaryOperator<String> values) {
    if (secrets.isEmpty()) {
      return this;
    }
    Place inBody = RequestBody.kindOf(contentType) == Template.Kind.JSON ? Place.JSON : Place.FORM;
    return new CallbackRequest(
        method,
        Place.URL.expand(url, secrets, values),
        body == null ? null : inBody.expand(body, secrets, values),
        contentType,
        headers.map(value -> Place.HEADER.expand(value, secrets, values)));
  }

  /** The length of URL, body and headers, in characters. */
  public int length() {
    return url.length() + (body == null ? 0 : body.length()) + headers.length();
  }

  /**
   * The host and port of the URL in lower case; slow responses delay only callbacks to the same
   * endpoint.
   */
  public String endpoint() {
    UrlParts parts = UrlParts.find(url);
    return parts == null ? "" : parts.authority();
  }

  /** Without URL, body and headers, which may contain secrets while the request is sent. */
  @Override
  public String toString() {
    return "CallbackRequest[" + method + " " + endpoint() + ", " + length() + " characters]";
  }
}
