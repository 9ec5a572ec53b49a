package com.natifico.postback.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.cli.api.AffiliateApi;
import com.natifico.postback.cli.api.ApiJson;
import com.natifico.postback.cli.output.PrintableText;
import com.natifico.postback.cli.output.ProgressBar;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends accepted events to a postback that has not had them. */
@Command(
    name = "backfill",
    description = {
      "Sends accepted events to a postback that has not had them.",
      "Without --send it only counts them and shows what would be sent."
    })
final class BackfillCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private final ApiOptions.OfAffiliate options;

  @Option(names = "--postback", required = true, paramLabel = "ID", description = "The postback.")
  private String postback = "";

  @Option(
      names = "--since",
      required = true,
      paramLabel = "TIME",
      description = "Accepted at or after 2026-11-02T14:00:00Z, 2026-11-02 (UTC), 90m, 24h or 7d.")
  private String since = "";

  @Option(names = "--until", paramLabel = "TIME", description = "Accepted before this time.")
  private @Nullable String until;

  @Option(names = "--send", description = "Sends them.")
  private boolean isSending;

  BackfillCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ApiOptions.OfAffiliate(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    ObjectNode request =
        ApiJson.object()
            .put("postback_id", postback)
            .put("since", surroundings.time(since).toString())
            .put("dry_run", !isSending);
    if (until != null) {
      request.put("until", surroundings.time(until).toString());
    }
    AffiliateApi api = options.api();
    List<JsonNode> examples = new ArrayList<>();
    long count;
    try (ProgressBar progress = surroundings.progress()) {
      count =
          api.postAll(
              "/backfills",
              request,
              (answer, sum) -> {
                progress.at(sum + " so far");
                if (examples.isEmpty()) {
                  answer.path("examples").forEach(examples::add);
                }
              });
    }
    if (isSending) {
      surroundings.out().printf("%d sent%n", count);
    } else {
      surroundings.out().printf("%d would be sent; give --send to send them%n", count);
      examples.forEach(
          example ->
              surroundings
                  .out()
                  .printf(
                      "  %s: %s%n",
                      PrintableText.of(example.path("conversion_id").asText()),
                      PrintableText.of(example.path("url").asText())));
    }
    return ExitStatus.OK;
  }
}
