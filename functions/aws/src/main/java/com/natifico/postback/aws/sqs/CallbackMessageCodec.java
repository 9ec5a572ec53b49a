package com.natifico.postback.aws.sqs;

import com.fasterxml.jackson.core.JsonGenerator;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.Deferral;
import com.natifico.postback.delivery.Lease;
import com.natifico.postback.delivery.MadeAttempt;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.RequestHeaders;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Callback messages as JSON, with the names of the HTTP contract, so that a person who inspects a
 * queue can read them.
 *
 * <p>A field may only be added to a format if older readers can ignore it; any other change needs a
 * new format. While functions are being replaced, the queue holds messages of both versions.
 */
public final class CallbackMessageCodec {
  private static final int FORMAT = 1;

  /**
   * The format of messages that ask to record an attempt that was already made; a reader of format
   * 1 would repeat the attempt.
   */
  private static final int FORMAT_OF_RECORDS = 2;

  /**
   * The format of messages, of either task, whose request has headers of the postback; a reader of
   * the other formats would send or store the request without them.
   */
  private static final int FORMAT_WITH_HEADERS = 3;

  /**
   * The format of messages, of either task, whose request has placeholders of secrets; a reader of
   * the other formats would send them as they are.
   */
  private static final int FORMAT_WITH_SECRETS = 4;

  private CallbackMessageCodec() {}

