package com.natifico.postback.notification;

import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a stored row from which an event may follow.
 *
 * <p>{@code id} is the change's id in its stream, and {@code at} the time of the change. A row that
 * did not exist before is null, and so is one that does not exist any more.
 */
public sealed interface StoredChange {
  String id();

  Instant at();

  /** A postback was changed; neither created nor deleted. */
  record OfPostback(String id, Instant at, Postback before, Postback after)
      implements StoredChange {}

  /** The count of a postback's failed attempts was changed. */
  record OfStreak(
      String id,
      Instant at,
      PostbackKey postback,
      @Nullable StoredStreak before,
      @Nullable StoredStreak after)
      implements StoredChange {}

  /** A delivery was created or changed. */
  record OfDelivery(String id, Instant at, @Nullable Delivery before, Delivery after)
      implements StoredChange {}
}
