package com.natifico.postback.functions.conversion;

import com.natifico.postback.acceptance.Acceptance;
import com.natifico.postback.acceptance.Acceptance.Result;
import com.natifico.postback.aws.http.Request;
import com.natifico.postback.aws.http.Response;
import com.natifico.postback.aws.json.EventJson;
import com.natifico.postback.aws.json.JsonOutput;
import com.natifico.postback.aws.metric.Metric;
import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionReader;
import com.natifico.postback.conversion.PushedConversion;
import com.natifico.postback.conversion.Skipped;
import com.natifico.postback.input.Fields;
import com.natifico.postback.input.Input;
import com.natifico.postback.problem.FieldError;
import com.natifico.postback.problem.Problem;
import com.natifico.postback.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The routes for ad networks. */
final class Conversions {
  private static final int MAX_BATCH = 100;

  private final Acceptance acceptance;
  private final BiConsumer<String, Throwable> log;
  private final Metrics metrics;

  Conversions(Acceptance acceptance, BiConsumer<String, Throwable> log, Metrics metrics) {
    this.acceptance = acceptance;
    this.log = log;
    this.metrics = metrics;
  }

  /** POST /v1/conversions. */
  Response push(Request request) {
    request.refuseQuery();
    return accept(
        request.isForm()
            ? ConversionReader.readParameters(request.form())
            : ConversionReader.readJson(request.json()));
  }

  /**
   * GET /v1/conversions/postback, for senders that can only request a URL. The authorizer has
   * checked the key in {@code secure}; it is not read here.
   */
  Response pushByQuery(Request request) {
    return accept(ConversionReader.readParameters(request.query().without("secure")));
  }

  private Response accept(PushedConversion pushed) {
    Result result = acceptance.accept(pushed.conversion());
    count(result);
    if (result instanceof Result.Accepted accepted) {
      return Response.json(accepted.duplicate() ? 200 : 202, out -> write(out, accepted, pushed));
    }
    throw result instanceof Result.Conflict(List<String> fields)
        ? conflict(fields)
        : ((Result.Unavailable) result).cause();
  }

  private void count(Result result) {
    if (!(result instanceof Result.Accepted(ConversionEvent event, boolean duplicate))) {
      return;
    }
    if (duplicate) {
      metrics.add(Metric.DUPLICATES, 1);
      return;
    }
    metrics.add(Metric.ACCEPTED, 1);
    metrics.add(Metric.CALLBACKS, event.callbacks().size());
    for (Skipped skipped : event.skipped()) {
      if (skipped.reason() == Skipped.Reason.PAUSED) {
        metrics.add(Metric.HELD, 1);
      }
    }
  }

  /** POST /v1/conversions/batch. */
  Response pushBatch(Request request) {
    request.refuseQuery();
    List<Input> items = items(Fields.of(request.json()));
    List<PushedConversion> readable = new ArrayList<>();
    Map<Integer, Integer> positions = new HashMap<>();
    Map<Integer, Problem> problems = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      try {
        PushedConversion pushed = read(items.get(i));
        positions.put(i, readable.size());
        readable.add(pushed);
      } catch (ProblemException e) {
        problems.put(i, e.problem());
      }
    }
    List<Result> results =
        acceptance.acceptAll(readable.stream().map(PushedConversion::conversion).toList());
    results.forEach(this::count);
    List<BatchResult> inOrder = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Problem problem = problems.get(i);
      int position = positions.getOrDefault(i, 0);
      inOrder.add(
          problem == null
              ? batchResult(i, results.get(position), readable.get(position))
              : new BatchResult.Refused(i, problem));
    }
    return Response.json(
        200, out -> out.objects("results", inOrder, (each, result) -> result.write(each)));
  }

  private static List<Input> items(Fields fields) {
    fields.require("conversions");
    List<Input> items = fields.list("conversions", MAX_BATCH);
    if (items != null && items.isEmpty()) {
      fields.reject("conversions", "too_few", "Send 1 to 100 conversions.");
    }
    fields.finish();
    return items == null ? List.of() : items;
  }

  private static PushedConversion read(Input item) {
    if (item instanceof Input.Obj object) {
      return ConversionReader.readJson(object);
    }
    throw Problem.invalid("", "wrong_type", "A conversion must be an object.");
  }

  /** The result for one item, with the status that the item would get in a request of its own. */
  private sealed interface BatchResult {
    void write(JsonOutput out) throws IOException;

    record Taken(int index, Result.Accepted accepted, PushedConversion pushed)
        implements BatchResult {
      @Override
      public void write(JsonOutput out) throws IOException {
        out.field("index", index).field("status", accepted.duplicate() ? 200 : 202);
        Conversions.write(out, accepted, pushed);
      }
    }

    record Refused(int index, Problem problem) implements BatchResult {
      @Override
      public void write(JsonOutput out) throws IOException {
        out.field("index", index);
        Response.write(out, problem);
      }
    }
  }

  private BatchResult batchResult(int index, Result result, PushedConversion pushed) {
    return switch (result) {
      case Result.Accepted accepted -> new BatchResult.Taken(index, accepted, pushed);
      case Result.Conflict(List<String> fields) ->
          new BatchResult.Refused(index, conflict(fields).problem());
      case Result.Unavailable(RuntimeException cause) -> {
        log.accept("a conversion of a batch was not accepted", cause);
        yield new BatchResult.Refused(index, Problem.unavailable().problem());
      }
    };
  }

  private static void write(JsonOutput out, Result.Accepted accepted, PushedConversion pushed)
      throws IOException {
    ConversionEvent event = accepted.event();
    out.field("conversion_id", event.conversion().conversionId())
        .field("event_id", event.id().value())
        .field("duplicate", accepted.duplicate())
        .objects(
            "callbacks",
            event.callbacks(),
            (each, postbackId) ->
                each.field("delivery_id", event.id().deliveryId(postbackId))
                    .field("postback_id", postbackId));
    EventJson.writeSkipped(out, event);
    Response.write(out, "warnings", pushed.warnings());
    out.strings("ignored", pushed.ignored());
  }

  private static ProblemException conflict(List<String> fields) {
    return Problem.conflict(
        "conflict",
        "Accepted before with different content",
        "This event was accepted before with different values of "
            + String.join(", ", fields)
            + ". A change of the status is a new event; no other field of an event can change.",
        fields.stream()
            .map(
                field ->
                    new FieldError(
                        field,
                        "differs",
                        "The field " + field + " differs from the accepted event."))
            .toList());
  }
}
