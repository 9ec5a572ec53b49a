package com.natifico.postback.delivery;

/**
 * The {@code webhook-id} of a delivery's requests, by which receivers recognise repeats.
 *
 * <p>Only a forced resend changes it. All later requests have the id of the last forced resend,
 * also those of other resends and redrives: the receiver may have dropped the earlier id as a
 * repeat, and must recognise a repeat of what it took with the new one.
 */
public sealed interface WebhookId {
  /** The delivery's id: no resend was forced. */
  record OfDelivery() implements WebhookId {}

  /**
   * The id of a forced resend.
   *
   * @param revision the revision of the row that the resend wrote, so that no two forced resends
   *     have the same id, even if the worker of the request in between died before its record
   */
  record Forced(int revision) implements WebhookId {}

  /** The value of the header. */
  default String value(String deliveryId) {
    return switch (this) {
      case OfDelivery _ -> deliveryId;
      case Forced(int revision) -> deliveryId + "." + revision;
    };
  }
}
