package com.natifico.postback.cli.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.cli.api.ApiJson;
import com.natifico.postback.cli.doctor.Doctor;
import com.natifico.postback.cli.mcp.McpTool.Argument;
import com.natifico.postback.cli.mcp.McpTool.Effect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tools that change nothing. */
final class ReadingTools {
  /** As in the console: each request reads up to 10,000 rows. */
  private static final int MAX_REQUESTS = 20;

  private static final int DELIVERIES = 20;
  private static final int MAX_DELIVERIES = 100;

  private final ToolScope scope;

  ReadingTools(ToolScope scope) {
    this.scope = scope;
  }

  List<McpTool> all() {
    return List.of(why(), deliveries(), postbacks(), statistics(), preview());
  }

  private McpTool why() {
    return new McpTool(
        "why",
        "Why did my tracker not get it?",
        "Explains what became of a conversion: whether it was pushed, matched and sent, what the"
            + " tracker answered, and what to do next. Takes any id that the user has.",
        Effect.READS,
        scope.arguments(
            Argument.required(
                "id", "The id of a conversion (transaction), a click, a delivery or an event.")),
        arguments ->
            new Doctor(scope.api(arguments), MAX_REQUESTS, time -> {})
                .diagnose(arguments.path("id").asText())
                .text());
  }

  private McpTool deliveries() {
    return new McpTool(
        "list_deliveries",
        "Deliveries",
        "Lists deliveries with their attempts, the newest first. A delivery is one callback to a"
            + " tracker for one event of a conversion.",
        Effect.READS,
        scope.arguments(
            Argument.oneOf(
                "state", "In this state.", "delivered", "retrying", "failed", "held", "superseded"),
            Argument.optional("offer_id", "Of this offer."),
            Argument.optional("postback_id", "Of this postback."),
            Argument.optional("conversion_id", "Of this conversion."),
            Argument.optional("ref_id", "Of conversions with this click id."),
            Argument.optional("outcome", "With this outcome of the last attempt, such as timeout."),
            Argument.typed("http_status", "integer", "With this HTTP status of the last attempt."),
            Argument.optional("failed_reason", "Failed for this reason, such as exhausted."),
            Argument.optional("since", "Accepted at or after this time, ISO 8601 in UTC."),
            Argument.optional("until", "Accepted before this time, ISO 8601 in UTC."),
            Argument.typed(
                "limit", "integer", "How many at most, from 1 to 100. 20 unless given.")),
        this::listDeliveries);
  }

  private String listDeliveries(ObjectNode arguments) throws InterruptedException {
    Map<String, String> filters = parameters(arguments);
    filters.remove("limit");
    int limit = Math.clamp(arguments.path("limit").asInt(DELIVERIES), 1, MAX_DELIVERIES);
    ObjectNode result = ApiJson.object();
    ArrayNode items = result.putArray("items");
    boolean hasMore =
        scope
            .api(arguments)
            .list(
                "/deliveries",
                filters,
                limit,
                MAX_REQUESTS,
                items::add,
                page -> result.set("searched_until", page.path("searched_until")));
    return ApiJson.write(result.put("has_more", hasMore));
  }

  private McpTool postbacks() {
    return new McpTool(
        "list_postbacks",
        "Postbacks",
        "Lists the affiliate's postbacks: their URL templates, what they fire for, whether they are"
            + " paused and why, and whether their tracker answers.",
        Effect.READS,
        scope.arguments(
            Argument.optional("offer_id", "Of this offer alone."),
            Argument.oneOf("scope", "Global ones, or those of any offer.", "global", "offer")),
        arguments -> {
          ArrayNode items = ApiJson.object().putArray("items");
          scope.api(arguments).postbacks(parameters(arguments)).values().forEach(items::add);
          return ApiJson.write(items);
        });
  }

  private McpTool statistics() {
    return new McpTool(
        "statistics",
        "Numbers of deliveries",
        "Counts deliveries by postback, state and hour or day, with the latency of the tracker."
            + " The last 24 hours, or with by=day 30 days, unless a time is given.",
        Effect.READS,
        scope.arguments(
            Argument.oneOf("by", "The length of a period.", "hour", "day"),
            Argument.optional("since", "From this time on, ISO 8601 in UTC."),
            Argument.optional("until", "Before this time, ISO 8601 in UTC.")),
        arguments -> ApiJson.write(scope.api(arguments).get("/statistics", parameters(arguments))));
  }

  private McpTool preview() {
    return new McpTool(
        "preview",
        "What a postback would send",
        "Expands a postback's template with example values, or with the newest conversions if"
            + " recent is given, and reports errors and warnings. Sends and saves nothing.",
        Effect.READS,
        scope.arguments(
            Argument.required("url", "The template, as https://track.example.com/?cid={ref_id}"),
            Argument.oneOf("method", "GET unless given.", "GET", "POST"),
            Argument.optional("body", "A template, only with POST."),
            Argument.optional("content_type", "Of the body."),
            Argument.typed("headers", "object", "Request headers: name to value."),
            Argument.optional("offer_id", "The offer that the postback belongs to."),
            Argument.optional("tracker", "The product that receives it, as GET /v1/trackers."),
            Argument.typed("conversion", "object", "Values of a conversion, such as ref_id."),
            Argument.typed(
                "recent", "integer", "Instead: how many of the newest conversions, up to 20."),
            Argument.optional(
                "postback_id", "With recent: the stored postback, whose requests are shown.")),
        arguments -> {
          ObjectNode body = arguments.deepCopy();
          body.remove("affiliate_id");
          return ApiJson.write(scope.api(arguments).post("/postbacks/preview", body));
        });
  }

  /** All arguments but the affiliate, as query parameters. */
  private static Map<String, String> parameters(ObjectNode arguments) {
    Map<String, String> parameters = new HashMap<>();
    arguments.properties().forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
    parameters.remove("affiliate_id");
    return parameters;
  }
}
