package com.natifico.postback.delivery;

import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.postback.PostbackReader;

/**
 * What a sender reads and writes.
 *
 * @param events read only before an attempt that is not the first one, see {@link NewerAttempts}
 */
public record SenderStores(DeliveryLog log, PostbackReader postbacks, EventStore events) {}
