package com.natifico.postback.aws.sqs;

import com.fasterxml.jackson.core.JsonGenerator;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.Deferral;
import com.natifico.postback.delivery.Lease;
import com.natifico.postback.delivery.MadeAttempt;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Callback messages as JSON, with the names of the HTTP contract, so that a person who inspects a
 * queue can read them.
 *
 * <p>A field may only be added to a format if older readers can ignore it; any other change needs a
 * new format. While functions are being replaced, the queue holds messages of both versions.
 */
public final class CallbackMessageCodec {
  static final int FORMAT = 1;

  /**
   * The format of messages that ask to record an attempt that was already made; a reader of format
   * 1 would repeat the attempt.
   */
  private static final int FORMAT_OF_RECORDS = 2;

  private CallbackMessageCodec() {}

  public static String encode(CallbackMessage message) {
    StringWriter json = new StringWriter(512);
    try (JsonGenerator out = FlatObject.FACTORY.createGenerator(json)) {
      out.writeStartObject();
      // TableClient documents why this is not a switch.
      if (message.task() instanceof CallbackMessage.Task.Store(MadeAttempt made)) {
        writeFormat(out, FORMAT_OF_RECORDS);
        writeMessage(out, message);
        out.writeObjectFieldStart("made");
        writeMade(out, made);
        out.writeEndObject();
      } else if (message.task() instanceof CallbackMessage.Task.Send send) {
        writeFormat(out, FORMAT);
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
    if (made != null && message.number("v") == FORMAT_OF_RECORDS) {
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
      if (deferral.cause() == Deferral.Cause.EGRESS) {
        out.writeStringField("put_off_by", "egress");
      }
    }
  }

  private static @Nullable Deferral readDeferral(FlatObject message) {
    Instant since = message.instantOrNull("put_off_since");
    boolean egress = "egress".equals(message.textOrNull("put_off_by"));
    return since == null
        ? null
        : new Deferral(since, egress ? Deferral.Cause.EGRESS : Deferral.Cause.ENDPOINT);
  }

  /** Only a dead-letter message has the state of its delivery. */
  private static boolean isDeadLetter(FlatObject message) {
    return message.textOrNull("state") != null;
  }

  static void writeFormat(JsonGenerator out, int format) throws IOException {
    out.writeNumberField("v", format);
  }

  static void checkFormat(FlatObject message) {
    if (message.number("v") != FORMAT) {
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
    out.writeStringField("method", request.method().name());
    out.writeStringField("url", request.url());
    writeUnlessNull(out, "body", request.body());
    writeUnlessNull(out, "content_type", request.contentType());
  }

  static Callback readCallback(FlatObject message) {
    return new Callback(
        message.text("delivery_id"),
        message.text("postback_id"),
        new ReportedEvent(
            message.text("affiliate_id"),
            message.text("offer_id"),
            message.text("conversion_id"),
            ConversionStatus.of(message.text("conversion_status")),
            message.flag("test")),
        new CallbackRequest(
            HttpMethod.of(message.text("method")),
            message.text("url"),
            message.textOrNull("body"),
            message.textOrNull("content_type")));
  }

  static void writeUnlessNull(JsonGenerator out, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      out.writeStringField(name, value);
    }
  }
}
