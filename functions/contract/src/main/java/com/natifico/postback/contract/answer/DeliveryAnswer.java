package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.UnsentReason;
import com.natifico.postback.postback.CallbackRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A delivery. */
public record DeliveryAnswer(
    @JsonUnwrapped Ids ids,
    String conversionStatus,
    boolean test,
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

  public record RequestAnswer(String method, String url, @Nullable String body) {}

  /**
   * @param attemptsOmitted how many attempts are counted and no longer kept; left out if none is
   * @param reason left out unless the delivery failed or is held for one
   */
  public record Progress(
      List<AttemptAnswer> attempts,
      @Nullable Instant nextAttemptAt,
      Instant createdAt,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer attemptsOmitted,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason) {}

  public record AttemptAnswer(
      int number,
      Instant at,
      String outcome,
      @Nullable Integer httpStatus,
      int latencyMs,
      LatencyAnswer latency,
      @JsonUnwrapped ResponseAnswer response) {
    static AttemptAnswer of(Attempt attempt) {
      AttemptResult result = attempt.result();
      Attempt.Latency latency = attempt.latency();
      return new AttemptAnswer(
          attempt.number(),
          attempt.at(),
          attempt.outcome().word(),
          attempt.httpStatus(),
          latency.totalMs(),
          new LatencyAnswer(
              latency.dnsMs(),
              latency.connectMs(),
              latency.tlsMs(),
              latency.firstByteMs(),
              latency.totalMs()),
          new ResponseAnswer(result.responseSnippet(), result.error(), result.note()));
    }
  }

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
      @Nullable String responseSnippet, @Nullable String error, @Nullable String note) {}

  public static DeliveryAnswer of(Delivery delivery) {
    Callback callback = delivery.callback();
    CallbackRequest request = callback.request();
    int omitted = delivery.history().omitted();
    UnsentReason reason = delivery.reason();
    return new DeliveryAnswer(
        new Ids(
            callback.deliveryId(),
            callback.affiliateId(),
            callback.offerId(),
            callback.postbackId(),
            callback.conversionId(),
            callback.eventId()),
        callback.conversionStatus().word(),
        callback.test(),
        delivery.state().word(),
        new RequestAnswer(request.method().name(), request.url(), request.body()),
        new Progress(
            delivery.attempts().stream().map(AttemptAnswer::of).toList(),
            delivery.nextAttemptAt(),
            callback.createdAt(),
            omitted == 0 ? null : omitted,
            reason == null ? null : reason.word()));
  }
}
