package com.natifico.postback.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.local.function.FunctionError;
import com.natifico.postback.local.function.LocalFunction;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Lambda authorizer with simple responses. Its decisions, including refusals, are cached by
 * identity source. Safe for use by several threads.
 */
final class Authorizer {
  private static final int MAX_KEPT = 10_000;

  /**
   * The parts of a request that hold the caller's identity.
   *
   * @param headers by lower-case name
   */
  record IdentitySource(List<String> headers, List<String> queryParameters) {
    /** The identity; null if a part is missing or empty. */
    @Nullable List<String> of(Incoming request) {
      List<String> found = new ArrayList<>();
      headers.forEach(name -> found.add(request.headers().getOrDefault(name, "")));
      queryParameters.forEach(name -> found.add(request.queryParameters().getOrDefault(name, "")));
      return found.contains("") ? null : found;
    }
  }

  /**
   * @param context the authorizer's context about the caller
   */
  record Decision(boolean isAuthorized, JsonNode context) {}

  private record Kept(Decision decision, Instant until) {}

  private final IdentitySource source;
  private final LocalFunction function;
  private final Duration keep;
  private final InstantSource clock;
  private final ObjectMapper json;
  private final Map<List<String>, Kept> kept = new ConcurrentHashMap<>();

  Authorizer(
      IdentitySource source,
      LocalFunction function,
      Duration keep,
      InstantSource clock,
      ObjectMapper json) {
    this.source = source;
    this.function = function;
    this.keep = keep;
    this.clock = clock;
    this.json = json;
  }

  /**
   * @param event creates the authorizer's event from the identity
   * @return null if the request has no identity
   * @throws FunctionError if the authorizer failed, or did not return a decision
   */
  @Nullable Decision decide(Incoming request, Function<List<String>, ObjectNode> event)
      throws FunctionError, InterruptedException, IOException {
    List<String> identity = source.of(request);
    if (identity == null) {
      return null;
    }
    Instant now = clock.instant();
    Kept known = kept.get(identity);
    if (known != null && now.isBefore(known.until())) {
      return known.decision();
    }
    Decision decision = ask(event.apply(identity));
    if (!keep.isZero()) {
      if (kept.size() >= MAX_KEPT) {
        kept.values().removeIf(entry -> !now.isBefore(entry.until()));
      }
      kept.put(identity, new Kept(decision, now.plus(keep)));
    }
    return decision;
  }

  private Decision ask(ObjectNode event) throws FunctionError, InterruptedException, IOException {
    JsonNode answer = json.readTree(function.invoke(json.writeValueAsBytes(event)));
    JsonNode isAuthorized = answer.get("isAuthorized");
    if (isAuthorized == null || !isAuthorized.isBoolean()) {
      throw new IOException(function.id() + " returned no isAuthorized");
    }
    JsonNode context = answer.path("context");
    return new Decision(
        isAuthorized.booleanValue(), context.isObject() ? context : json.createObjectNode());
  }
}
