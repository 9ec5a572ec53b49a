package com.natifico.postback.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.cli.api.UsageProblem;
import com.natifico.postback.cli.output.Column;
import com.natifico.postback.cli.output.ProgressBar;
import com.natifico.postback.cli.output.RowWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists deliveries. */
@Command(name = "deliveries", description = "Lists deliveries, the newest first.")
final class DeliveriesCommand implements Callable<Integer> {
  static final List<Column> COLUMNS =
      List.of(
          Column.of("created_at"),
          Column.of("state"),
          new Column("attempts", true, row -> lastAttempt(row).path("number")),
          new Column("outcome", true, row -> lastAttempt(row).path("outcome")),
          new Column("http_status", true, row -> lastAttempt(row).path("http_status")),
          Column.of("offer_id"),
          Column.of("postback_id"),
          Column.of("conversion_id"),
          Column.of("ref_id"),
          Column.of("delivery_id"),
          Column.ofCsv("affiliate_id"),
          Column.ofCsv("event_id"),
          Column.ofCsv("conversion_status"),
          Column.ofCsv("goal"),
          Column.ofCsv("sum"),
          Column.ofCsv("currency"),
          Column.ofCsv("revision"),
          Column.ofCsv("test"),
          Column.ofCsv("failed_reason"),
          Column.ofCsv("next_attempt_at"),
          Column.ofCsv("method"),
          Column.ofCsv("url"));

  private final Surroundings surroundings;
  @Mixin private final ApiOptions.OfAffiliate options;
  @Mixin private final DeliveryFilters filters;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many at most, from as many pages as needed. Default: ${DEFAULT-VALUE}.")
  private int limit = 50;

  DeliveriesCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ApiOptions.OfAffiliate(surroundings);
    this.filters = new DeliveryFilters(surroundings);
  }

  private static JsonNode lastAttempt(JsonNode delivery) {
    JsonNode attempts = delivery.path("attempts");
    return attempts.path(attempts.size() - 1);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (limit < 1) {
      throw new UsageProblem("--limit must be at least 1.");
    }
    var api = options.api();
    boolean hasMore;
    RowWriter rows = RowWriter.ofList(output.format(), COLUMNS, surroundings.out());
    try (ProgressBar progress = surroundings.progress()) {
      hasMore =
          api.list(
              "/deliveries",
              filters.parameters(),
              limit,
              Integer.MAX_VALUE,
              rows::add,
              page ->
                  progress.at("searched back to " + page.path("searched_until").asText("the end")));
    }
    rows.end();
    if (hasMore) {
      surroundings.err().println("There are more: raise --limit, or narrow the period.");
    }
    return ExitStatus.OK;
  }
}
