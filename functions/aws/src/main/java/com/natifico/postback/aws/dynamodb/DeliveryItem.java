package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.AttemptHistory;
import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.DeliveryStatus;
import com.natifico.postback.delivery.Lease;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.delivery.SendReason;
import com.natifico.postback.delivery.UnsentReason;
import com.natifico.postback.delivery.WakeUps;
import com.natifico.postback.delivery.WebhookId;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.rule.Meaning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row of the delivery log as an item. Attributes that lists filter by have full names, and all
 * others have short names, so that a delivery with one attempt stays below 1 KB, one write unit.
 */
public final class DeliveryItem {
  public static final String AFFILIATE_ID = "affiliate_id";
  public static final String DELIVERY_ID = "delivery_id";
  static final String STATE = "state";
  static final String OFFER_ID = "offer_id";
  static final String POSTBACK_ID = "postback_id";
  static final String REF_ID = "ref_id";
  static final String TEST = "x";
  static final String REVISION = "rv";

  /** The keys of the index of wake times. */
  static final String WAKE_SHARD = "ws";

  static final String WAKE_AT = "wa";

  private static final String CONVERSION_ID = "c";
  private static final String CONVERSION_STATUS = "s";
  private static final String GOAL = "g";
  private static final String SUM = "sm";
  private static final String CURRENCY = "cu";

  /** The revision of the event; absent for the first one. */
  private static final String EVENT_REVISION = "er";

  /** When the event occurred; absent unless the receiver limits the age of events. */
  private static final String OCCURRED_AT = "oa";

  private static final String METHOD = "m";
  private static final String URL = "u";
  private static final String BODY = "b";
  private static final String CONTENT_TYPE = "ct";
  private static final String HEADERS = "h";

  /** The names of the secrets whose placeholders the request contains. */
  private static final String SECRETS = "sn";

  private static final String ATTEMPTS = "a";
  private static final String ATTEMPT_COUNT = "ac";
  private static final String NEXT_ATTEMPT_AT = "na";
  private static final String SCHEDULE_START = "ss";
  private static final String LEASED_UNTIL = "lu";
  private static final String RECORDED_BY = "rb";
  private static final String REASON = "rs";
  private static final String SUPERSEDED_BY = "sb";
  private static final String EVEN_IF_STALE = "es";

  /** The number of the last forced resend; absent if none was forced. */
  private static final String FORCED_AT = "fa";

  private DeliveryItem() {}

  public static Map<String, AttributeValue> key(String affiliateId, String deliveryId) {
    return Map.of(AFFILIATE_ID, Item.of(affiliateId), DELIVERY_ID, Item.of(deliveryId));
  }

  static Item of(Delivery delivery) {
    Callback callback = delivery.callback();
    CallbackRequest request = callback.request();
    AttemptHistory history = delivery.history();
    int scheduleStart = history.scheduleStart();
    UnsentReason reason = delivery.reason();
    ReportedEvent.Values values = callback.event().values();
    return new Item(new HashMap<>(key(callback.affiliateId(), callback.deliveryId())))
        .text(STATE, delivery.state().word())
        .text(OFFER_ID, callback.offerId())
        .text(POSTBACK_ID, callback.postbackId())
        .text(CONVERSION_ID, callback.conversionId())
        .text(CONVERSION_STATUS, callback.conversionStatus().word())
        .flag(TEST, callback.test())
        .text(GOAL, values.goal())
        .text(REF_ID, values.refId())
        .text(SUM, values.sum())
        .text(CURRENCY, values.currency())
        .number(EVENT_REVISION, correction(values.revision()))
        .instant(OCCURRED_AT, callback.event().occurredAt())
        .text(METHOD, request.method() == HttpMethod.GET ? null : request.method().name())
        .text(URL, request.url())
        .text(BODY, request.body())
        .text(CONTENT_TYPE, request.contentType())
        .map(HEADERS, HeadersItem.of(request.headers()))
        .texts(SECRETS, request.secrets())
        .list(ATTEMPTS, delivery.attempts().stream().map(AttemptItem::of).toList())
        .number(ATTEMPT_COUNT, history.omitted() == 0 ? null : history.count())
        .instant(NEXT_ATTEMPT_AT, delivery.nextAttemptAt())
        .number(SCHEDULE_START, scheduleStart == 0 ? null : scheduleStart)
        .instant(LEASED_UNTIL, delivery.leasedUntil())
        .text(RECORDED_BY, delivery.recordedBy())
        .text(REASON, reason == null ? null : reason.word())
        .text(SUPERSEDED_BY, delivery.supersededBy())
        .flag(EVEN_IF_STALE, history.reason().isEvenIfStale())
        .number(FORCED_AT, forcedAt(history.webhookId()))
        .text(WAKE_SHARD, delivery.wakeAt() == null ? null : wakeShard(delivery.id()))
        .instant(WAKE_AT, delivery.wakeAt())
        .number(REVISION, delivery.revision());
  }

  private static String wakeShard(String deliveryId) {
    return wakeShard(WakeUps.shardOf(deliveryId));
  }

  static String wakeShard(int shard) {
    return Integer.toString(shard);
  }

  /** Whether it is a row of the log; the timer stores its progress in the same table. */
  public static boolean isDelivery(Map<String, AttributeValue> attributes) {
    return attributes.containsKey(STATE);
  }

