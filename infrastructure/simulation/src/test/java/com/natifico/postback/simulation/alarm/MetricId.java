package com.natifico.postback.simulation.alarm;

import java.util.Map;

/** A metric: CloudWatch keeps a separate one for each set of dimensions. */
public record MetricId(String namespace, String name, Map<String, String> dimensions) {
  public MetricId {
    dimensions = Map.copyOf(dimensions);
  }
}
