package com.natifico.postback.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.cli.api.AffiliateApi;
import com.natifico.postback.cli.output.RowWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints deliveries as they happen. */
@Command(
    name = "tail",
    description = {
      "Prints deliveries as they happen.",
      "Each is printed when it is attempted, and again when it changes, the oldest first. Ends with"
          + " Ctrl-C, or after --for."
    })
final class TailCommand implements Callable<Integer> {
  private static final Duration PERIOD = Duration.ofSeconds(2);

  /**
   * A delivery that is older is no longer watched: by then it has had its second retry. Each poll
   * reads the whole window, because a delivery keeps its place when it changes.
   */
  private static final Duration WINDOW = Duration.ofMinutes(15);

  /** The most that a poll reads, so that a busy affiliate's log does not hold up the newest. */
  private static final int MAX_READ = 1_000;

  private final Surroundings surroundings;
  @Mixin private final ApiOptions.OfAffiliate options;
  @Mixin private final DeliveryFilters filters;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "Ends after this time, such as 30s or 10m.")
  private @Nullable String length;

  /** What has been printed of each delivery in the window. */
  private final Map<String, String> printed = new HashMap<>();

  TailCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ApiOptions.OfAffiliate(surroundings);
    this.filters = new DeliveryFilters(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    Instant start = surroundings.clock().instant();
    Instant end = length == null ? Instant.MAX : start.plus(Surroundings.duration(length));
    Map<String, String> given = filters.parameters();
    String since = given.getOrDefault("since", "");
    Instant from = since.isEmpty() ? start : Instant.parse(since);
    AffiliateApi api = options.api();
    RowWriter rows =
        RowWriter.ofStream(output.format(), DeliveriesCommand.COLUMNS, surroundings.out());
    boolean isFirst = true;
    while (!surroundings.out().checkError()) {
      Instant now = surroundings.clock().instant();
      Instant window = now.minus(WINDOW);
      poll(api, given, isFirst || from.isAfter(window) ? from : window, rows);
      isFirst = false;
      if (!now.isBefore(end)) {
        break;
      }
      surroundings.pause().of(PERIOD);
    }
    rows.end();
    return ExitStatus.OK;
  }

  private void poll(AffiliateApi api, Map<String, String> given, Instant since, RowWriter rows)
      throws InterruptedException {
    Map<String, String> parameters = new HashMap<>(given);
    parameters.put("since", since.toString());
    List<JsonNode> read = new ArrayList<>();
    api.list("/deliveries", parameters, MAX_READ, Integer.MAX_VALUE, read::add, page -> {});
    Map<String, String> seen = new HashMap<>();
    for (JsonNode delivery : read.reversed()) {
      String id = delivery.path("delivery_id").asText();
      String state = delivery.path("state").asText() + delivery.path("attempts").size();
      seen.put(id, state);
      if (!state.equals(printed.get(id))) {
        rows.add(delivery);
      }
    }
    printed.clear();
    printed.putAll(seen);
    rows.flush();
  }
}
