package com.natifico.postback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.natifico.postback.aws.AwsClients;
import com.natifico.postback.aws.Log;
import com.natifico.postback.aws.Priming;
import com.natifico.postback.aws.events.Rehearsal;
import com.natifico.postback.aws.http.Invocation;
import com.natifico.postback.aws.http.Router;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The affiliates', account managers' and admins' API: event in, one call, response out. */
public final class ApiFunction
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  /** The first request's way: a list of postbacks of an affiliate that has none. */
  private static final String LIST_OF_NOBODY =
      """
      {"version": "2.0", "routeKey": "GET /v1/affiliates/{affiliate_id}/postbacks",
       "rawQueryString": "", "headers": {}, "pathParameters": {"affiliate_id": "-priming-"},
       "requestContext": {"authorizer": {"lambda": {"role": "manager", "key_id": "priming"}}}}
      """;

  private final Router router;

  @SuppressWarnings("UnusedVariable") // Kept, because the context of snapshots does not.
  private @Nullable Priming priming;

  /** As Lambda starts it. */
  public ApiFunction() {
    this(System.getenv());
    priming =
        Priming.with(
            () -> rehearsal(System.getenv()),
            () -> Rehearsal.http(LIST_OF_NOBODY, this),
            Log.errors());
  }

  private static Runnable rehearsal(Map<String, String> environment) {
    AwsClients clients =
        AwsClients.rehearsed(environment, Map.of("Query", _ -> "{\"Count\": 0, \"Items\": []}"));
    ApiFunction rehearsed = new ApiFunction(ApiComposition.services(environment, clients));
    return () -> Rehearsal.http(LIST_OF_NOBODY, rehearsed);
  }

  /** Against the services that this environment names. */
  public ApiFunction(Map<String, String> environment) {
    this(ApiComposition.services(environment));
  }

  ApiFunction(Services services) {
    this(services, Log.errors());
  }

  /**
   * With everything that it talks to.
   *
   * @param log is told what went wrong, without anything of a request's content
   */
  public ApiFunction(Services services, BiConsumer<String, Throwable> log) {
    this.router = new Router(Routes.of(services), log);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return Invocation.of(context, event).logged(() -> answer(event));
  }

  APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event) {
    return router.handle(event);
  }
}
