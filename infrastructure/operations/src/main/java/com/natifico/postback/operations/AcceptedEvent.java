package com.natifico.postback.operations;

import com.natifico.postback.conversion.EventId;
import java.util.List;

/**
 * A claim, as far as it says which callbacks there must be.
 *
 * @param postbacks those whose callbacks go out or are held
 */
record AcceptedEvent(EventId id, String conversionId, List<String> postbacks) {
  AcceptedEvent {
    postbacks = List.copyOf(postbacks);
  }
}