  public static String encode(CallbackMessage message) {
    StringWriter json = new StringWriter(512);
    try (JsonGenerator out = FlatObject.FACTORY.createGenerator(json)) {
      out.writeStartObject();
      // TableClient documents why this is not a switch.
      if (message.task() instanceof CallbackMessage.Task.Store(MadeAttempt made)) {
        writeFormat(out, message.callback(), FORMAT_OF_RECORDS);
        writeMessage(out, message);
        out.writeObjectFieldStart("made");
        writeMade(out, made);
        out.writeEndObject();
      } else if (message.task() instanceof CallbackMessage.Task.Send send) {
        writeFormat(out, message.callback());
        writeMessage(out, message);
        if (send.redrive()) {
          out.writeBooleanField("redrive", true);
        }
        writeDeferral(out, send.deferral());
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be written", e);
    }
    return json.toString();
  }

  private static void writeMessage(JsonGenerator out, CallbackMessage message) throws IOException {
    writeCallback(out, message.callback());
    out.writeNumberField("attempt", message.attempt());
    out.writeStringField("due_at", message.dueAt().toString());
    out.writeStringField("sent_at", message.sentAt().toString());
    DeadLetterCodec.writeUnlessNull(out, "refused_since", message.refusedSince());
  }

  private static void writeMade(JsonGenerator out, MadeAttempt made) throws IOException {
    out.writeStringField("at", made.at().toString());
    out.writeStringField("ended_at", made.endedAt().toString());
    DeadLetterCodec.write(out, made.exchange().result());
    writeUnlessNull(out, "retry_after", made.exchange().retryAfter());
    writeUnlessNull(out, "webhook_id", made.forcedWebhookId());
    if (made.egressDown()) {
      out.writeBooleanField("egress_down", true);
    }
    DeadLetterCodec.writeUnlessNull(
        out, "leased_until", made.lease() == null ? null : made.lease().until());
  }

  private static MadeAttempt readMade(FlatObject made) {
    return new MadeAttempt(
        made.instant("at"),
        made.instant("ended_at"),
        new Transport.Exchange(DeadLetterCodec.readResult(made), made.textOrNull("retry_after")),
        made.textOrNull("webhook_id"),
        Lease.stored(made.instantOrNull("leased_until")),
        made.flag("egress_down"));
  }

  /**
   * Reads the messages of {@link DeadLetterCodec} too: moved to a callback queue, they are redrives
   * that ask for the next attempt.
   *
   * @throws IllegalArgumentException if the text is not a callback message; the exception quotes
   *     nothing of it
   */
  public static CallbackMessage decode(String json) {
    FlatObject message = FlatObject.parse(json);
    return new CallbackMessage(
        readCallback(message),
        message.number("attempt"),
        message.instant("due_at"),
        message.instant("sent_at"),
        message.instantOrNull("refused_since"),
        readTask(message));
  }

  private static CallbackMessage.Task readTask(FlatObject message) {
    FlatObject made = message.objectOrNull("made");
    int format = message.number("v");
    if (made != null && format > FORMAT && format <= FORMAT_WITH_SECRETS) {
      return new CallbackMessage.Task.Store(readMade(made));
    }
    checkFormat(message);
    return new CallbackMessage.Task.Send(
        message.flag("redrive") || isDeadLetter(message), readDeferral(message));
  }

  private static void writeDeferral(JsonGenerator out, @Nullable Deferral deferral)
      throws IOException {
    if (deferral != null) {
      out.writeStringField("put_off_since", deferral.since().toString());
      String cause = word(deferral.cause());
      writeUnlessNull(out, "put_off_by", cause);
    }
  }

  private static @Nullable Deferral readDeferral(FlatObject message) {
    Instant since = message.instantOrNull("put_off_since");
    String word = message.textOrNull("put_off_by");
    Deferral.Cause cause =
        switch (word) {
          case "egress" -> Deferral.Cause.EGRESS;
          case "pace" -> Deferral.Cause.PACE;
          case null, default -> Deferral.Cause.ENDPOINT;
        };
    return since == null ? null : new Deferral(since, cause);
  }

  /** A reader of an earlier version takes an unknown word for null. */
  private static @Nullable String word(Deferral.Cause cause) {
    return switch (cause) {
      case ENDPOINT -> null;
      case EGRESS -> "egress";
      case PACE -> "pace";
    };
  }

  /** Only a dead-letter message has the state of its delivery. */
  private static boolean isDeadLetter(FlatObject message) {
    return message.textOrNull("state") != null;
  }

  /** Writes the format of a message that asks for an attempt. */
  static void writeFormat(JsonGenerator out, Callback callback) throws IOException {
    writeFormat(out, callback, FORMAT);
  }

  /**
   * @param usual the format without headers and secrets
   */
  private static void writeFormat(JsonGenerator out, Callback callback, int usual)
      throws IOException {
    CallbackRequest request = callback.request();
    int format = request.headers().isEmpty() ? usual : FORMAT_WITH_HEADERS;
    out.writeNumberField("v", request.secrets().isEmpty() ? format : FORMAT_WITH_SECRETS);
  }

  static void checkFormat(FlatObject message) {
    int format = message.number("v");
    if (format != FORMAT && format != FORMAT_WITH_HEADERS && format != FORMAT_WITH_SECRETS) {
      throw new IllegalArgumentException("a message of an unknown format");
    }
  }

  static void writeCallback(JsonGenerator out, Callback callback) throws IOException {
    CallbackRequest request = callback.request();
    out.writeStringField("delivery_id", callback.deliveryId());
    out.writeStringField("affiliate_id", callback.affiliateId());
    out.writeStringField("offer_id", callback.offerId());
    out.writeStringField("postback_id", callback.postbackId());
    out.writeStringField("conversion_id", callback.conversionId());
    out.writeStringField("conversion_status", callback.conversionStatus().word());
    if (callback.test()) {
      out.writeBooleanField("test", true);
    }
    ReportedEvent.Values values = callback.event().values();
    writeUnlessNull(out, "goal", values.goal());
    writeUnlessNull(out, "ref_id", values.refId());
    writeUnlessNull(out, "sum", values.sum());
    writeUnlessNull(out, "currency", values.currency());
    if (values.revision() != EventIdentity.FIRST_REVISION) {
      out.writeNumberField("event_revision", values.revision());
    }
    Instant occurredAt = callback.event().occurredAt();
    if (occurredAt != null) {
      out.writeStringField("occurred_at", occurredAt.toString());
    }
    out.writeStringField("method", request.method().name());
    out.writeStringField("url", request.url());
    writeUnlessNull(out, "body", request.body());
    writeUnlessNull(out, "content_type", request.contentType());
    writeHeaders(out, request.headers());
    if (!request.secrets().isEmpty()) {
      // In one text, because this format has no lists of texts.
      out.writeStringField("secrets", String.join(",", request.secrets()));
    }
  }

  private static List<String> readSecrets(FlatObject message) {
    String names = message.textOrNull("secrets");
    return names == null ? List.of() : List.of(names.split(",", -1));
  }

  private static void writeHeaders(JsonGenerator out, RequestHeaders headers) throws IOException {
    if (headers.isEmpty()) {
      return;
    }
    out.writeObjectFieldStart("headers");
    for (Map.Entry<String, String> header : headers.byName().entrySet()) {
      out.writeStringField(header.getKey(), header.getValue());
    }
    out.writeEndObject();
  }

  private static RequestHeaders readHeaders(FlatObject message) {
    FlatObject headers = message.objectOrNull("headers");
    return headers == null ? RequestHeaders.NONE : new RequestHeaders(headers.scalars());
  }

  static Callback readCallback(FlatObject message) {
    String occurredAt = message.textOrNull("occurred_at");
    return new Callback(
        message.text("delivery_id"),
        message.text("postback_id"),
        new ReportedEvent(
            message.text("affiliate_id"),
            message.text("offer_id"),
            message.text("conversion_id"),
            ConversionStatus.of(message.text("conversion_status")),
            message.flag("test"),
            new ReportedEvent.Values(
                message.textOrNull("goal"),
                message.textOrNull("ref_id"),
                message.textOrNull("sum"),
                message.textOrNull("currency"),
                Objects.requireNonNullElse(
                    message.numberOrNull("event_revision"), EventIdentity.FIRST_REVISION)),
            occurredAt == null ? null : Instant.parse(occurredAt)),
        new CallbackRequest(
            HttpMethod.of(message.text("method")),
            message.text("url"),
            message.textOrNull("body"),
            message.textOrNull("content_type"),
            readHeaders(message),
            readSecrets(message)));
  }

  static void writeUnlessNull(JsonGenerator out, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      out.writeStringField(name, value);
    }
  }
}
