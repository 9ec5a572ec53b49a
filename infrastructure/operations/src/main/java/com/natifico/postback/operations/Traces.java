package com.natifico.postback.operations;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the tables hold of a conversion or an affiliate.
 *
 * @param events the keys of the events
 * @param deliveries the keys of the rows of the log
 * @param others the keys of what stands beside an affiliate's postbacks: its counts
 * @param waiting the deliveries of which a message is, or may be, on a queue
 * @param postbacks how many the affiliate has, which are not erased here
 */
record Traces(
    List<Map<String, AttributeValue>> events,
    List<Map<String, AttributeValue>> deliveries,
    List<Map<String, AttributeValue>> others,
    List<String> waiting,
    int postbacks) {
  boolean isEmpty() {
    return events.isEmpty() && deliveries.isEmpty() && others.isEmpty() && postbacks == 0;
  }
}
