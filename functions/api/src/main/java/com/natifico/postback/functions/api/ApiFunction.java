package com.natifico.postback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.natifico.postback.aws.client.AwsClients;
import com.natifico.postback.aws.lambda.Invocation;
import com.natifico.postback.aws.log.Log;
import com.natifico.postback.aws.snapshot.Priming;
import com.natifico.postback.aws.snapshot.Rehearsal;
import com.natifico.postback.contract.Router;
import com.natifico.postback.limit.KeyLimits;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Lambda function of the API for affiliates, account managers and admins. */
public final class ApiFunction
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  /** The request that primes the function: a list of postbacks of an affiliate that has none. */
  private static final String EMPTY_LIST =
      """
      {"version": "2.0", "routeKey": "GET /v1/affiliates/{affiliate_id}/postbacks",
       "rawQueryString": "", "headers": {}, "pathParameters": {"affiliate_id": "-priming-"},
       "requestContext": {"authorizer": {"lambda": {"role": "manager", "key_id": "priming"}}}}
      """;

  private final Router router;

  /** Kept here, because the context of snapshots keeps no reference. */
  @SuppressWarnings("UnusedVariable")
  private @Nullable Priming priming;

  /** The constructor that Lambda calls. */
  public ApiFunction() {
    this(System.getenv());
    priming =
        Priming.with(
            () -> rehearsal(System.getenv()), () -> Rehearsal.http(EMPTY_LIST, this), Log.errors());
  }

  private static Runnable rehearsal(Map<String, String> environment) {
    AwsClients clients =
        AwsClients.rehearsed(environment, Map.of("Query", _ -> "{\"Count\": 0, \"Items\": []}"));
    ApiFunction rehearsed = new ApiFunction(ApiComposition.of(environment, clients));
    return () -> Rehearsal.http(EMPTY_LIST, rehearsed);
  }

  /** Uses the services that this environment names. */
  public ApiFunction(Map<String, String> environment) {
    this(ApiComposition.of(environment));
  }

  /** Uses the given services. */
  public ApiFunction(Services services) {
    KeyLimits limits = new KeyLimits(KeyLimits.PER_KEY, services.clock());
    this.router = new Router(Routes.of(services), limits::take, services.errors());
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return Invocation.of(context, event).logged(() -> answer(event));
  }

  APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event) {
    return router.handle(event);
  }
}
