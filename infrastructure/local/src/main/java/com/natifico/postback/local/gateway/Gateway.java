package com.natifico.postback.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.local.function.FunctionError;
import com.natifico.postback.local.function.LocalFunction;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Processes a request: finds the route, calls the authorizer, then the function. */
final class Gateway {
  private final RouteTable routes;
  private final @Nullable Cors cors;
  private final Map<String, Authorizer> authorizers;
  private final Map<String, LocalFunction> functions;
  private final ProxyEvents events;
  private final ProxyResponses responses;
  private final ObjectMapper json;

  Gateway(
      RouteTable routes,
      @Nullable Cors cors,
      Map<String, Authorizer> authorizers,
      Map<String, LocalFunction> functions,
      ProxyEvents events,
      ObjectMapper json) {
    this.routes = routes;
    this.cors = cors;
    this.authorizers = Map.copyOf(authorizers);
    this.functions = Map.copyOf(functions);
    this.events = events;
    this.responses = new ProxyResponses(json);
    this.json = json;
  }

  Outgoing answer(Incoming request) throws InterruptedException {
    try {
      RouteTable.Match match = routes.find(request.method(), request.path());
      if (match == null) {
        return cors != null && request.method().equals("OPTIONS")
            ? cors.preflight(request)
            : Outgoing.NOT_FOUND;
      }
      Authorizer authorizer = authorizer(match.route());
      if (authorizer == null) {
        return invoke(request, match, null);
      }
      Authorizer.Decision decision =
          authorizer.decide(request, identity -> events.forAuthorizer(request, match, identity));
      if (decision == null) {
        return Outgoing.UNAUTHORIZED;
      }
      return decision.isAuthorized()
          ? invoke(request, match, decision.context())
          : Outgoing.FORBIDDEN;
    } catch (IllegalArgumentException _) {
      return Outgoing.BAD_REQUEST;
    } catch (FunctionError | IOException _) {
      return Outgoing.INTERNAL_SERVER_ERROR;
    }
  }

  private @Nullable Authorizer authorizer(GatewayRoute route) {
    return route.authorizer() == null ? null : authorizers.get(route.authorizer());
  }

  private Outgoing invoke(Incoming request, RouteTable.Match match, @Nullable JsonNode authorized)
      throws FunctionError, InterruptedException, IOException {
    byte[] event = json.writeValueAsBytes(events.forFunction(request, match, authorized));
    if (event.length > LocalFunction.MAX_PAYLOAD_BYTES) {
      return Outgoing.TOO_LARGE;
    }
    LocalFunction function = Objects.requireNonNull(functions.get(match.route().functionId()));
    Outgoing answer = responses.of(function.invoke(event));
    return cors == null ? answer : cors.applied(request, answer);
  }
}
