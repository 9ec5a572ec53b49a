package com.natifico.postback.contract.answer;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.Skipped;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import java.util.List;
import java.util.Map;

/** What became of a conversion: each of its events, with its callbacks and what it skipped. */
public record OutcomeAnswer(List<EventAnswer> events) {

  public record EventAnswer(
      String eventId,
      String status,
      String goal,
      List<CallbackAnswer> callbacks,
      List<SkippedAnswer> skipped) {}

  public record CallbackAnswer(String deliveryId, String postbackId, String state) {}

  /**
   * @param rows the deliveries of these events that have a row, by delivery id
   */
  public static OutcomeAnswer of(List<ConversionEvent> events, Map<String, Delivery> rows) {
    return new OutcomeAnswer(events.stream().map(event -> of(event, rows)).toList());
  }

  private static EventAnswer of(ConversionEvent event, Map<String, Delivery> rows) {
    return new EventAnswer(
        event.id().value(),
        event.conversion().status().word(),
        event.conversion().goal(),
        event.callbacks().stream()
            .map(
                postbackId -> {
                  String deliveryId = event.id().deliveryId(postbackId);
                  return new CallbackAnswer(
                      deliveryId,
                      postbackId,
                      state(rows, deliveryId, DeliveryState.PENDING).word());
                })
            .toList(),
        event.skipped().stream().map(skipped -> of(event, skipped, rows)).toList());
  }

  private static SkippedAnswer of(
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
