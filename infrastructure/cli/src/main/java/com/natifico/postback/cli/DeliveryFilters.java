package com.natifico.postback.cli;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The filters of the delivery log. */
final class DeliveryFilters {
  private final Surroundings surroundings;

  @Option(names = "--offer", paramLabel = "ID", description = "Of this offer.")
  private String offer = "";

  @Option(names = "--postback", paramLabel = "ID", description = "Of this postback.")
  private String postback = "";

  @Option(names = "--conversion", paramLabel = "ID", description = "Of this conversion.")
  private String conversion = "";

  @Option(
      names = "--click",
      paramLabel = "ID",
      description = "Of conversions with this click id (ref_id).")
  private String click = "";

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "delivered, retrying, failed, held or superseded.")
  private String state = "";

  @Option(
      names = "--outcome",
      paramLabel = "OUTCOME",
      description = "With this outcome of the last attempt.")
  private String outcome = "";

  @Option(
      names = "--http-status",
      paramLabel = "CODE",
      description = "With this HTTP status of the last attempt.")
  private String httpStatus = "";

  @Option(names = "--failed-reason", paramLabel = "REASON", description = "Failed for this reason.")
  private String failedReason = "";

  @Option(
      names = "--test",
      paramLabel = "true|false",
      description = "Test conversions only, or none of them.")
  private String test = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Accepted at or after this time: 2026-11-02T14:00:00Z, 2026-11-02 (UTC), 90m, 24h or 7d.")
  private String since = "";

  @Option(names = "--until", paramLabel = "TIME", description = "Accepted before this time.")
  private String until = "";

  DeliveryFilters(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The query parameters; empty values are filters that were not given. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("offer_id", offer);
    parameters.put("postback_id", postback);
    parameters.put("conversion_id", conversion);
    parameters.put("ref_id", click);
    parameters.put("state", state);
    parameters.put("outcome", outcome);
    parameters.put("http_status", httpStatus);
    parameters.put("failed_reason", failedReason);
    parameters.put("test", test);
    parameters.put("since", since.isEmpty() ? "" : surroundings.time(since).toString());
    parameters.put("until", until.isEmpty() ? "" : surroundings.time(until).toString());
    return parameters;
  }
}
