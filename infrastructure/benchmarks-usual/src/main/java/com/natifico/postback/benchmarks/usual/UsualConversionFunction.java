package com.natifico.postback.benchmarks.usual;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.acceptance.Acceptance;
import com.natifico.postback.acceptance.Acceptance.Result;
import com.natifico.postback.acceptance.Concurrently;
import com.natifico.postback.acceptance.Healing;
import com.natifico.postback.aws.dynamodb.DynamoDbDeliveryLog;
import com.natifico.postback.aws.dynamodb.DynamoDbEventStore;
import com.natifico.postback.aws.dynamodb.DynamoDbPostbackStore;
import com.natifico.postback.aws.sqs.SqsCallbackQueue;
import com.natifico.postback.contract.input.ConversionReader;
import com.natifico.postback.contract.input.Input;
import com.natifico.postback.contract.problem.ProblemException;
import com.natifico.postback.conversion.StatusMap;
import com.natifico.postback.postback.PostbackCache;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * The conversion function written in the usual way: typed events by the runtime's own mapping, the
 * body by databind, the SDK's default clients, and logging by Powertools with Log4j. It uses the
 * same domain and stores as the real function.
 */
public final class UsualConversionFunction
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(UsualConversionFunction.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DynamoDbClient DYNAMO_DB = DynamoDbClient.create();
  private static final SqsClient SQS = SqsClient.create();

  private final Acceptance acceptance;

  /** The constructor that Lambda calls. */
  public UsualConversionFunction() {
    Map<String, String> environment = System.getenv();
    Duration retention = Duration.ofDays(90);
    SecureRandom random = new SecureRandom();
    InstantSource clock = InstantSource.system();
    PostbackCache postbacks =
        new PostbackCache(
            new DynamoDbPostbackStore(
                DYNAMO_DB, Objects.requireNonNull(environment.get("POSTBACKS_TABLE")), random),
            Duration.ofSeconds(5),
            clock);
    DynamoDbEventStore events =
        new DynamoDbEventStore(
            DYNAMO_DB, Objects.requireNonNull(environment.get("EVENTS_TABLE")), retention, random);
    acceptance =
        new Acceptance(
            events,
            postbacks,
            new Healing(
                new DynamoDbDeliveryLog(
                    DYNAMO_DB,
                    Objects.requireNonNull(environment.get("DELIVERIES_TABLE")),
                    retention,
                    random),
                postbacks,
                events,
                clock),
            new SqsCallbackQueue(
                SQS,
                Objects.requireNonNull(environment.get("CALLBACK_QUEUE_URL")),
                clock,
                LOG::error),
            Concurrently.onVirtualThreads(),
            clock);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return PowertoolsLogging.withLogging(context, () -> answer(event));
  }

  private APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event) {
    try {
      Map<String, Input> members = new LinkedHashMap<>();
      JSON.readTree(event.getBody())
          .properties()
          .forEach(member -> members.put(member.getKey(), input(member.getValue())));
      Result result =
          acceptance.accept(
              ConversionReader.readJson(new Input.Obj(members), StatusMap.NONE).conversion());
      LOG.info("accepted");
      return switch (result) {
        case Result.Accepted accepted ->
            response(
                accepted.duplicate() ? 200 : 202,
                Map.of(
                    "event_id", accepted.event().id().value(),
                    "duplicate", accepted.duplicate(),
                    "callbacks", accepted.event().callbacks()));
        case Result.Conflict conflict -> response(409, Map.of("fields", conflict.fields()));
        case Result.Unavailable unavailable -> throw unavailable.cause();
      };
    } catch (JsonProcessingException e) {
      return response(400, Map.of("detail", "no JSON"));
    } catch (ProblemException e) {
      return response(e.problem().status(), Map.of("detail", e.problem().detail()));
    }
  }

  private static Input input(JsonNode node) {
    return node.isNumber() ? new Input.Number(node.asText()) : new Input.Text(node.asText());
  }

  private static APIGatewayV2HTTPResponse response(int status, Map<String, Object> body) {
    try {
      return APIGatewayV2HTTPResponse.builder()
          .withStatusCode(status)
          .withHeaders(Map.of("content-type", "application/json"))
          .withBody(JSON.writeValueAsString(body))
          .build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
