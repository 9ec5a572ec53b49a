package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.natifico.postback.acceptance.EventHistory;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.Skipped;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a conversion: each of its events, with its callbacks and what it skipped.
 *
 * @param events the oldest first
 * @param next the cursor of the next page; null on the last one
 */
public record OutcomeAnswer(List<EventAnswer> events, @Nullable String next) {

  /**
   * @param createdAt when the event was accepted
   * @param truncated true if callbacks of back-fills are missing; otherwise left out
   */
  public record EventAnswer(
      @JsonUnwrapped Ids ids,
      @JsonUnwrapped Values values,
      boolean test,
      Instant createdAt,
      List<CallbackAnswer> callbacks,
      List<SkippedAnswer> skipped,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean truncated) {

    public static EventAnswer of(EventHistory.Entry entry) {
      ConversionEvent event = entry.event();
      Map<String, Delivery> rows = new HashMap<>();
      entry.deliveries().forEach(row -> rows.put(row.id(), row));
      return new EventAnswer(
          Ids.of(event),
          Values.of(event),
          event.test(),
          event.id().claimedAt(),
          callbacks(entry, rows),
          event.skipped().stream().map(skipped -> skipped(event, skipped, rows)).toList(),
          entry.isComplete() ? null : true);
    }

    /** The callbacks that the event names, then those of back-fills. */
    private static List<CallbackAnswer> callbacks(
        EventHistory.Entry entry, Map<String, Delivery> rows) {
      ConversionEvent event = entry.event();
      List<CallbackAnswer> callbacks = new ArrayList<>();
      for (String postbackId : event.callbacks()) {
        String deliveryId = event.id().deliveryId(postbackId);
        callbacks.add(
            new CallbackAnswer(
                deliveryId, postbackId, state(rows, deliveryId, DeliveryState.PENDING).word()));
      }
      for (Delivery row : entry.deliveries()) {
        String postbackId = row.callback().postbackId();
        if (!event.sends(postbackId) && !event.holds(postbackId)) {
          callbacks.add(new CallbackAnswer(row.id(), postbackId, row.state().word()));
        }
      }
      return callbacks;
    }

    private static SkippedAnswer skipped(
        ConversionEvent event, Skipped skipped, Map<String, Delivery> rows) {
      SkippedAnswer answer = SkippedAnswer.of(event, skipped);
      String deliveryId = answer.deliveryId();
      return deliveryId == null
          ? answer
          : answer.withState(state(rows, deliveryId, DeliveryState.HELD));
    }

    private static DeliveryState state(
        Map<String, Delivery> rows, String deliveryId, DeliveryState withoutRow) {
      Delivery row = rows.get(deliveryId);
      return row == null ? withoutRow : row.state();
    }
  }

  public record Ids(String eventId, String conversionId, String offerId) {
    static Ids of(ConversionEvent event) {
      return new Ids(
          event.id().value(), event.conversion().conversionId(), event.conversion().offerId());
    }
  }

  public record Values(
      String status,
      String goal,
      int revision,
      @Nullable String refId,
      @Nullable String sum,
      @Nullable String currency) {
    static Values of(ConversionEvent event) {
      Conversion conversion = event.conversion();
      Map<String, String> fields = conversion.fields().byName();
      return new Values(
          conversion.status().word(),
          conversion.goal(),
          conversion.revision(),
          fields.get("ref_id"),
          fields.get("sum"),
          fields.get("currency"));
    }
  }

  public record CallbackAnswer(String deliveryId, String postbackId, String state) {}

  public static OutcomeAnswer of(List<EventHistory.Entry> events, @Nullable String next) {
    return new OutcomeAnswer(
        events.stream()
            .sorted(Comparator.comparing(entry -> entry.event().id().value()))
            .map(EventAnswer::of)
            .toList(),
        next);
  }
}
