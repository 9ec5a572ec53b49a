package com.natifico.postback.postback;

import com.natifico.postback.url.UrlParts;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An expanded callback: the request to the affiliate's tracker, the same on every attempt.
 *
 * @param body null for GET
 * @param contentType null without a body
 * @param headers those of the postback; the sender adds its own
 */
public record CallbackRequest(
    HttpMethod method,
    String url,
    @Nullable String body,
    @Nullable String contentType,
    RequestHeaders headers) {
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
}
