package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.PushedFields;
import com.natifico.postback.conversion.Skipped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A claim as an item. Attribute names count towards an item's size, and a usual conversion must
 * stay below 1 KB, one write unit, so the names are short. The id is composed from the keys and the
 * time.
 */
public final class EventItem {
  public static final String PK = "pk";
  static final String SK = "sk";

  /** Holds the beginning of the id, {@link EventId#timePrefix}. */
  public static final String TIME = "t";

  /**
   * The keys of the index of events without a callback: the affiliate, and the event's place among
   * the ids of deliveries. Only these events have them, so no other event costs anything there.
   */
  static final String AFFILIATE_ID = "a";

  static final String POSITION = "i";

  static final String FIELDS = "f";

  private static final String CONVERSION_ID = "c";
  private static final String OFFER_ID = "o";
  private static final String STATUS = "s";
  private static final String GOAL = "g";

  /** Absent for the first revision. */
  private static final String REVISION = "r";

  private static final String OCCURRED_AT = "oa";
  private static final String CLICK_AT = "ca";
  private static final String TEST = "x";
  private static final String CALLBACKS = "cb";
  private static final String SKIPPED = "sp";

  private EventItem() {}

  /**
   * @param conversionKey {@link EventId#conversionKey}; empty for what the partitions of all the
   *     affiliate's conversions begin with
   */
  public static AttributeValue partition(String affiliateId, String conversionKey) {
    return Item.of(affiliateId + '#' + conversionKey);
  }

  public static Map<String, AttributeValue> key(String affiliateId, EventId id) {
    return Map.of(
        PK, partition(affiliateId, id.conversionKey()),
        SK, Item.of(id.eventKey()));
  }

  static Item of(ConversionEvent event) {
    Conversion conversion = event.conversion();
    Map<String, AttributeValue> fields = new HashMap<>();
    for (Map.Entry<String, String> field : conversion.fields().byName().entrySet()) {
      fields.put(field.getKey(), Item.of(field.getValue()));
    }
    List<String> skipped = new ArrayList<>();
    for (Skipped each : event.skipped()) {
      // An event without a postback is one that has neither of the two lists.
      if (each.reason() != Skipped.Reason.NO_POSTBACK) {
        skipped.add(skipped(each));
      }
    }
    boolean indexed = event.callbacks().isEmpty();
    return new Item(new HashMap<>(key(conversion.affiliateId(), event.id())))
        .text(AFFILIATE_ID, indexed ? conversion.affiliateId() : null)
        .text(POSITION, indexed ? event.id().startOfDeliveries() : null)
        .text(TIME, EventId.timePrefix(event.id().claimedAt()))
        .text(CONVERSION_ID, conversion.conversionId())
        .text(OFFER_ID, conversion.offerId())
        .number(STATUS, conversion.status().code())
        .text(GOAL, conversion.goal())
        .number(REVISION, revision(conversion.identity()))
        .instant(OCCURRED_AT, conversion.occurredAt())
        .instant(CLICK_AT, conversion.clickAt())
        .map(FIELDS, fields)
        .flag(TEST, event.test())
        .texts(CALLBACKS, event.callbacks())
        .texts(SKIPPED, skipped);
  }

  public static ConversionEvent read(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    String pk = item.text(PK);
    int hash = pk.indexOf('#');
    Map<String, String> fields = new HashMap<>();
    item.map(FIELDS).forEach((name, value) -> fields.put(name, value.s()));
    return new ConversionEvent(
        new EventId(item.text(TIME) + '-' + pk.substring(hash + 1) + '-' + item.text(SK)),
        new Conversion(
            new EventIdentity(
                pk.substring(0, hash),
                item.text(CONVERSION_ID),
                item.text(GOAL),
                status(item.number(STATUS)),
                revision(item)),
            item.text(OFFER_ID),
            item.instantOrNull(OCCURRED_AT),
            item.instantOrNull(CLICK_AT),
            new PushedFields(fields)),
        item.flag(TEST),
        item.texts(CALLBACKS),
        item.texts(SKIPPED).stream().map(EventItem::skipped).toList());
  }

  private static @Nullable Integer revision(EventIdentity identity) {
    return identity.isCorrection() ? identity.revision() : null;
  }

  private static int revision(Item item) {
    Integer revision = item.numberOrNull(REVISION);
    return revision == null ? EventIdentity.FIRST_REVISION : revision;
  }

  private static ConversionStatus status(long code) {
    return ConversionStatus.of(Long.toString(code));
  }

  /** {@code g p7}: the reason, the postback, and for a duplicate the postback that it equals. */
  private static String skipped(Skipped skipped) {
    String text = letter(skipped.reason()) + " " + skipped.postbackId();
    return skipped.sameAs() == null ? text : text + ' ' + skipped.sameAs();
  }

  private static Skipped skipped(String text) {
    List<String> parts = List.of(text.split(" "));
    return new Skipped(
        parts.get(1), reason(text.charAt(0)), parts.size() > 2 ? parts.get(2) : null);
  }

  private static char letter(Skipped.Reason reason) {
    return switch (reason) {
      case STATUS_FILTERED -> 's';
      case GOAL_FILTERED -> 'g';
      case REVISION_IGNORED -> 'r';
      case REPLACED_BY_OFFER_POSTBACK -> 'o';
      case SAME_AS -> '=';
      case PAUSED -> 'p';
      case NO_POSTBACK -> 'n';
    };
  }

  private static Skipped.Reason reason(char letter) {
    for (Skipped.Reason reason : Skipped.Reason.values()) {
      if (letter(reason) == letter) {
        return reason;
      }
    }
    throw new IllegalStateException("a skipped postback with the unknown reason " + letter);
  }
}
