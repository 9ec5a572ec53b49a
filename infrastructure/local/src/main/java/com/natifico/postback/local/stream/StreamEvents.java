package com.natifico.postback.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Converts the records of a stream to the JSON that filters and functions get. */
final class StreamEvents {
  private final ObjectMapper json;

  StreamEvents(ObjectMapper json) {
    this.json = json;
  }

  JsonNode of(Record record) {
    StreamRecord change = record.dynamodb();
    ObjectNode event = json.createObjectNode();
    event.put("eventID", record.eventID());
    event.put("eventName", record.eventNameAsString());
    event.put("eventVersion", record.eventVersion());
    event.put("eventSource", record.eventSource());
    event.put("awsRegion", record.awsRegion());
    if (record.userIdentity() != null) {
      ObjectNode identity = event.putObject("userIdentity");
      identity.put("type", record.userIdentity().type());
      identity.put("principalId", record.userIdentity().principalId());
    }
    ObjectNode dynamodb = event.putObject("dynamodb");
    dynamodb.put(
        "ApproximateCreationDateTime", change.approximateCreationDateTime().getEpochSecond());
    dynamodb.set("Keys", map(change.keys()));
    if (change.hasNewImage()) {
      dynamodb.set("NewImage", map(change.newImage()));
    }
    if (change.hasOldImage()) {
      dynamodb.set("OldImage", map(change.oldImage()));
    }
    dynamodb.put("SequenceNumber", change.sequenceNumber());
    dynamodb.put("SizeBytes", change.sizeBytes());
    dynamodb.put("StreamViewType", change.streamViewTypeAsString());
    return event;
  }

  private ObjectNode map(Map<String, AttributeValue> attributes) {
    ObjectNode map = json.createObjectNode();
    attributes.forEach((name, value) -> map.set(name, value(value)));
    return map;
  }

  private ObjectNode value(AttributeValue value) {
    ObjectNode node = json.createObjectNode();
    switch (value.type()) {
      case S -> node.put("S", value.s());
      case N -> node.put("N", value.n());
      case BOOL -> node.put("BOOL", value.bool());
      case NUL -> node.put("NULL", true);
      case SS -> value.ss().forEach(node.putArray("SS")::add);
      case M -> node.set("M", map(value.m()));
      case L -> {
        ArrayNode list = node.putArray("L");
        value.l().forEach(item -> list.add(value(item)));
      }
      default ->
          throw new IllegalArgumentException(
              "the local stack does not know attributes of the type " + value.type());
    }
    return node;
  }
}
