package com.natifico.postback.aws.client;

import java.time.Duration;
import java.util.Map;

/** A function's environment variables, as template.yaml sets them. */
public record Environment(Map<String, String> variables) {
  private static final Duration DEFAULT_RETENTION = Duration.ofDays(90);
  private static final Duration DEFAULT_POSTBACK_CACHE = Duration.ofSeconds(5);

  /**
   * The value of a required variable.
   *
   * @throws IllegalStateException if it is not set
   */
  public String required(String name) {
    String value = variables.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException("The environment variable " + name + " is not set.");
    }
    return value;
  }

  /** The value of a variable, or the default if it is not set or empty. */
  public String or(String name, String otherwise) {
    String value = variables.get(name);
    return value == null || value.isEmpty() ? otherwise : value;
  }

  /** How long events and deliveries are kept: {@code RETENTION_DAYS}, 90 by default. */
  public Duration retention() {
    return Duration.ofDays(
        Long.parseLong(or("RETENTION_DAYS", Long.toString(DEFAULT_RETENTION.toDays()))));
  }

  /**
   * How long a postback may be cached: {@code POSTBACK_CACHE_SECONDS}, 5 by default; 0 disables the
   * cache.
   */
  public Duration postbackCache() {
    return Duration.ofSeconds(
        Long.parseLong(
            or("POSTBACK_CACHE_SECONDS", Long.toString(DEFAULT_POSTBACK_CACHE.toSeconds()))));
  }
}
