package com.natifico.postback.acceptance;

import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.UnsentReason;
import com.natifico.postback.postback.CallbackRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How large an expanded request may be, in bytes. Templates and values are bounded each, but a
 * template of 2,048 characters can name hundreds of values of 1,024 characters.
 *
 * <p>URL and body together stay, with the delivery's attempts, well below the 400 KB of a DynamoDB
 * item; and, even if JSON makes six characters of each byte, below the 1 MiB of an SQS message. No
 * tracker takes more: common servers stop at URLs of 8 KiB.
 */
final class RequestSize {
  private static final int LONGEST_URL = 32 * 1024;
  private static final int LONGEST_BODY = 96 * 1024;

  /** What is kept of a URL that is too long, in characters. */
  private static final int KEPT = 1024;

  private RequestSize() {}

  static boolean isTooLarge(CallbackRequest request) {
    return bytes(request.url()) > LONGEST_URL || bytes(request.body()) > LONGEST_BODY;
  }

  private static int bytes(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The callback that will never be sent, with what can be kept of its request. */
  static Delivery refused(Callback callback) {
    CallbackRequest request = callback.request();
    String url = request.url();
    return Delivery.unrecorded(
            callback.withRequest(
                new CallbackRequest(
                    request.method(),
                    url.length() <= KEPT ? url : url.substring(0, cut(url)),
                    null,
                    null)))
        .unsent(UnsentReason.REQUEST_TOO_LARGE);
  }

  /** Never between the halves of a character. */
  private static int cut(String url) {
    return Character.isHighSurrogate(url.charAt(KEPT - 1)) ? KEPT - 1 : KEPT;
  }
}
