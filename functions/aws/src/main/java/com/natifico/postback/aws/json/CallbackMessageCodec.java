package com.natifico.postback.aws.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Callback messages as JSON, with the names of the HTTP contract, so that whoever looks into a
 * queue can read them.
 *
 * <p>Format 1. What is added later must be something that a reader can do without; what is not
 * makes a new format. While functions are being replaced, both kinds are on the queue.
 */
public final class CallbackMessageCodec {
  private static final int FORMAT = 1;

  private CallbackMessageCodec() {}

  public static String encode(CallbackMessage message) {
    StringWriter json = new StringWriter(512);
    try (JsonGenerator out = FlatObject.FACTORY.createGenerator(json)) {
      out.writeStartObject();
      writeFormat(out);
      writeCallback(out, message.callback());
      out.writeNumberField("attempt", message.attempt());
      out.writeStringField("due_at", message.dueAt().toString());
      out.writeStringField("sent_at", message.sentAt().toString());
      if (message.redrive()) {
        out.writeBooleanField("redrive", true);
      }
      Instant deferredSince = message.deferredSince();
      writeUnlessNull(
          out, "put_off_since", deferredSince == null ? null : deferredSince.toString());
      out.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be written", e);
    }
    return json.toString();
  }

  /**
   * Understands {@link DeadLetterCodec}'s letters too: moved to a callback queue, they are redrives
   * that ask for the attempt behind their last one.
   *
   * @throws IllegalArgumentException if it is no callback message; nothing of it is quoted
   */
  public static CallbackMessage decode(String json) {
    FlatObject message = FlatObject.parse(json);
    checkFormat(message);
    return new CallbackMessage(
        readCallback(message),
        message.number("attempt"),
        message.instant("due_at"),
        message.instant("sent_at"),
        message.flag("redrive") || isDeadLetter(message),
        message.instantOrNull("put_off_since"));
  }

  /** Of the two, only a letter tells the state of its delivery. */
  private static boolean isDeadLetter(FlatObject message) {
    return message.textOrNull("state") != null;
  }

  static void writeFormat(JsonGenerator out) throws IOException {
    out.writeNumberField("v", FORMAT);
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
            message.word("conversion_status", ConversionStatus::of),
            message.flag("test")),
        new CallbackRequest(
            message.word("method", CallbackMessageCodec::method),
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

  private static @Nullable HttpMethod method(String word) {
    return switch (word) {
      case "GET" -> HttpMethod.GET;
      case "POST" -> HttpMethod.POST;
      default -> null;
    };
  }
}
