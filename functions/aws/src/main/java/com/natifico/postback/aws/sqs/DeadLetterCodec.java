package com.natifico.postback.aws.sqs;

import com.fasterxml.jackson.core.JsonGenerator;
import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.AttemptHistory;
import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.DeliveryStatus;
import com.natifico.postback.delivery.FailedReason;
import com.natifico.postback.delivery.Lease;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.SendReason;
import com.natifico.postback.delivery.UnsentReason;
import com.natifico.postback.delivery.WebhookId;
import com.natifico.postback.rule.Meaning;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failed delivery as JSON: all its fields and attempts, named as in the HTTP contract, and
 * everything needed to send it again. It is also a callback message, see {@link
 * CallbackMessageCodec#decode}.
 */
public final class DeadLetterCodec {
  private DeadLetterCodec() {}

  public static String encode(Delivery delivery) {
    StringWriter json = new StringWriter(2048);
    try (JsonGenerator out = FlatObject.FACTORY.createGenerator(json)) {
      out.writeStartObject();
      write(out, delivery);
      out.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be written", e);
    }
    return json.toString();
  }

  private static void write(JsonGenerator out, Delivery delivery) throws IOException {
    String createdAt = delivery.callback().createdAt().toString();
    CallbackMessageCodec.writeFormat(out, delivery.callback());
    CallbackMessageCodec.writeCallback(out, delivery.callback());
    out.writeNumberField("attempt", delivery.history().count() + 1);
    out.writeStringField("due_at", createdAt);
    out.writeStringField("sent_at", createdAt);
    out.writeStringField("event_id", delivery.callback().eventId());
    out.writeStringField("created_at", createdAt);
    out.writeStringField("state", delivery.state().word());
    UnsentReason reason = delivery.reason();
    CallbackMessageCodec.writeUnlessNull(out, "reason", reason == null ? null : reason.word());
    FailedReason failedReason = delivery.failedReason();
    CallbackMessageCodec.writeUnlessNull(
        out, "failed_reason", failedReason == null ? null : failedReason.word());
    out.writeArrayFieldStart("attempts");
    for (Attempt attempt : delivery.attempts()) {
      out.writeStartObject();
      write(out, attempt);
      out.writeEndObject();
    }
    out.writeEndArray();
    if (delivery.history().omitted() > 0) {
      out.writeNumberField("attempt_count", delivery.history().count());
    }
    writeUnlessNull(out, "next_attempt_at", delivery.nextAttemptAt());
    writeUnlessNull(out, "leased_until", delivery.leasedUntil());
    CallbackMessageCodec.writeUnlessNull(out, "recorded_by", delivery.recordedBy());
    out.writeNumberField("schedule_start", delivery.history().scheduleStart());
    out.writeNumberField("revision", delivery.revision());
  }

  private static void write(JsonGenerator out, Attempt attempt) throws IOException {
    out.writeNumberField("number", attempt.number());
    out.writeStringField("at", attempt.at().toString());
    write(out, attempt.result());
    CallbackMessageCodec.writeUnlessNull(out, "webhook_id", attempt.forcedWebhookId());
  }

  static void write(JsonGenerator out, AttemptResult result) throws IOException {
    Attempt.Latency latency = result.latency();
    out.writeStringField("outcome", result.outcome().word());
    writeUnlessNull(out, "http_status", result.httpStatus());
    out.writeNumberField("latency_ms", latency.totalMs());
    writeUnlessNull(out, "dns_ms", latency.dnsMs());
    writeUnlessNull(out, "connect_ms", latency.connectMs());
    writeUnlessNull(out, "tls_ms", latency.tlsMs());
    writeUnlessNull(out, "first_byte_ms", latency.firstByteMs());
    CallbackMessageCodec.writeUnlessNull(out, "response_snippet", result.responseSnippet());
    CallbackMessageCodec.writeUnlessNull(out, "error", result.error());
    CallbackMessageCodec.writeUnlessNull(out, "note", result.note());
    Meaning meaning = result.meaning();
    CallbackMessageCodec.writeUnlessNull(out, "meaning", meaning == null ? null : meaning.word());
  }

  private static void writeUnlessNull(JsonGenerator out, String name, @Nullable Integer value)
      throws IOException {
    if (value != null) {
      out.writeNumberField(name, value);
    }
  }

  static void writeUnlessNull(JsonGenerator out, String name, @Nullable Instant value)
      throws IOException {
    CallbackMessageCodec.writeUnlessNull(out, name, value == null ? null : value.toString());
  }

  /**
   * @throws IllegalArgumentException if the text is not a dead-letter message; the exception quotes
   *     nothing of it
   */
  public static Delivery decode(String json) {
    FlatObject letter = FlatObject.parse(json);
    CallbackMessageCodec.checkFormat(letter);
    return new Delivery(
        CallbackMessageCodec.readCallback(letter),
        DeliveryStatus.stored(
            DeliveryState.of(letter.text("state")),
            letter.instantOrNull("next_attempt_at"),
            letter.textOrNull("recorded_by"),
            letter.textOrNull("reason"),
            null),
        readHistory(letter),
        Lease.stored(letter.instantOrNull("leased_until")),
        letter.number("revision"));
  }

  /** Without what only the row needs: a redriven message is resent as its row says. */
  private static AttemptHistory readHistory(FlatObject letter) {
    List<Attempt> attempts =
        letter.list("attempts").stream().map(DeadLetterCodec::readAttempt).toList();
    Integer count = letter.numberOrNull("attempt_count");
    return new AttemptHistory(
        attempts,
        count == null ? attempts.size() : count,
        letter.number("schedule_start"),
        SendReason.USUAL,
        new WebhookId.OfDelivery());
  }

  private static Attempt readAttempt(FlatObject attempt) {
    return new Attempt(
        attempt.number("number"),
        attempt.instant("at"),
        readResult(attempt),
        attempt.textOrNull("webhook_id"));
  }

  static AttemptResult readResult(FlatObject attempt) {
    return new AttemptResult(
        Outcome.of(attempt.text("outcome")),
        attempt.numberOrNull("http_status"),
        new Attempt.Latency(
            attempt.numberOrNull("dns_ms"),
            attempt.numberOrNull("connect_ms"),
            attempt.numberOrNull("tls_ms"),
            attempt.numberOrNull("first_byte_ms"),
            attempt.number("latency_ms")),
        attempt.textOrNull("response_snippet"),
        attempt.textOrNull("error"),
        attempt.textOrNull("note"),
        readMeaning(attempt));
  }

  private static @Nullable Meaning readMeaning(FlatObject attempt) {
    String word = attempt.textOrNull("meaning");
    return word == null ? null : Meaning.of(word);
  }
}
