package com.natifico.postback.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.natifico.postback.aws.log.Log;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ids of one gateway request, which appear in all its log lines. */
public record Invocation(Map<String, String> ids) {
  public Invocation {
    ids = Map.copyOf(ids);
  }

  /** Both ids: Lambda's, which its own log lines contain, and the access log's. */
  public static Invocation of(@Nullable Context context, APIGatewayV2HTTPEvent event) {
    Map<String, String> ids = new HashMap<>();
    put(ids, "request_id", context == null ? null : context.getAwsRequestId());
    APIGatewayV2HTTPEvent.RequestContext gateway = event.getRequestContext();
    put(ids, "gateway_request_id", gateway == null ? null : gateway.getRequestId());
    return new Invocation(ids);
  }

  private static void put(Map<String, String> ids, String name, @Nullable String id) {
    if (id != null) {
      ids.put(name, id);
    }
  }

  /** Runs the work with these ids in all its log lines. */
  public <T> T logged(Supplier<T> work) {
    return Log.with(ids, work);
  }
}
