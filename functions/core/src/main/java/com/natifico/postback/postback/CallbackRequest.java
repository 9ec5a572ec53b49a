package com.natifico.postback.postback;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An expanded callback: the request that goes to the affiliate's tracker, the same on every
 * attempt.
 *
 * @param body null for GET
 * @param contentType null without a body
 */
public record CallbackRequest(
    HttpMethod method, String url, @Nullable String body, @Nullable String contentType) {

  /** The host and port of the URL in lower case: whom a slow answer may delay. */
  public String endpoint() {
    int start = url.indexOf("://") + 3;
    int end = start;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return start < 3 ? "" : url.substring(start, end).toLowerCase(Locale.ROOT);
  }
}
