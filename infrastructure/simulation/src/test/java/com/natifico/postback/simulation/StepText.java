package com.natifico.postback.simulation;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.natifico.postback.Page;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.delivery.WakeUps;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.Postback;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Formats steps for the trace. */
final class StepText {
  private StepText() {}

  static String of(Step step, @Nullable Object result) {
    String arguments =
        step.arguments().stream().map(StepText::value).collect(Collectors.joining(", "));
    return step.name() + "(" + arguments + ") -> " + value(result);
  }

  private static String value(@Nullable Object value) {
    return switch (value) {
      case null -> "-";
      case Delivery row ->
          "%s r%d %s, %d attempts%s%s"
              .formatted(
                  row.id(),
                  row.revision(),
                  row.state().word(),
                  row.attempts().size(),
                  row.nextAttemptAt() == null ? "" : ", next at " + row.nextAttemptAt(),
                  row.leasedUntil() == null ? "" : ", leased until " + row.leasedUntil());
      case CallbackMessage message ->
          "%s attempt %d due %s%s"
              .formatted(
                  message.callback().deliveryId(),
                  message.attempt(),
                  message.dueAt(),
                  message.task().equals(CallbackMessage.Task.Send.USUAL)
                      ? ""
                      : ", " + message.task());
      case ConversionEvent event -> event.id().value() + " to " + event.callbacks();
      case Postback postback ->
          "%s v%d %s"
              .formatted(postback.postbackId(), postback.version(), postback.status().word());
      case CallbackRequest request -> request.method() + " " + request.url();
      case APIGatewayV2HTTPResponse response -> response.getStatusCode() + " " + response.getBody();
      case AtomicReference<?> _ -> "the caller";
      case Transport.Answer(Transport.Exchange exchange, String body) ->
          exchange.outcome().word()
              + (exchange.httpStatus() == null ? "" : " " + exchange.httpStatus())
              + (body.isEmpty() ? "" : ", " + body);
      case WakeUps.Range range -> range.after() + " to " + range.until();
      case DeliveryFilter filter -> all(filter.states().stream().sorted().toList());
      case Page<?> page -> all(page.items());
      case Optional<?> optional -> value(optional.orElse(null));
      case Map<?, ?> map -> map.containsKey("webhook-id") ? "..." : sorted(map.values());
      case Set<?> set -> sorted(set);
      case Collection<?> all -> all(all);
      default -> value.toString();
    };
  }

  /** The order of sets and maps differs between processes. */
  private static String sorted(Collection<?> values) {
    return values.stream()
        .map(StepText::value)
        .sorted()
        .collect(Collectors.joining("; ", "[", "]"));
  }

  private static String all(Collection<?> values) {
    return values.stream().map(StepText::value).collect(Collectors.joining("; ", "[", "]"));
  }
}
