package com.natifico.postback.conversion;

import com.natifico.postback.Ids;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The id of a conversion event, from which the ids of its deliveries are derived.
 *
 * <p>{@code <time>-<conversion>-<event>}: the time of the claim (milliseconds since 1970, 9 base 32
 * digits, so that ids sort by time), a digest of the conversion's id (16 digits, 80 bits) and a
 * digest of goal, status and revision (8 digits, 40 bits). The row can therefore be found from the
 * id alone: the two digests are the keys of the event, and a delivery id, {@code
 * <event_id>.<postback_id>}, is the sort key of the delivery.
 *
 * <p>Two goals of one conversion can have the same 40 bits. The event that is claimed second then
 * gets an id whose digest of them has 24 digits, 120 bits: {@link #distinct}.
 */
public record EventId(String value) {
  private static final int TIME_DIGITS = 9;
  private static final int CONVERSION_DIGITS = 16;
  private static final int EVENT_DIGITS = 8;
  private static final int DISTINCT_EVENT_DIGITS = 24;
  private static final int EVENT_START = TIME_DIGITS + 1 + CONVERSION_DIGITS + 1;

  /** The id of an event claimed now. */
  public static EventId of(Instant claimedAt, EventIdentity identity) {
    return of(EVENT_DIGITS, claimedAt, identity);
  }

  /** The longer id of an event whose usual key belongs to another event of the conversion. */
  public static EventId distinct(Instant claimedAt, EventIdentity identity) {
    return of(DISTINCT_EVENT_DIGITS, claimedAt, identity);
  }

  private static EventId of(int eventDigits, Instant claimedAt, EventIdentity identity) {
    EventIdentity normalized = identity.normalized();
    return new EventId(
        timePrefix(claimedAt)
            + '-'
            + conversionKey(normalized.conversionId())
            + '-'
            + eventKey(eventDigits, normalized));
  }

  /** The first revision has the key that events had before there were revisions. */
  private static String eventKey(int digits, EventIdentity normalized) {
    String status = normalized.status().word();
    return normalized.isCorrection()
        ? Ids.digest(digits, normalized.goal(), status, Integer.toString(normalized.revision()))
        : Ids.digest(digits, normalized.goal(), status);
  }

  /** The {@link #eventKey()} of an event that was claimed under its usual key. */
  public static String eventKey(EventIdentity identity) {
    return eventKey(EVENT_DIGITS, identity.normalized());
  }

  /** The event of one of our own delivery ids. */
  public static EventId ofDelivery(String deliveryId) {
    return new EventId(deliveryId.substring(0, deliveryId.indexOf('.')));
  }

  /** The event id in a delivery id from a client; null if it cannot be one of ours. */
  public static @Nullable EventId findOfDelivery(String deliveryId) {
    int dot = deliveryId.indexOf('.');
    return dot >= 0 && dot + 1 < deliveryId.length() ? find(deliveryId.substring(0, dot)) : null;
  }

  /** An event id from a client; null if it cannot be one of ours. */
  public static @Nullable EventId find(String value) {
    int eventDigits = value.length() - EVENT_START;
    if ((eventDigits != EVENT_DIGITS && eventDigits != DISTINCT_EVENT_DIGITS)
        || value.charAt(TIME_DIGITS) != '-'
        || value.charAt(TIME_DIGITS + 1 + CONVERSION_DIGITS) != '-') {
      return null;
    }
    try {
      Ids.decode(value.substring(0, TIME_DIGITS));
      return new EventId(value);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The partition key of the events of one conversion. */
  public static String conversionKey(String conversionId) {
    return Ids.digest(CONVERSION_DIGITS, conversionId);
  }

  /** The prefix of all ids that were claimed in this millisecond. */
  public static String timePrefix(Instant claimedAt) {
    return Ids.encode(claimedAt.toEpochMilli(), TIME_DIGITS);
  }

  /** See {@link #conversionKey(String)}. */
  public String conversionKey() {
    return value.substring(TIME_DIGITS + 1, TIME_DIGITS + 1 + CONVERSION_DIGITS);
  }

  /** The key of this event within its conversion. */
  public String eventKey() {
    return value.substring(EVENT_START);
  }

  /** With millisecond precision. */
  public Instant claimedAt() {
    return timeOf(value);
  }

  /** The time with which an id of an event or a delivery begins. */
  public static Instant timeOf(String id) {
    return Instant.ofEpochMilli(Ids.decode(id.substring(0, TIME_DIGITS)));
  }

  public String deliveryId(String postbackId) {
    return value + '.' + postbackId;
  }

  /** Sorts directly before the ids of the event's deliveries. */
  public String startOfDeliveries() {
    return deliveryId("");
  }

  /**
   * Sorts directly after the ids of the event's deliveries, and before every later event: 0 is the
   * lowest character of an id after the dot.
   */
  public String endOfDeliveries() {
    return value + '0';
  }

  /** The postback of one of our own delivery ids. */
  public static String postbackOfDelivery(String deliveryId) {
    return deliveryId.substring(deliveryId.indexOf('.') + 1);
  }
}
