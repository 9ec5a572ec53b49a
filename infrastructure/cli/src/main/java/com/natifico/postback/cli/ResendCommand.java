package com.natifico.postback.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.cli.api.AffiliateApi;
import com.natifico.postback.cli.api.ApiConnection;
import com.natifico.postback.cli.api.ApiJson;
import com.natifico.postback.cli.api.UsageProblem;
import com.natifico.postback.cli.output.ProgressBar;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends deliveries again. */
@Command(
    name = "resend",
    description = {
      "Sends a delivery again, or all of a period that failed or are held.",
      "Of a period, test conversions and callbacks of paused or deleted postbacks are left out. The"
          + " API starts a period once a minute; the command waits for that."
    })
final class ResendCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private final ApiOptions.OfAffiliate options;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DELIVERY_ID",
      description = "The delivery, instead of a period.")
  private @Nullable String deliveryId;

  @Option(
      names = "--force",
      description = "With a new webhook-id, so that a receiver that drops repeats takes it.")
  private boolean isForced;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "The period: accepted at or after 2026-11-02T14:00:00Z, 2026-11-02 (UTC), 90m, 24h or 7d.")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "The period: accepted before this time.")
  private @Nullable String until;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      description = "Of the period, those in these states. Default: failed,held.")
  private List<String> states = List.of();

  @Option(
      names = "--postback",
      paramLabel = "ID",
      description = "Of the period, those of this postback.")
  private @Nullable String postback;

  @Option(names = "--offer", paramLabel = "ID", description = "Of the period, those of this offer.")
  private @Nullable String offer;

  ResendCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ApiOptions.OfAffiliate(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    boolean hasFilter =
        since != null || until != null || postback != null || offer != null || !states.isEmpty();
    if (deliveryId != null && hasFilter) {
      throw new UsageProblem("Give either a delivery's id or a period.");
    }
    if (deliveryId != null) {
      return one(options.api(), deliveryId);
    }
    if (since == null) {
      throw new UsageProblem("Give a delivery's id, or a period that begins with --since.");
    }
    if (isForced) {
      throw new UsageProblem("--force is for a single delivery.");
    }
    return period(since);
  }

  private int one(AffiliateApi api, String id) throws InterruptedException {
    JsonNode delivery =
        api.post(
            "/deliveries/" + ApiConnection.segment(id) + "/resend",
            ApiJson.object().put("force", isForced));
    surroundings
        .out()
        .printf(
            "%s is on its way again, as attempt %d%n",
            delivery.path("delivery_id").asText(), delivery.path("attempts").size() + 1);
    return ExitStatus.OK;
  }

  private int period(String from) throws InterruptedException {
    ObjectNode request = ApiJson.object().put("since", surroundings.time(from).toString());
    if (until != null) {
      request.put("until", surroundings.time(until).toString());
    }
    if (!states.isEmpty()) {
      states.forEach(request.putArray("states")::add);
    }
    if (postback != null) {
      request.put("postback_id", postback);
    }
    if (offer != null) {
      request.put("offer_id", offer);
    }
    AffiliateApi api = options.api();
    long count;
    try (ProgressBar progress = surroundings.progress()) {
      count = api.postAll("/resends", request, (answer, sum) -> progress.at(sum + " so far"));
    }
    surroundings.out().printf("%d resent%n", count);
    return ExitStatus.OK;
  }
}
