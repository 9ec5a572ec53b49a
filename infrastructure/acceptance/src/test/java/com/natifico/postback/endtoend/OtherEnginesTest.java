package com.natifico.postback.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.functions.api.ApiFunction;
import com.natifico.postback.functions.conversion.ConversionFunction;
import com.natifico.postback.functions.sender.SenderFunction;
import com.natifico.postback.local.engine.Clients;
import com.natifico.postback.local.engine.Tables;
import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.Template;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The main job on other engines than ours: the handlers of the four packages on the tables and
 * queues of template.yaml, and this test in the place of Lambda. On LocalStack where Docker runs;
 * on what {@code AWS_ENDPOINT_URL_DYNAMODB} and {@code AWS_ENDPOINT_URL_SQS} name where they are
 * set: LocalStack, moto.
 */
final class OtherEnginesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUEUES = "AWS_ENDPOINT_URL_SQS";
  private static final String TABLES = "AWS_ENDPOINT_URL_DYNAMODB";

  @Nested
  @Testcontainers(disabledWithoutDocker = true)
  final class OnLocalStack {
    @Container
    private static final LocalStackContainer CONTAINER =
        new LocalStackContainer("localstack/localstack:4.9").withServices("dynamodb", "sqs");

    @Test
    void retriesAndDelivers() throws Exception {
      new Story(CONTAINER.getEndpoint(), CONTAINER.getEndpoint()).run();
    }
  }

  @Nested
  @EnabledIfEnvironmentVariable(named = TABLES, matches = "http.*")
  @EnabledIfEnvironmentVariable(named = QUEUES, matches = "http.*")
  final class OnGivenEndpoints {
    @Test
    void retriesAndDelivers() throws Exception {
      new Story(URI.create(System.getenv(TABLES)), URI.create(System.getenv(QUEUES))).run();
    }
  }

  /** One affiliate, one postback, one conversion; the tracker fails once. */
  private record Story(URI tables, URI queues) {
    void run() throws Exception {
      Template template =
          Template.read(
              Path.of(System.getProperty("project.root"), "template.yaml"), Map.of(), "http://q/");
      try (DynamoDbClient dynamo = Clients.dynamo(tables);
          SqsClient sqs = Clients.sqs(queues);
          Tracker tracker = new Tracker()) {
        Tables.create(template.resources(Resource.TABLE), dynamo);
        template
            .resources(Resource.TABLE)
            .forEach(
                table ->
                    dynamo
                        .waiter()
                        .waitUntilTableExists(describe -> describe.tableName(table.name())));
        Map<String, String> urls = new HashMap<>();
        template
            .resources(Resource.QUEUE)
            .forEach(
                queue ->
                    urls.put(
                        queue.id(),
                        sqs.createQueue(create -> create.queueName(queue.name())).queueUrl()));
        tracker.answers("/t", 500);
        Functions functions = new Functions(environment(urls));

        JsonNode postback =
            functions.api(
                "POST /v1/affiliates/{affiliate_id}/postbacks",
                "{\"url\":\"" + tracker.url("/t?c={ref_id}&s={sum}") + "\"}");
        JsonNode pushed = functions.push();
        String delivery = pushed.at("/callbacks/0/delivery_id").asText();
        assertEquals(
            postback.path("postback_id"), pushed.at("/callbacks/0/postback_id"), pushed.toString());
        functions.send(received(sqs, urls.getOrDefault("CallbackQueue", "")));
        assertEquals("retrying", functions.delivery(delivery).path("state").asText());
        functions.send(received(sqs, urls.getOrDefault("RetryQueue", "")));

        JsonNode delivered = functions.delivery(delivery);
        assertEquals("delivered", delivered.path("state").asText(), delivered.toString());
        assertEquals(2, delivered.path("attempts").size());
        assertEquals("c=w8J3kUG5&s=12.50", tracker.received("/t").getLast().query());
        assertEquals(true, functions.push().path("duplicate").asBoolean());
        assertEquals(
            1,
            functions.api("GET /v1/affiliates/{affiliate_id}/deliveries", "").path("items").size());
        assertEquals(
            List.of(),
            sqs.receiveMessage(receive -> receive.queueUrl(urls.get("CallbackQueue"))).messages());
      }
    }

    private Map<String, String> environment(Map<String, String> urls) {
      Map<String, String> environment = new HashMap<>();
      environment.put(TABLES, tables.toString());
      environment.put(QUEUES, queues.toString());
      environment.put("AWS_REGION", "us-east-1");
      environment.put("AWS_ACCESS_KEY_ID", Clients.ACCESS_KEY);
      environment.put("AWS_SECRET_ACCESS_KEY", Clients.SECRET_KEY);
      environment.put("POSTBACKS_TABLE", "PostbacksTable");
      environment.put("EVENTS_TABLE", "EventsTable");
      environment.put("DELIVERIES_TABLE", "DeliveriesTable");
      environment.put("KEYS_TABLE", "KeysTable");
      environment.put("CALLBACK_QUEUE_URL", urls.getOrDefault("CallbackQueue", ""));
      environment.put("RETRY_QUEUE_URL", urls.getOrDefault("RetryQueue", ""));
      environment.put("DEAD_LETTER_QUEUE_URL", urls.getOrDefault("DeadLetterQueue", ""));
      environment.put("RETRY_SCHEDULE", "1s");
      environment.put("EGRESS_ALLOW", "127.0.0.0/8");
      return environment;
    }

    /** The one message that comes, as a batch for Lambda; it is taken off the queue. */
    private static SQSEvent received(SqsClient sqs, String url) {
      List<Message> messages = new ArrayList<>();
      for (int polls = 0; messages.isEmpty() && polls < 5; polls++) {
        messages.addAll(
            sqs.receiveMessage(receive -> receive.queueUrl(url).waitTimeSeconds(5)).messages());
      }
      assertEquals(1, messages.size(), url);
      Message message = messages.getFirst();
      sqs.deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
      SQSMessage record = new SQSMessage();
      record.setMessageId(message.messageId());
      record.setBody(message.body());
      SQSEvent event = new SQSEvent();
      event.setRecords(List.of(record));
      return event;
    }
  }

  /** The handlers, called as Lambda calls them. */
  private static final class Functions {
    private final String affiliate = "a" + System.nanoTime();
    private final ApiFunction api;
    private final ConversionFunction conversion;
    private final SenderFunction sender;

    Functions(Map<String, String> environment) {
      api = new ApiFunction(environment);
      conversion = new ConversionFunction(environment);
      sender = new SenderFunction(environment);
    }

    JsonNode api(String route, String body) throws Exception {
      return call(event -> api.handleRequest(event, new Invoked()), route, Map.of(), body);
    }

    JsonNode delivery(String id) throws Exception {
      return call(
          event -> api.handleRequest(event, new Invoked()),
          "GET /v1/affiliates/{affiliate_id}/deliveries/{delivery_id}",
          Map.of("delivery_id", id),
          "");
    }

    JsonNode push() throws Exception {
      return call(
          event -> conversion.handleRequest(event, new Invoked()),
          "POST /v1/conversions",
          Map.of(),
          """
          {"conversion_id":"c-1","affiliate_id":"%s","offer_id":"1","status":"approved",
           "ref_id":"w8J3kUG5","sum":12.50}
          """
              .formatted(affiliate));
    }

    void send(SQSEvent batch) {
      assertEquals(List.of(), sender.handleRequest(batch, new Invoked()).getBatchItemFailures());
    }

    private JsonNode call(
        Function<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> function,
        String route,
        Map<String, String> path,
        String body)
        throws Exception {
      Map<String, String> parameters = new HashMap<>(path);
      parameters.put("affiliate_id", affiliate);
      Map<String, Object> caller =
          Map.of("role", route.startsWith("POST /v1/conv") ? "network" : "manager", "key_id", "k");
      APIGatewayV2HTTPResponse response =
          function.apply(
              APIGatewayV2HTTPEvent.builder()
                  .withVersion("2.0")
                  .withRouteKey(route)
                  .withRawQueryString("")
                  .withHeaders(Map.of("content-type", "application/json"))
                  .withPathParameters(parameters)
                  .withBody(body)
                  .withIsBase64Encoded(false)
                  .withRequestContext(
                      APIGatewayV2HTTPEvent.RequestContext.builder()
                          .withAuthorizer(
                              APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder()
                                  .withLambda(caller)
                                  .build())
                          .build())
                  .build());
      assertEquals(2, response.getStatusCode() / 100, response.getBody());
      return JSON.readTree(response.getBody());
    }
  }
}
