package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.FailedReason;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.delivery.UnsentReason;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.rule.Meaning;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A delivery. */
public record DeliveryAnswer(
    @JsonUnwrapped Ids ids,
    @JsonUnwrapped EventAnswer event,
    String state,
    @JsonUnwrapped RequestAnswer request,
    @JsonUnwrapped Progress progress) {

  public record Ids(
      String deliveryId,
      String affiliateId,
      String offerId,
      String postbackId,
      String conversionId,
      String eventId) {}

  public record EventAnswer(
      String conversionStatus,
      @Nullable String goal,
      @Nullable String refId,
      @Nullable String sum,
      @Nullable String currency,
      int revision,
      boolean test) {
    static EventAnswer of(ReportedEvent event) {
      ReportedEvent.Values values = event.values();
      return new EventAnswer(
          event.status().word(),
          values.goal(),
          values.refId(),
          values.sum(),
          values.currency(),
          values.revision(),
          event.test());
    }
  }

  /**
   * @param headers those of the postback
   * @param truncated true if URL or body are cut; otherwise left out
   */
  public record RequestAnswer(
      String method,
      String url,
      @Nullable String body,
      Map<String, String> headers,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean truncated) {
    /**
     * @param maxText the limit of URL and of body, in characters
     */
    static RequestAnswer of(CallbackRequest request, int maxText) {
      String url = request.url();
      String body = request.body();
      boolean truncated = url.length() > maxText || (body != null && body.length() > maxText);
      return new RequestAnswer(
          request.method().name(),
          cut(url, maxText),
          body == null ? null : cut(body, maxText),
          request.headers().byName(),
          truncated ? true : null);
    }

    private static String cut(String text, int maxText) {
      return text.length() <= maxText ? text : text.substring(0, maxText);
    }
  }

  /**
   * @param attemptsOmitted how many attempts are counted and no longer kept; left out if none is
   * @param reason left out unless the delivery failed or is held for one
   * @param failedReason null unless the delivery failed
   * @param supersededBy the newer event that had been attempted; null unless superseded
   */
  public record Progress(
      List<AttemptAnswer> attempts,
      @Nullable Instant nextAttemptAt,
      Instant createdAt,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer attemptsOmitted,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
      @Nullable String failedReason,
      @Nullable String supersededBy) {}

  /**
   * @param webhookId the request's {@code webhook-id} after a forced resend; otherwise left out,
   *     because it is the delivery's id
   */
  public record AttemptAnswer(
      int number,
      Instant at,
      String outcome,
      @Nullable Integer httpStatus,
      @JsonUnwrapped TimeAnswer time,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String webhookId,
      @JsonUnwrapped ResponseAnswer response) {
    static AttemptAnswer of(Attempt attempt) {
      AttemptResult result = attempt.result();
      Attempt.Latency latency = attempt.latency();
      return new AttemptAnswer(
          attempt.number(),
          attempt.at(),
          attempt.outcome().word(),
          attempt.httpStatus(),
          new TimeAnswer(
              latency.totalMs(),
              new LatencyAnswer(
                  latency.dnsMs(),
                  latency.connectMs(),
                  latency.tlsMs(),
                  latency.firstByteMs(),
                  latency.totalMs())),
          attempt.forcedWebhookId(),
          ResponseAnswer.of(result));
    }
  }

  public record TimeAnswer(int latencyMs, LatencyAnswer latency) {}

  /**
   * A stage that was not reached, or that a kept-alive connection made unnecessary, is left out.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LatencyAnswer(
      @Nullable Integer dnsMs,
      @Nullable Integer connectMs,
      @Nullable Integer tlsMs,
      @Nullable Integer firstByteMs,
      int totalMs) {}

  public record ResponseAnswer(
      @Nullable String responseSnippet,
      @Nullable String error,
      @Nullable String note,
      @Nullable String meaning) {
    static ResponseAnswer of(AttemptResult result) {
      Meaning meaning = result.meaning();
      return new ResponseAnswer(
          result.responseSnippet(),
          result.error(),
          result.note(),
          meaning == null ? null : meaning.word());
    }
  }

  public static DeliveryAnswer of(Delivery delivery) {
    return of(delivery, Integer.MAX_VALUE);
  }

  /**
   * @param maxText the limit of the request's URL and of its body, in characters
   */
  static DeliveryAnswer of(Delivery delivery, int maxText) {
    Callback callback = delivery.callback();
    int omitted = delivery.history().omitted();
    UnsentReason reason = delivery.reason();
    FailedReason failedReason = delivery.failedReason();
    return new DeliveryAnswer(
        new Ids(
            callback.deliveryId(),
            callback.affiliateId(),
            callback.offerId(),
            callback.postbackId(),
            callback.conversionId(),
            callback.eventId()),
        EventAnswer.of(callback.event()),
        delivery.state().word(),
        RequestAnswer.of(callback.request(), maxText),
        new Progress(
            delivery.attempts().stream().map(AttemptAnswer::of).toList(),
            delivery.nextAttemptAt(),
            callback.createdAt(),
            omitted == 0 ? null : omitted,
            reason == null ? null : reason.word(),
            failedReason == null ? null : failedReason.word(),
            delivery.supersededBy()));
  }
}
