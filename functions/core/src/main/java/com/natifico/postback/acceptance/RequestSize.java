package com.natifico.postback.acceptance;

import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.UnsentReason;
import com.natifico.postback.postback.CallbackRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The limit for an expanded request, in bytes. Templates and values have limits of their own, but a
 * template of 2,048 characters can name hundreds of values of 1,024 characters.
 *
 * <p>URL and body, together with the delivery's attempts, stay well below the 400 KB of a DynamoDB
 * item and, even if JSON needs six characters for each byte, below the 1 MiB of an SQS message. No
 * tracker accepts more: common servers limit URLs to 8 KiB.
 */
final class RequestSize {
  private static final int MAX_URL_BYTES = 32 * 1024;
  private static final int MAX_BODY_BYTES = 96 * 1024;

  /** The stored part of a URL that is too long, in characters. */
  private static final int STORED_CHARS = 1024;

  private RequestSize() {}

  static boolean isTooLarge(CallbackRequest request) {
    return bytes(request.url()) > MAX_URL_BYTES || bytes(request.body()) > MAX_BODY_BYTES;
  }

  private static int bytes(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** A delivery that is never sent, with the part of its request that can be stored. */
  static Delivery refused(Callback callback) {
    CallbackRequest request = callback.request();
    String url = request.url();
    return Delivery.unrecorded(
            callback.withRequest(
                new CallbackRequest(
                    request.method(),
                    url.length() <= STORED_CHARS ? url : url.substring(0, cut(url)),
                    null,
                    null)))
        .unsent(UnsentReason.REQUEST_TOO_LARGE);
  }

  /** Does not split a surrogate pair. */
  private static int cut(String url) {
    return Character.isHighSurrogate(url.charAt(STORED_CHARS - 1))
        ? STORED_CHARS - 1
        : STORED_CHARS;
  }
}
