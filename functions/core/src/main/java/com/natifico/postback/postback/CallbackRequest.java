package com.natifico.postback.postback;

import com.natifico.postback.url.UrlParts;
import org.jspecify.annotations.Nullable;

/**
 * An expanded callback: the request to the affiliate's tracker, the same on every attempt.
 *
 * @param body null for GET
 * @param contentType null without a body
 */
public record CallbackRequest(
    HttpMethod method, String url, @Nullable String body, @Nullable String contentType) {

  /**
   * The host and port of the URL in lower case; slow responses delay only callbacks to the same
   * endpoint.
   */
  public String endpoint() {
    UrlParts parts = UrlParts.find(url);
    return parts == null ? "" : parts.authority();
  }
}
