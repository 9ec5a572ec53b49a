package com.natifico.postback.aws.snapshot;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.natifico.postback.aws.lambda.EventSerializer;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Invokes a handler as the runtime does, from JSON to JSON, to prime it. */
public final class Rehearsal {
  private Rehearsal() {}

  /** Sends a request of an HTTP API. */
  public static void http(
      String json, RequestHandler<APIGatewayV2HTTPEvent, ? extends Object> handler) {
    invoke(json, APIGatewayV2HTTPEvent.class, handler);
  }

  /** Sends a request to an authorizer. */
  public static void authorizer(
      String json, RequestHandler<APIGatewayV2CustomAuthorizerEvent, ? extends Object> handler) {
    invoke(json, APIGatewayV2CustomAuthorizerEvent.class, handler);
  }

  private static <T> void invoke(
      String json, Class<T> type, RequestHandler<T, ? extends Object> handler) {
    EventSerializer serializer = new EventSerializer();
    T event = serializer.fromJson(json, type);
    serializer.toJson(
        Objects.requireNonNull(answer(event, handler)), new ByteArrayOutputStream(), type);
  }

  /** None of our HTTP handlers uses the context in a rehearsal. */
  @SuppressWarnings("NullAway")
  private static <T> @Nullable Object answer(T event, RequestHandler<T, ?> handler) {
    return handler.handleRequest(event, null);
  }
}
