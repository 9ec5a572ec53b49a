package com.natifico.postback.delivery;

import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.postback.PostbackReader;
import com.natifico.postback.postback.SecretReader;

/**
 * What a sender reads and writes.
 *
 * @param events read only before an attempt that is not the first one, see {@link NewerAttempts}
 * @param secrets read only for a request that contains or is signed with one
 */
public record SenderStores(
    DeliveryLog log, PostbackReader postbacks, EventStore events, SecretReader secrets) {
  /** Without secrets. */
  public SenderStores(DeliveryLog log, PostbackReader postbacks, EventStore events) {
    this(log, postbacks, events, SecretReader.NONE);
  }
}
