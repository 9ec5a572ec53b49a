package com.natifico.postback.contract;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.natifico.postback.Unavailable;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.contract.problem.ProblemException;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Dispatches each request to its route: checks the role, turns problems into problem+json and
 * anything unexpected into 500. Roles are checked nowhere else.
 */
public final class Router {
  private final Map<String, Route> routes;
  private final BiConsumer<String, Throwable> log;

  /**
   * @param routes by route key, as template.yaml names them
   * @param log receives what happened, without anything of the request's content, and the cause
   */
  public Router(Map<String, Route> routes, BiConsumer<String, Throwable> log) {
    this.routes = Map.copyOf(routes);
    this.log = log;
  }

  /** The served route keys, for the test that compares them with template.yaml. */
  public Set<String> routeKeys() {
    return routes.keySet();
  }

  public APIGatewayV2HTTPResponse handle(APIGatewayV2HTTPEvent event) {
    Request request = new Request(event);
    try {
      return answer(request).toEvent();
    } catch (ProblemException e) {
      return Response.problem(e.problem()).toEvent();
    } catch (Unavailable e) {
      log.accept(request.routeKey() + ": an AWS service did not answer as needed", e);
      return Response.problem(Problem.unavailable().problem()).with("retry-after", "1").toEvent();
    } catch (RuntimeException e) {
      log.accept(request.routeKey() + ": unexpected", e);
      return Response.problem(Problem.internal().problem()).toEvent();
    }
  }

  private Response answer(Request request) {
    Route route = routes.get(request.routeKey());
    if (route == null) {
      throw Problem.notFound("route");
    }
    if (!route.roles().isEmpty() && !route.roles().contains(request.caller().role())) {
      throw Problem.forbidden(
          "A key of the role " + request.caller().role().word() + " may not do this.");
    }
    return route.endpoint().answer(request);
  }
}
