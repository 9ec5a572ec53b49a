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

/** Batches of a queue, and which of their messages come back. Message attributes, of which ours
 * have none, are left out. */
final class SqsEvents {
  private SqsEvents() {}

  static SQSEvent read(JsonParser parser) throws IOException {
    SQSEvent event = new SQSEvent();
    Json.members(
        parser,
        (name, value) -> {
          if (name.equals("Records") && value.currentToken() == JsonToken.START_ARRAY) {
            event.setRecords(messages(value));
          } else {
            value.skipChildren();
          }
        });
    return event;
  }

  private static List<SQSMessage> messages(JsonParser parser) throws IOException {
    List<SQSMessage> messages = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      SQSMessage message = new SQSMessage();
      Json.members(
          parser,
          (name, value) -> {
            switch (name) {
              case "messageId" -> message.setMessageId(Json.text(value));
              case "receiptHandle" -> message.setReceiptHandle(Json.text(value));
              case "body" -> message.setBody(Json.text(value));
              case "md5OfBody" -> message.setMd5OfBody(Json.text(value));
              case "md5OfMessageAttributes" ->
                  message.setMd5OfMessageAttributes(Json.text(value));
              case "eventSourceARN" -> message.setEventSourceArn(Json.text(value));
              case "eventSource" -> message.setEventSource(Json.text(value));
              case "awsRegion" -> message.setAwsRegion(Json.text(value));
              case "attributes" -> message.setAttributes(Json.textsByName(value));
              default -> value.skipChildren();
            }
          });
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
