package com.natifico.postback.cli.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.cli.api.ApiConnection;
import com.natifico.postback.cli.api.ApiJson;
import com.natifico.postback.cli.mcp.McpTool.Argument;
import com.natifico.postback.cli.mcp.McpTool.Effect;
import java.util.List;

/** The tools that change a postback or send requests to trackers. */
final class WritingTools {
  private final ToolScope scope;

  WritingTools(ToolScope scope) {
    this.scope = scope;
  }

  List<McpTool> all() {
    return List.of(resend(), state("pause", "paused"), state("resume", "active"), backfill());
  }

  private McpTool resend() {
    return new McpTool(
        "resend",
        "Send a delivery again",
        "Sends a delivery's request to the tracker again. A tracker that does not recognise the"
            + " transaction id may count the conversion twice.",
        Effect.WRITES,
        scope.arguments(
            Argument.required("delivery_id", "The delivery."),
            Argument.typed(
                "force",
                "boolean",
                "With a new webhook-id, so that a receiver that drops repeats takes it.")),
        arguments ->
            ApiJson.write(
                scope
                    .api(arguments)
                    .post(
                        "/deliveries/"
                            + ApiConnection.segment(arguments.path("delivery_id").asText())
                            + "/resend",
                        ApiJson.object().put("force", arguments.path("force").asBoolean()))));
  }

  private McpTool state(String name, String state) {
    boolean pauses = state.equals("paused");
    return new McpTool(
        name,
        pauses ? "Pause a postback" : "Resume a postback",
        pauses
            ? "Pauses a postback: what arrives meanwhile is held, and can be resent."
            : "Makes a paused postback active again. What was held is not sent by that: resend it.",
        Effect.WRITES,
        scope.arguments(Argument.required("postback_id", "The postback.")),
        arguments ->
            ApiJson.write(
                scope.api(arguments).setState(arguments.path("postback_id").asText(), state)));
  }

  private McpTool backfill() {
    return new McpTool(
        "backfill",
        "Send accepted events to a postback that has not had them",
        "Counts the accepted events of a period that the postback has not had, with examples; sends"
            + " them only if dry_run is false. At most 10,000 in a call: go on with next as cursor.",
        Effect.WRITES,
        scope.arguments(
            Argument.required("postback_id", "The postback."),
            Argument.required("since", "Accepted at or after this time, ISO 8601 in UTC."),
            Argument.optional("until", "Accepted before this time, ISO 8601 in UTC."),
            Argument.typed("dry_run", "boolean", "Whether it only counts. True unless given."),
            Argument.optional("cursor", "From next of the answer before.")),
        arguments -> {
          ObjectNode body = arguments.deepCopy();
          body.remove("affiliate_id");
          return ApiJson.write(scope.api(arguments).post("/backfills", body));
        });
  }
}
