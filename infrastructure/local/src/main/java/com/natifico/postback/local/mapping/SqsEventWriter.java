package com.natifico.postback.local.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.local.template.Account;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.Message;

/** Writes the event that a function receives for a batch of messages. */
final class SqsEventWriter {
  private final ObjectMapper json;

  SqsEventWriter(ObjectMapper json) {
    this.json = json;
  }

  byte[] of(List<Message> batch, String queueArn) {
    ObjectNode event = json.createObjectNode();
    ArrayNode records = event.putArray("Records");
    batch.forEach(message -> records.add(of(message, queueArn)));
    try {
      return json.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }

  private ObjectNode of(Message message, String queueArn) {
    ObjectNode record = json.createObjectNode();
    record.put("messageId", message.messageId());
    record.put("receiptHandle", message.receiptHandle());
    record.put("body", message.body());
    ObjectNode attributes = record.putObject("attributes");
    message.attributesAsStrings().forEach(attributes::put);
    ObjectNode messageAttributes = record.putObject("messageAttributes");
    message
        .messageAttributes()
        .forEach(
            (name, value) -> {
              ObjectNode attribute = messageAttributes.putObject(name);
              if (value.stringValue() != null) {
                attribute.put("stringValue", value.stringValue());
              }
              if (value.binaryValue() != null) {
                attribute.put(
                    "binaryValue",
                    Base64.getEncoder().encodeToString(value.binaryValue().asByteArray()));
              }
              attribute.putArray("stringListValues");
              attribute.putArray("binaryListValues");
              attribute.put("dataType", value.dataType());
            });
    record.put("md5OfBody", message.md5OfBody());
    record.put("eventSource", "aws:sqs");
    record.put("eventSourceARN", queueArn);
    record.put("awsRegion", Account.REGION);
    return record;
  }
}
