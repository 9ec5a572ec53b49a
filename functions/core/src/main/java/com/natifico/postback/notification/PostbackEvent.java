package com.natifico.postback.notification;

import com.natifico.postback.postback.EventKind;
import com.natifico.postback.postback.PostbackKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a postback.
 *
 * @param id the same whenever the change is read from the stream again
 * @param offerId the postback's offer, or the conversion's for {@link EventKind#HELD} and {@link
 *     EventKind#EXHAUSTED}; null for a global postback
 * @param label the postback's label; null if it has none
 * @param reason why the postback is paused, or the outcome of the last attempt of an exhausted
 *     delivery; null for other kinds
 */
public record PostbackEvent(
    String id,
    EventKind kind,
    PostbackKey postback,
    @Nullable String offerId,
    @Nullable String label,
    @Nullable String reason,
    Instant at) {}
