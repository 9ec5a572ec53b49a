package com.natifico.postback.benchmarks.endtoend;

import com.natifico.postback.conversion.EventId;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * All requests that are made for one conversion with one callback.
 *
 * @param claim of its event
 * @param message onto the queue
 * @param read of the delivery, whether it was made already
 * @param url of the tracker
 * @param record of the attempt
 */
record BareRequests(
    String conversionId,
    PutItemRequest claim,
    SendMessageBatchRequestEntry message,
    GetItemRequest read,
    String url,
    PutItemRequest record) {

  /** The same of another conversion, whose id is as long. */
  BareRequests of(String otherId) {
    Renaming renaming = new Renaming(conversionId, otherId);
    return new BareRequests(
        otherId,
        renaming.of(claim),
        message.toBuilder().messageBody(renaming.of(message.messageBody())).build(),
        read.toBuilder().key(renaming.of(read.key())).build(),
        renaming.of(url),
        renaming.of(record));
  }

  /** Keys are digests of the conversion's id. */
  private record Renaming(String id, String key, String otherId, String otherKey) {
    Renaming(String id, String otherId) {
      this(id, EventId.conversionKey(id), otherId, EventId.conversionKey(otherId));
    }

    PutItemRequest of(PutItemRequest put) {
      PutItemRequest.Builder renamed = put.toBuilder().item(of(put.item()));
      if (put.hasExpressionAttributeValues()) {
        renamed.expressionAttributeValues(of(put.expressionAttributeValues()));
      }
      return renamed.build();
    }

    Map<String, AttributeValue> of(Map<String, AttributeValue> attributes) {
      Map<String, AttributeValue> renamed = new HashMap<>(attributes);
      renamed.replaceAll((_, value) -> of(value));
      return renamed;
    }

    /** What is nested holds neither of them. */
    private AttributeValue of(AttributeValue value) {
      return value.s() == null ? value : AttributeValue.fromS(of(value.s()));
    }

    String of(String text) {
      return text.replace(key, otherKey).replace(id, otherId);
    }
  }
}
