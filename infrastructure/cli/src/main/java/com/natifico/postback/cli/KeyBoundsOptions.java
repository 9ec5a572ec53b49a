package com.natifico.postback.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a key is called, and what restricts it. */
final class KeyBoundsOptions {
  private final Surroundings surroundings;

  @Option(names = "--label", paramLabel = "TEXT", description = "What people call it.")
  private @Nullable String label;

  @Option(
      names = "--offer",
      paramLabel = "ID",
      split = ",",
      description = "An offer that a network's key may push conversions for. Repeatable.")
  private List<String> offers = List.of();

  @Option(
      names = "--cidr",
      paramLabel = "RANGE",
      split = ",",
      description = "Addresses that a network's key may push from, as 203.0.113.0/24. Repeatable.")
  private List<String> cidrs = List.of();

  @Option(
      names = "--expires-at",
      paramLabel = "TIME",
      description = "From when on it is invalid, as 2026-12-31T00:00:00Z or 2026-12-31 (UTC).")
  private @Nullable String expiresAt;

  KeyBoundsOptions(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  boolean isEmpty() {
    return label == null && offers.isEmpty() && cidrs.isEmpty() && expiresAt == null;
  }

  /** Sets what was given, and leaves the other members as they are. */
  void putInto(ObjectNode key) {
    if (label != null) {
      key.put("label", label);
    }
    put(key, "offer_ids", offers);
    put(key, "cidrs", cidrs);
    if (expiresAt != null) {
      key.put("expires_at", surroundings.time(expiresAt).toString());
    }
  }

  private static void put(ObjectNode key, String name, List<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = key.putArray(name);
      values.forEach(array::add);
    }
  }
}
