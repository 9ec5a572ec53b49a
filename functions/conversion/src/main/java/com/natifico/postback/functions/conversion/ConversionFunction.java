package com.natifico.postback.functions.conversion;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.natifico.postback.access.Role;
import com.natifico.postback.aws.lambda.Invocation;
import com.natifico.postback.aws.snapshot.Priming;
import com.natifico.postback.aws.snapshot.Snapshots;
import com.natifico.postback.contract.AffiliateLimits;
import com.natifico.postback.contract.Route;
import com.natifico.postback.contract.Router;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Receives conversions: each is validated, claimed, matched, expanded and enqueued before the
 * response is sent.
 */
public final class ConversionFunction
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final ConversionComposition services;
  private final Router router;

  /** Kept here, because the context of snapshots keeps no reference. */
  @SuppressWarnings("UnusedVariable")
  private @Nullable Priming priming;

  /** The constructor that Lambda calls. */
  public ConversionFunction() {
    this(System.getenv());
    priming = Snapshots.areTaken() ? FirstPush.prime(System.getenv(), services) : null;
  }

  /**
   * @param environment the variables of template.yaml
   */
  public ConversionFunction(Map<String, String> environment) {
    this(ConversionComposition.of(environment));
  }

  /** Uses the given services. */
  public ConversionFunction(ConversionComposition services) {
    this.services = services;
    PushRecorder recorder = new PushRecorder(services.refused());
    Conversions conversions =
        new Conversions(services.acceptance(), recorder, services.log(), services.metrics());
    TestConversionRoutes tests =
        new TestConversionRoutes(
            services.testConversions(), new AffiliateLimits(services.limits()));
    router =
        new Router(
            Map.of(
                "POST /v1/conversions", ofNetwork(recorder.recorded(conversions::push)),
                "POST /v1/conversions/batch", ofNetwork(recorder.recorded(conversions::pushBatch)),
                "GET /v1/conversions/postback",
                    ofNetwork(recorder.recorded(conversions::pushByQuery)),
                "POST /v1/test-conversions", Route.of(tests::send, Role.MANAGER, Role.AFFILIATE),
                "GET /v1/test-conversions/{id}",
                    Route.of(tests::find, Role.MANAGER, Role.AFFILIATE)),
            services.log());
  }

  private static Route ofNetwork(Route.Endpoint endpoint) {
    return Route.of(endpoint, Role.NETWORK);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    try {
      return Invocation.of(context, event).logged(() -> router.handle(event));
    } finally {
      services.metrics().flush();
    }
  }
}
