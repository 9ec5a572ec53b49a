package com.natifico.postback.aws.lambda;

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
 * Batches of a queue, and the messages that return to the queue. Message attributes, which our
 * messages do not have, are omitted.
 */
final class SqsEvents {
  private SqsEvents() {}

  static SQSEvent read(JsonParser parser) throws IOException {
    SQSEvent event = new SQSEvent();
    for (String name = LambdaJson.first(parser); name != null; name = LambdaJson.next(parser)) {
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
      for (String name = LambdaJson.first(parser); name != null; name = LambdaJson.next(parser)) {
        switch (name) {
          case "messageId" -> message.setMessageId(LambdaJson.text(parser));
          case "receiptHandle" -> message.setReceiptHandle(LambdaJson.text(parser));
          case "body" -> message.setBody(LambdaJson.text(parser));
          case "md5OfBody" -> message.setMd5OfBody(LambdaJson.text(parser));
          case "md5OfMessageAttributes" ->
              message.setMd5OfMessageAttributes(LambdaJson.text(parser));
          case "eventSourceARN" -> message.setEventSourceArn(LambdaJson.text(parser));
          case "eventSource" -> message.setEventSource(LambdaJson.text(parser));
          case "awsRegion" -> message.setAwsRegion(LambdaJson.text(parser));
          case "attributes" -> message.setAttributes(LambdaJson.textsByName(parser));
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
