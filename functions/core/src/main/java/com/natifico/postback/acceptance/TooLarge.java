package com.natifico.postback.acceptance;

import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.UnsentReason;
import com.natifico.postback.postback.CallbackRequest;

/** Deliveries whose request {@linkplain CallbackRequest#isTooLarge is too large}. */
final class TooLarge {
  /** The stored part of a URL that is too long, in characters. */
  private static final int STORED_CHARS = 1024;

  private TooLarge() {}

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
