package com.natifico.postback.operations;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a claim that say which callbacks there must be.
 *
 * @param postbacks the postbacks whose callbacks are sent or held
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
