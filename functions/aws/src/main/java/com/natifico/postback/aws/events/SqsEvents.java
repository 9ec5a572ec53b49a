package com.natifico.postback.aws.events;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches of a queue, and which of their messages come back. Message attributes, of which ours have
 * none, are left out.
 */
final class SqsEvents {
  private SqsEvents() {}

  static SQSEvent read(JsonParser parser) throws IOException {
    SQSEvent event = new SQSEvent();
    for (String name = Json.first(parser); name != null; name = Json.next(parser)) {
      if (name.equals("Records") && parser.currentToken() == JsonToken.START_ARRAY) {
        event.setRecords(messages(parser));
      } else {
        parser.skipChildren();
      }
    }
    return event;
  }

  private static List<SQSMessage> messages(JsonParser parser) throws IOException {
    List<SQSMessage> messages = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      SQSMessage message = new SQSMessage();
      for (String name = Json.first(parser); name != null; name = Json.next(parser)) {
        switch (name) {
          case "messageId" -> message.setMessageId(Json.text(parser));
          case "receiptHandle" -> message.setReceiptHandle(Json.text(parser));
          case "body" -> message.setBody(Json.text(parser));
          case "md5OfBody" -> message.setMd5OfBody(Json.text(parser));
          case "md5OfMessageAttributes" -> message.setMd5OfMessageAttributes(Json.text(parser));
          case "eventSourceARN" -> message.setEventSourceArn(Json.text(parser));
          case "eventSource" -> message.setEventSource(Json.text(parser));
          case "awsRegion" -> message.setAwsRegion(Json.text(parser));
          case "attributes" -> message.setAttributes(Json.textsByName(parser));
          default -> parser.skipChildren();
        }
      }
      messages.add(message);
    }
    return messages;
  }

  static void write(JsonGenerator out, SQSBatchResponse response) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("batchItemFailures");
    for (SQSBatchResponse.BatchItemFailure failure : response.getBatchItemFailures()) {
      out.writeStartObject();
      out.writeStringField("itemIdentifier", failure.getItemIdentifier());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
