package com.natifico.postback.operations;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import java.util.ArrayList;
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

  static AcceptedEvent of(ConversionEvent event) {
    List<String> postbacks = new ArrayList<>(event.callbacks());
    postbacks.addAll(event.held());
    return new AcceptedEvent(event.id(), event.conversion().conversionId(), postbacks);
  }
}