  public static Delivery read(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    String method = item.textOrNull(METHOD);
    return new Delivery(
        new Callback(
            item.text(DELIVERY_ID),
            item.text(POSTBACK_ID),
            new ReportedEvent(
                item.text(AFFILIATE_ID),
                item.text(OFFER_ID),
                item.text(CONVERSION_ID),
                ConversionStatus.of(item.text(CONVERSION_STATUS)),
                item.flag(TEST),
                new ReportedEvent.Values(
                    item.textOrNull(GOAL),
                    item.textOrNull(REF_ID),
                    item.textOrNull(SUM),
                    item.textOrNull(CURRENCY),
                    revision(item.numberOrNull(EVENT_REVISION))),
                item.instantOrNull(OCCURRED_AT)),
            new CallbackRequest(
                method == null ? HttpMethod.GET : HttpMethod.of(method),
                item.text(URL),
                item.textOrNull(BODY),
                item.textOrNull(CONTENT_TYPE),
                HeadersItem.read(item.valueOrNull(HEADERS)),
                item.texts(SECRETS))),
        DeliveryStatus.stored(
            DeliveryState.of(item.text(STATE)),
            item.instantOrNull(NEXT_ATTEMPT_AT),
            item.textOrNull(RECORDED_BY),
            item.textOrNull(REASON),
            item.textOrNull(SUPERSEDED_BY)),
        history(item),
        Lease.stored(item.instantOrNull(LEASED_UNTIL)),
        item.instantOrNull(WAKE_AT),
        (int) item.number(REVISION));
  }

  /** Null for the first revision, which is not stored. */
  private static @Nullable Integer correction(int revision) {
    return revision == EventIdentity.FIRST_REVISION ? null : revision;
  }

  private static int revision(@Nullable Integer stored) {
    return stored == null ? EventIdentity.FIRST_REVISION : stored;
  }

  private static AttemptHistory history(Item item) {
    List<Attempt> attempts =
        item.list(ATTEMPTS).stream().map(attempt -> AttemptItem.read(attempt.m())).toList();
    Integer count = item.numberOrNull(ATTEMPT_COUNT);
    return new AttemptHistory(
        attempts,
        count == null ? attempts.size() : count,
        (int) item.number(SCHEDULE_START),
        item.flag(EVEN_IF_STALE) ? SendReason.BY_HAND : SendReason.USUAL,
        webhookId(item.numberOrNull(FORCED_AT)));
  }

  private static @Nullable Integer forcedAt(WebhookId id) {
    return id instanceof WebhookId.Forced(int revision) ? revision : null;
  }

  private static WebhookId webhookId(@Nullable Integer forcedAt) {
    return forcedAt == null ? new WebhookId.OfDelivery() : new WebhookId.Forced(forcedAt);
  }

  /** One attempt inside the row. */
  private static final class AttemptItem {
    private static final String NUMBER = "n";
    private static final String AT = "t";
    private static final String OUTCOME = "o";
    private static final String HTTP_STATUS = "h";
    private static final String LATENCY = "l";
    private static final String SNIPPET = "r";
    private static final String ERROR = "e";
    private static final String NOTE = "nt";
    private static final String MEANING = "mg";
    private static final String WEBHOOK_ID = "w";

    static AttributeValue of(Attempt attempt) {
      Meaning meaning = attempt.result().meaning();
      return AttributeValue.fromM(
          new Item()
              .number(NUMBER, attempt.number())
              .instant(AT, attempt.at())
              .text(OUTCOME, attempt.outcome().word())
              .number(HTTP_STATUS, attempt.httpStatus())
              .list(LATENCY, latency(attempt.latency()))
              .text(SNIPPET, attempt.result().responseSnippet())
              .text(ERROR, attempt.result().error())
              .text(NOTE, attempt.result().note())
              .text(MEANING, meaning == null ? null : meaning.word())
              .text(WEBHOOK_ID, attempt.forcedWebhookId())
              .attributes());
    }

    static Attempt read(Map<String, AttributeValue> attributes) {
      Item item = new Item(attributes);
      String meaning = item.textOrNull(MEANING);
      return new Attempt(
          (int) item.number(NUMBER),
          item.instant(AT),
          new AttemptResult(
              Outcome.of(item.text(OUTCOME)),
              item.numberOrNull(HTTP_STATUS),
              latency(item.list(LATENCY)),
              item.textOrNull(SNIPPET),
              item.textOrNull(ERROR),
              item.textOrNull(NOTE),
              meaning == null ? null : Meaning.of(meaning)),
          item.textOrNull(WEBHOOK_ID));
    }

    /** The total first, then the measured stages. */
    private static List<AttributeValue> latency(Attempt.Latency latency) {
      List<AttributeValue> values = new ArrayList<>();
      values.add(Item.of(latency.totalMs()));
      if (!latency.equals(Attempt.Latency.ofTotal(latency.totalMs()))) {
        Stream.of(latency.dnsMs(), latency.connectMs(), latency.tlsMs(), latency.firstByteMs())
            .map(ms -> ms == null ? AttributeValue.fromNul(true) : Item.of(ms))
            .forEach(values::add);
      }
      return values;
    }

    private static Attempt.Latency latency(List<AttributeValue> values) {
      return new Attempt.Latency(
          stage(values, 1),
          stage(values, 2),
          stage(values, 3),
          stage(values, 4),
          Integer.parseInt(values.getFirst().n()));
    }

    private static @Nullable Integer stage(List<AttributeValue> values, int index) {
      if (index >= values.size()) {
        return null;
      }
      String ms = values.get(index).n();
      return ms == null ? null : Integer.valueOf(ms);
    }
  }
}
