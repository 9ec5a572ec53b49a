package com.natifico.postback.contract;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.natifico.postback.Unavailable;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.contract.problem.ProblemException;
import com.natifico.postback.limit.Allowance;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Dispatches each request to its route: checks the role, turns problems into problem+json and
 * anything unexpected into 500. Roles are checked nowhere else. HEAD is served by the endpoint of
 * GET, and a client that has the current version of a document gets 304.
 */
public final class Router {
  private final Map<String, Route> routes;
  private final CallerLimit limit;
  private final BiConsumer<String, Throwable> log;

  /** Limits the requests of a caller. */
  @FunctionalInterface
  public interface CallerLimit {
    /** Every caller may send as many requests as the gateway forwards. */
    CallerLimit NONE = _ -> new Allowance.Granted();

    Allowance take(String keyId);
  }

  /** Without a limit for callers. */
  public Router(Map<String, Route> routes, BiConsumer<String, Throwable> log) {
    this(routes, CallerLimit.NONE, log);
  }

  /**
   * @param routes by route key, as template.yaml names them
   * @param limit applies to the routes that need a key
   * @param log receives what happened, without anything of the request's content, and the cause
   */
  public Router(Map<String, Route> routes, CallerLimit limit, BiConsumer<String, Throwable> log) {
    this.routes = Map.copyOf(routes);
    this.limit = limit;
    this.log = log;
  }

  /** The served route keys, for the test that compares them with template.yaml. */
  public Set<String> routeKeys() {
    return routes.keySet();
  }

  public APIGatewayV2HTTPResponse handle(APIGatewayV2HTTPEvent event) {
    Request request = new Request(event);
    Response response = answered(request);
    return (request.isHead() ? response.withoutBody() : response).toEvent();
  }

  private Response answered(Request request) {
    try {
      Response response = answer(request);
      String tag = response.cacheTag();
      return tag != null && IfNoneMatch.names(request.header("if-none-match"), tag)
          ? response.notModified()
          : response;
    } catch (ProblemException e) {
      return Response.problem(e.problem());
    } catch (Unavailable e) {
      log.accept(request.routeKey() + ": an AWS service did not answer as needed", e);
      return Response.problem(Problem.unavailable().problem());
    } catch (RuntimeException e) {
      log.accept(request.routeKey() + ": unexpected", e);
      return Response.problem(Problem.internal().problem());
    }
  }

  private Response answer(Request request) {
    Route route = routes.get(request.isHead() ? request.routeKeyOfGet() : request.routeKey());
    if (route == null) {
      throw Problem.notFound("route");
    }
    if (!route.roles().isEmpty() && !route.roles().contains(request.caller().role())) {
      throw Problem.forbidden(
          "A key of the role " + request.caller().role().word() + " may not do this.");
    }
    if (!route.roles().isEmpty()
        && limit.take(request.caller().keyId()) instanceof Allowance.Refused(Duration wait)) {
      throw Problem.rateLimited("This key has sent too many requests", wait);
    }
    return route.endpoint().answer(request);
  }
}
