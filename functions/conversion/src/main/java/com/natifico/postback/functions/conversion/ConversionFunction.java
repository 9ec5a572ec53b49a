package com.natifico.postback.functions.conversion;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.natifico.postback.acceptance.Acceptance;
import com.natifico.postback.acceptance.TestConversions;
import com.natifico.postback.access.Role;
import com.natifico.postback.aws.lambda.Invocation;
import com.natifico.postback.aws.log.Log;
import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.aws.snapshot.Priming;
import com.natifico.postback.aws.snapshot.Snapshots;
import com.natifico.postback.contract.Route;
import com.natifico.postback.contract.Router;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Receives conversions: each is validated, claimed, matched, expanded and enqueued before the
 * response is sent.
 */
public final class ConversionFunction
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final Router router;
  private final Metrics metrics;

  @SuppressWarnings(
      "UnusedVariable") // A reference is kept here, because the context of snapshots does not keep
  // one.
  private @Nullable Priming priming;

  /** The constructor that Lambda calls. */
  public ConversionFunction() {
    this(System.getenv(), ConversionComposition.of(System.getenv()));
  }

  private ConversionFunction(Map<String, String> environment, ConversionComposition parts) {
    this(parts);
    priming = Snapshots.areTaken() ? FirstPush.prime(environment, parts) : null;
  }

  ConversionFunction(ConversionComposition parts) {
    this(parts.acceptance(), parts.testConversions(), parts.metrics(), Log.errors());
  }

  /**
   * @param environment the variables of template.yaml
   */
  public ConversionFunction(Map<String, String> environment) {
    this(ConversionComposition.of(environment));
  }

  /**
   * Uses the given services.
   *
   * @param log receives what went wrong, without anything of a request's content, and the cause
   */
  public ConversionFunction(
      Acceptance acceptance,
      TestConversions testConversions,
      Metrics metrics,
      BiConsumer<String, Throwable> log) {
    this.metrics = metrics;
    Conversions conversions = new Conversions(acceptance, log, metrics);
    TestConversionRoutes tests = new TestConversionRoutes(testConversions);
    router =
        new Router(
            Map.of(
                "POST /v1/conversions", Route.of(conversions::push, Role.NETWORK),
                "POST /v1/conversions/batch", Route.of(conversions::pushBatch, Role.NETWORK),
                "GET /v1/conversions/postback", Route.of(conversions::pushByQuery, Role.NETWORK),
                "POST /v1/test-conversions", Route.of(tests::send, Role.MANAGER, Role.AFFILIATE),
                "GET /v1/test-conversions/{id}",
                    Route.of(tests::find, Role.MANAGER, Role.AFFILIATE)),
            log);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    try {
      return Invocation.of(context, event).logged(() -> router.handle(event));
    } finally {
      metrics.flush();
    }
  }
}
