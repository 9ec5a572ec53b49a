package com.natifico.postback.functions.api;

import com.natifico.postback.Ids;
import com.natifico.postback.Unavailable;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.Route;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.contract.problem.ProblemException;
import com.natifico.postback.contract.problem.ProblemType;
import com.natifico.postback.idempotency.Claim;
import com.natifico.postback.idempotency.FirstAnswers;
import com.natifico.postback.idempotency.KeptAnswer;
import com.natifico.postback.idempotency.NamedRequest;
import java.util.function.Function;

/**
 * Answers a request that has an Idempotency-Key as the first one with this key, or carries it out.
 */
final class Named {
  /** A route that may be asked to repeat what it has done. */
  @FunctionalInterface
  interface Endpoint {
    Result answer(Request request, Claim.Execute execution);
  }

  /**
   * @param first the response to this request
   * @param repeated the response to its repeats, which is kept for a day
   */
  record Result(Response first, Response repeated) {
    /** Both are the same. */
    static Result of(Response response) {
      return new Result(response, response);
    }
  }

  private static final int TIME_DIGITS = 9;
  private static final int RANDOM_DIGITS = 8;
  private static final int SERVER_ERROR = 500;

  private final Services services;
  private final FirstAnswers answers;

  Named(Services services) {
    this.services = services;
    this.answers = services.answers();
  }

  /**
   * The route of an endpoint.
   *
   * @param owner whose requests have names of their own
   */
  Route.Endpoint route(Function<Request, String> owner, Endpoint endpoint) {
    return request -> answer(request, owner, endpoint);
  }

  private Response answer(Request request, Function<Request, String> owner, Endpoint endpoint) {
    String name = request.idempotencyKey();
    String seed = newSeed();
    if (name == null) {
      return endpoint.answer(request, new Claim.Execute(seed, false)).first();
    }
    NamedRequest named = new NamedRequest(owner.apply(request), name, request.contentDigest());
    return switch (answers.claim(named, seed)) {
      case Claim.Execute execution -> executed(request, named, execution, endpoint);
      case Claim.Answered(KeptAnswer answer) ->
          new Response(answer.status(), answer.headers(), answer.body());
      case Claim.Reused _ ->
          throw Problem.of(
              ProblemType.IDEMPOTENCY_KEY_REUSED,
              "This Idempotency-Key belongs to a request with other content. Use a new one.");
      case Claim.Running(var wait) -> throw Problem.requestRunning(wait);
    };
  }

  /**
   * Sorts by time. It is short enough that a delivery's id can hold a postback's id that is made of
   * it.
   */
  private String newSeed() {
    return Ids.encode(services.now().toEpochMilli(), TIME_DIGITS)
        + Ids.random(services.random(), RANDOM_DIGITS);
  }

  private Response executed(
      Request request, NamedRequest named, Claim.Execute execution, Endpoint endpoint) {
    Result result;
    try {
      result = endpoint.answer(request, execution);
    } catch (ProblemException e) {
      giveBack(named, e.problem().status() < SERVER_ERROR);
      throw e;
    } catch (RuntimeException e) {
      giveBack(named, false);
      throw e;
    }
    Response repeated = result.repeated();
    try {
      answers.keep(named, new KeptAnswer(repeated.status(), repeated.headers(), repeated.body()));
    } catch (Unavailable e) {
      // It is done, and a repeat finds what this execution has stored.
      services.errors().accept("the answer to a named request could not be kept", e);
    }
    return result.first();
  }

  /** Without it the claim ends by itself. */
  private void giveBack(NamedRequest named, boolean harmless) {
    try {
      answers.giveBack(named, harmless);
    } catch (Unavailable e) {
      services.errors().accept("the claim of a named request could not be given back", e);
    }
  }
}
