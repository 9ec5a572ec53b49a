package com.natifico.postback.functions.conversion;

import com.natifico.postback.acceptance.Acceptance;
import com.natifico.postback.acceptance.Acceptance.Result;
import com.natifico.postback.access.Caller;
import com.natifico.postback.aws.metric.Metric;
import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.PushAnswer;
import com.natifico.postback.contract.input.ConversionReader;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.contract.input.Input;
import com.natifico.postback.contract.input.PushedConversion;
import com.natifico.postback.contract.problem.FieldError;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.contract.problem.ProblemException;
import com.natifico.postback.contract.problem.ProblemType;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.Skipped;
import com.natifico.postback.conversion.StatusMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The routes for ad networks. */
final class Conversions {
  private static final int MAX_BATCH = 100;

  private final Acceptance acceptance;
  private final PushRecorder recorder;
  private final BiConsumer<String, Throwable> log;
  private final Metrics metrics;

  Conversions(
      Acceptance acceptance,
      PushRecorder recorder,
      BiConsumer<String, Throwable> log,
      Metrics metrics) {
    this.acceptance = acceptance;
    this.recorder = recorder;
    this.log = log;
    this.metrics = metrics;
  }

  /** POST /v1/conversions. */
  Response push(Request request) {
    request.refuseQuery();
    Caller caller = callerFromItsAddress(request);
    StatusMap statusMap = caller.statusMap();
    PushedConversion pushed =
        request.isForm()
            ? ConversionReader.readParameters(request.form(), statusMap)
            : ConversionReader.readJson(request.json(), statusMap);
    return accept(withinOffers(caller, pushed));
  }

  /**
   * GET /v1/conversions/postback, for senders that can only request a URL. The authorizer has
   * checked the key in {@code secure}; it is not read here.
   */
  Response pushByQuery(Request request) {
    Caller caller = callerFromItsAddress(request);
    PushedConversion pushed =
        ConversionReader.readParameters(request.query().without("secure"), caller.statusMap());
    return accept(withinOffers(caller, pushed));
  }

  private static Caller callerFromItsAddress(Request request) {
    Caller caller = request.caller();
    String address = request.sourceAddress();
    if (!caller.bounds().allowsAddress(address)) {
      throw Problem.of(
          ProblemType.ADDRESS_NOT_ALLOWED,
          "This key may not push from the address " + address + ".");
    }
    return caller;
  }

  private static PushedConversion withinOffers(Caller caller, PushedConversion pushed) {
    String offerId = pushed.conversion().offerId();
    if (!caller.bounds().allowsOffer(offerId)) {
      throw Problem.of(
          ProblemType.OFFER_NOT_ALLOWED,
          "This key may not push conversions for the offer " + offerId + ".");
    }
    return pushed;
  }

  private Response accept(PushedConversion pushed) {
    Result result = acceptance.accept(pushed.conversion());
    count(result);
    if (result instanceof Result.Accepted accepted) {
      PushAnswer.Taken answer = new PushAnswer.Taken(accepted, pushed);
      return Response.json(answer.status(), answer.json());
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
    Caller caller = callerFromItsAddress(request);
    List<Input> items = items(Fields.of(request.json()));
    List<PushedConversion> readable = new ArrayList<>();
    Map<Integer, Integer> positions = new HashMap<>();
    Map<Integer, Problem> problems = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      try {
        PushedConversion pushed = withinOffers(caller, read(items.get(i), caller.statusMap()));
        positions.put(i, readable.size());
        readable.add(pushed);
      } catch (ProblemException e) {
        problems.put(i, e.problem());
      }
    }
    List<Result> results =
        acceptance.acceptAll(readable.stream().map(PushedConversion::conversion).toList());
    results.forEach(this::count);
    List<PushAnswer> inOrder = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Problem problem = problems.get(i);
      int position = positions.getOrDefault(i, 0);
      inOrder.add(
          problem == null
              ? answer(results.get(position), readable.get(position))
              : new PushAnswer.Refused(problem));
    }
    recorder.recordItems(request, items, inOrder);
    return Response.json(200, PushAnswer.batch(inOrder));
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

  private static PushedConversion read(Input item, StatusMap statusMap) {
    if (item instanceof Input.Obj object) {
      return ConversionReader.readJson(object, statusMap);
    }
    throw Problem.invalid("", "wrong_type", "A conversion must be an object.");
  }

  private PushAnswer answer(Result result, PushedConversion pushed) {
    return switch (result) {
      case Result.Accepted accepted -> new PushAnswer.Taken(accepted, pushed);
      case Result.Conflict(List<String> fields) ->
          new PushAnswer.Refused(conflict(fields).problem());
      case Result.Unavailable(RuntimeException cause) -> {
        log.accept("a conversion of a batch was not accepted", cause);
        yield new PushAnswer.Refused(Problem.unavailable().problem());
      }
    };
  }

  private static ProblemException conflict(List<String> fields) {
    return Problem.of(
        ProblemType.CONFLICT,
        "This event was accepted before with different values of "
            + String.join(", ", fields)
            + ". A change of the status is a new event. A correction of another field needs the next"
            + " revision.",
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
