package com.natifico.postback.testing;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.PushedFields;
import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.AttemptHistory;
import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.DeliveryStatus;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackSettings;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.postback.Revision;
import com.natifico.postback.postback.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Default values for tests that do not depend on them. */
public final class Samples {
  /** With millisecond precision, like the times in ids. */
  public static final Instant NOW = Instant.parse("2026-11-02T14:03:09.250Z");

  public static final String AFFILIATE = "77";
  public static final String OFFER = "1042";

  /** About 200 characters, as trackers have them. */
  public static final String URL =
      "https://track.example.com/postback?cid=w8J3kUG5s0dKQ2m7Zx1v&payout=12.50&txid=c-81f2"
          + "&currency=USD&status=approved&sub1=fb_adset9&sub2=creative_11&geo=DE&os=Android"
          + "&date=2026-11-02%2014%3A03%3A09&event=install";

  private Samples() {}

  /** Approved, with the twenty fields of a usual push. */
  public static Conversion conversion(String conversionId) {
    return conversion(AFFILIATE, conversionId);
  }

  /** Approved, with the twenty fields of a usual push. */
  public static Conversion conversion(String affiliateId, String conversionId) {
    return new Conversion(
        new EventIdentity(affiliateId, conversionId, "install", ConversionStatus.APPROVED),
        OFFER,
        Instant.parse("2026-11-02T14:03:07Z"),
        Instant.parse("2026-11-02T13:11:52Z"),
        new PushedFields(
            Map.ofEntries(
                Map.entry("ref_id", "w8J3kUG5s0dKQ2m7Zx1v"),
                Map.entry("sum", "12.50"),
                Map.entry("currency", "USD"),
                Map.entry("transactionid", "ORD-7781"),
                Map.entry("network_click_id", "66f0c2a94e1b7d0012ab34cd"),
                Map.entry("offer_name", "Sample Game (Android, DE)"),
                Map.entry("sub1", "fb_adset9"),
                Map.entry("sub2", "creative_11"),
                Map.entry("source", "zone_12"),
                Map.entry("geo", "DE"),
                Map.entry("city", "Berlin"),
                Map.entry("ip", "203.0.113.7"),
                Map.entry(
                    "uagent",
                    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " Chrome/142.0.0.0 Mobile Safari/537.36"),
                Map.entry("os", "Android"),
                Map.entry("os_version", "16"),
                Map.entry("browser", "Chrome Mobile"),
                Map.entry("device_type", "smartphone"),
                Map.entry("device_model", "Pixel 9"),
                Map.entry("isp", "Example Telecom"),
                Map.entry("order_sum", "99.90"))));
  }

  /** Claimed {@link #NOW}, with one callback to the postback {@code p1}. */
  public static ConversionEvent event(String conversionId) {
    return event(conversion(conversionId), NOW);
  }

  /** With one callback to the postback {@code p1}. */
  public static ConversionEvent event(Conversion conversion, Instant claimedAt) {
    return new ConversionEvent(
        EventId.of(claimedAt, conversion.identity()), conversion, false, List.of("p1"), List.of());
  }

  /** Active, GET, for approved conversions with any goal, version 1; null for a global one. */
  public static Postback postback(String postbackId, @Nullable String offerId) {
    return postback(AFFILIATE, postbackId, offerId);
  }

  /** Active, GET, for approved conversions with any goal, version 1; null for a global one. */
  public static Postback postback(String affiliateId, String postbackId, @Nullable String offerId) {
    return new Postback(
        new PostbackKey(affiliateId, postbackId),
        PostbackSettings.of(
            Scope.of(offerId),
            RequestTemplate.get(
                "https://track.example.com/postback?cid={ref_id}&payout={sum}&txid={conversion_id}")),
        PostbackStatus.healthy(),
        Revision.first(NOW));
  }

  /** The same version with other settings. */
  public static Postback with(Postback postback, PostbackSettings settings) {
    return new Postback(postback.key(), settings, postback.status(), postback.revision());
  }

  /** The same version with another request. */
  public static Postback with(Postback postback, RequestTemplate request) {
    return with(postback, postback.settings().withRequest(request));
  }

  /** A callback of the usual conversion's event. */
  public static Callback callback(String conversionId, String postbackId) {
    return callback(event(conversionId), postbackId);
  }

  public static Callback callback(ConversionEvent event, String postbackId) {
    return new Callback(
        event.id().deliveryId(postbackId),
        postbackId,
        ReportedEvent.of(event),
        new CallbackRequest(HttpMethod.GET, URL, null, null));
  }

  /** As version 1.0 stored and enqueued it. */
  public static Callback withoutValues(Callback callback) {
    return new Callback(
        callback.deliveryId(),
        callback.postbackId(),
        new ReportedEvent(
            callback.affiliateId(),
            callback.offerId(),
            callback.conversionId(),
            callback.conversionStatus(),
            callback.test()),
        callback.request());
  }

  /** For the first attempt, due and sent {@link #NOW}. */
  public static CallbackMessage message(Callback callback) {
    return new CallbackMessage(callback, 1, NOW, NOW);
  }

  /** Delivered at the first attempt: revision 1. */
  public static Delivery delivered(Callback callback) {
    return delivery(callback, DeliveryState.DELIVERED, List.of(attempt(1, Outcome.DELIVERED)));
  }

  /** Revision 1. */
  public static Delivery delivery(Callback callback, DeliveryState state, List<Attempt> attempts) {
    return new Delivery(callback, status(state), AttemptHistory.of(attempts, 0), null, 1);
  }

  /** The same row as its next revision, in this state. */
  public static Delivery revised(Delivery delivery, DeliveryState state) {
    return new Delivery(
        delivery.callback(),
        status(state),
        delivery.history(),
        delivery.lease(),
        delivery.revision() + 1);
  }

  /** A retrying delivery is due in a minute. */
  private static DeliveryStatus status(DeliveryState state) {
    return DeliveryStatus.stored(
        state,
        state == DeliveryState.RETRYING ? NOW.plusSeconds(60) : null,
        null,
        null,
        state == DeliveryState.SUPERSEDED ? "1kh2p3q4r-0123456789abcdef-01234567" : null);
  }

  public static Attempt attempt(int number, Outcome outcome) {
    boolean delivered = outcome == Outcome.DELIVERED;
    return new Attempt(
        number,
        NOW.plusSeconds(number),
        new AttemptResult(
            outcome,
            delivered ? 200 : 500,
            new Attempt.Latency(4, 18, 31, 96, 97),
            delivered ? "OK" : "Internal Server Error",
            delivered ? null : "The endpoint answered 500."));
  }
}
