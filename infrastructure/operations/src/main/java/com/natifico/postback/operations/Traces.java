package com.natifico.postback.operations;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the tables hold about a conversion or an affiliate.
 *
 * @param events the keys of the events
 * @param deliveries the keys of the rows of the log
 * @param others the keys of the affiliate's other items, which are its counts
 * @param limits the keys of the affiliate's limits
 * @param waiting the deliveries that have, or may have, a message on a queue
 * @param postbacks the number of the affiliate's postbacks, which are not erased here
 */
record Traces(
    List<Map<String, AttributeValue>> events,
    List<Map<String, AttributeValue>> deliveries,
    List<Map<String, AttributeValue>> others,
    List<Map<String, AttributeValue>> limits,
    List<String> waiting,
    int postbacks) {
  boolean isEmpty() {
    return events.isEmpty()
        && deliveries.isEmpty()
        && others.isEmpty()
        && limits.isEmpty()
        && postbacks == 0;
  }
}
