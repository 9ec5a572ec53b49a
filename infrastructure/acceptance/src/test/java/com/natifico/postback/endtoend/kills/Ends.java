package com.natifico.postback.endtoend.kills;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.endtoend.kills.Load.Promised;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The progress of the promised callbacks, according to the delivery log. */
final class Ends {
  /**
   * Below this number, open deliveries are read one by one, because lists do not show pending ones.
   */
  private static final int FEW = 100;

  private final Network network;
  private final Map<String, Promised> promised;
  private final Map<String, DeliveryState> states = new HashMap<>();
  private final Set<String> open;

  Ends(Network network, Map<String, Promised> promised) {
    this.network = network;
    this.promised = promised;
    this.open = new HashSet<>(promised.keySet());
  }

  /** The states by delivery id, without deliveries that have no row. */
  Map<String, DeliveryState> states() {
    return Map.copyOf(states);
  }

  /** Reads the log again and returns the number of unfinished deliveries. */
  int open() {
    if (open.size() < FEW) {
      Set.copyOf(open).forEach(this::readOne);
    } else {
      Set<String> affiliates = new HashSet<>();
      open.forEach(id -> affiliates.add(of(id).affiliateId()));
      affiliates.forEach(this::readAll);
    }
    return open.size();
  }

  private Promised of(String id) {
    return Objects.requireNonNull(promised.get(id));
  }

  private void readOne(String id) {
    saw(network.get(deliveries(of(id).affiliateId()) + "/" + id).json());
  }

  private void readAll(String affiliateId) {
    String cursor = "";
    do {
      JsonNode page = network.get(deliveries(affiliateId) + "?limit=200" + cursor).json();
      page.path("items").forEach(this::saw);
      cursor = page.path("next").isTextual() ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
  }

  private static String deliveries(String affiliateId) {
    return "/v1/affiliates/" + affiliateId + "/deliveries";
  }

  private void saw(JsonNode row) {
    String id = row.path("delivery_id").asText();
    DeliveryState state = DeliveryState.of(row.path("state").asText());
    states.put(id, state);
    if (state.isFinal()) {
      open.remove(id);
    }
  }
}
