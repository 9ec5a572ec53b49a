package com.natifico.postback.local.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Reads from a function's response which messages of a batch failed. */
final class BatchResponse {
  private BatchResponse() {}

  /**
   * By Lambda's rules for ReportBatchItemFailures: nothing, null or an empty list is success;
   * broken JSON, an item without an identifier or with one that is not in the batch fails the whole
   * batch.
   *
   * @return the ids of the messages that must be delivered again
   */
  static Set<String> failed(byte[] answer, Set<String> batch, ObjectMapper json) {
    JsonNode root;
    try {
      root = json.readTree(answer);
    } catch (IOException _) {
      return batch;
    }
    if (root.isMissingNode() || root.isNull()) {
      return Set.of();
    }
    JsonNode failures = root.get("batchItemFailures");
    if (failures == null || failures.isNull()) {
      return Set.of();
    }
    if (!failures.isArray()) {
      return batch;
    }
    Set<String> failed = new HashSet<>();
    for (JsonNode failure : failures) {
      JsonNode id = failure.get("itemIdentifier");
      if (id == null || !id.isTextual() || !batch.contains(id.asText())) {
        return batch;
      }
      failed.add(id.asText());
    }
    return failed;
  }
}
