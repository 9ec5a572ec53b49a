package com.natifico.postback.benchmarks.endtoend;

import com.natifico.postback.aws.AwsClients;
import com.natifico.postback.local.LocalStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The local stack with one affiliate's postback, and both ways through it. */
final class Stack implements AutoCloseable {
  /** As many as a sender has in flight, and the pushes. */
  private static final int CONNECTIONS = 512;

  /** Ids of one length with those of the runs. */
  private static final String WARM_UP = "c-0000-000000";

  private static final String RECORDED = "c-0000-000001";

  private final LocalStack stack;
  private final Tracker tracker = new Tracker();
  private final CloseableHttpClient http =
      HttpClients.custom()
          .setConnectionManager(
              PoolingHttpClientConnectionManagerBuilder.create()
                  .setMaxConnPerRoute(CONNECTIONS)
                  .setMaxConnTotal(CONNECTIONS)
                  .build())
          .disableAutomaticRetries()
          .build();
  private final AwsClients clients;
  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;
  private final OurWay ours;
  private final IdealLoop ideal;

  /**
   * @param parameters of the template, {@code SenderBatchSize=10}
   * @param concurrency of the ideal loop's batches
   */
  Stack(Path root, String parameters, int concurrency) throws IOException {
    stack =
        LocalStack.start(
            root,
            Map.of(
                "PORT",
                "0",
                "DEMO",
                "false",
                "PARAMETER_OVERRIDES",
                "EgressAllow=127.0.0.0/8 " + parameters));
    clients = new AwsClients(environment("none"));
    dynamoDb = clients.dynamoDb();
    sqs = clients.sqs();
    String callbacks = Objects.requireNonNull(stack.queueUrls().get("CallbackQueue"));
    ours = new OurWay(http, stack.port(), new Queue(sqs, callbacks));
    ours.givenPostback(tracker.template());
    BareRequests recorded = new Recording(environment(queue("recorded"))).of(WARM_UP, RECORDED);
    ideal = new IdealLoop(dynamoDb, http, recorded, new Queue(sqs, queue("ideal")), concurrency);
  }

  private String queue(String name) {
    return sqs.createQueue(create -> create.queueName(name)).queueUrl();
  }

  /** What the functions get here, with the engines themselves behind it. */
  private Map<String, String> environment(String queueUrl) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "local");
    environment.put("AWS_SECRET_ACCESS_KEY", "local");
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", stack.dynamoEndpoint().toString());
    environment.put("AWS_ENDPOINT_URL_SQS", stack.sqsEndpoint().toString());
    environment.put("POSTBACKS_TABLE", "PostbacksTable");
    environment.put("EVENTS_TABLE", "EventsTable");
    environment.put("DELIVERIES_TABLE", "DeliveriesTable");
    environment.put("CALLBACK_QUEUE_URL", queueUrl);
    environment.put("RETRY_QUEUE_URL", queueUrl);
    environment.put("DEAD_LETTER_QUEUE_URL", queueUrl);
    environment.put("RETRY_SCHEDULE", "1m");
    environment.put("POSTBACK_CACHE_SECONDS", "300");
    environment.put("RETENTION_DAYS", "90");
    environment.put("EGRESS_ALLOW", "127.0.0.0/8");
    return environment;
  }

  Tracker tracker() {
    return tracker;
  }

  Way ours() {
    return ours;
  }

  Way ideal() {
    return ideal;
  }

  @Override
  public void close() throws IOException {
    ideal.close();
    stack.close();
    dynamoDb.close();
    sqs.close();
    http.close();
    tracker.close();
  }
}
