package com.natifico.postback.functions.sender;

import com.natifico.postback.aws.client.AwsClients;
import com.natifico.postback.aws.client.Environment;
import com.natifico.postback.aws.dynamodb.DynamoDbDeliveryLog;
import com.natifico.postback.aws.dynamodb.DynamoDbEventStore;
import com.natifico.postback.aws.dynamodb.DynamoDbPaceStore;
import com.natifico.postback.aws.dynamodb.DynamoDbPostbackHealth;
import com.natifico.postback.aws.dynamodb.DynamoDbPostbackStore;
import com.natifico.postback.aws.dynamodb.DynamoDbSecretReader;
import com.natifico.postback.aws.log.Log;
import com.natifico.postback.aws.metric.DeliveryReport;
import com.natifico.postback.aws.metric.EmbeddedMetrics;
import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.aws.sqs.GroupedCallbackQueue;
import com.natifico.postback.aws.sqs.MessageVisibility;
import com.natifico.postback.aws.sqs.SqsCallbackQueue;
import com.natifico.postback.aws.sqs.SqsDeadLetterQueue;
import com.natifico.postback.aws.sqs.SqsMessageVisibility;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.FollowUp;
import com.natifico.postback.delivery.HealthWatch;
import com.natifico.postback.delivery.LanedQueue;
import com.natifico.postback.delivery.Pacing;
import com.natifico.postback.delivery.RetryPolicy;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.delivery.Sender;
import com.natifico.postback.delivery.SenderStores;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.functions.sender.http.HttpTransport;
import com.natifico.postback.postback.PostbackCache;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.SecretCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The services that this function uses.
 *
 * @param threads runs the messages of a batch; a simulation controls their order
 * @param log receives why a message returns to the queue
 */
public record SenderComposition(
    Sender sender,
    MessageVisibility visibility,
    Metrics metrics,
    Supplier<ExecutorService> threads,
    BiConsumer<String, Throwable> log) {

  /** How long a message that is sent waits for others of its batch. */
  private static final Duration GROUPED_FOR = Duration.ofMillis(100);

  SenderComposition(Sender sender, MessageVisibility visibility, Metrics metrics) {
    this(sender, visibility, metrics, Executors::newVirtualThreadPerTaskExecutor, Log.errors());
  }

  static SenderComposition of(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    AwsClients clients = new AwsClients(variables);
    DynamoDbClient dynamoDb = clients.dynamoDb();
    SqsClient sqs = clients.sqs();
    InstantSource clock = InstantSource.system();
    // Each thread has its own generator, so that neither threads nor copies of a snapshot share a
    // sequence.
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();

    PostbackStore postbacks =
        new DynamoDbPostbackStore(dynamoDb, environment.required("POSTBACKS_TABLE"), random);
    Function<String, CallbackQueue> queue =
        url ->
            new GroupedCallbackQueue(
                new SqsCallbackQueue(sqs, environment.required(url), clock, Log.errors()),
                GROUPED_FOR);
    DeliveryLog log =
        new DynamoDbDeliveryLog(
            dynamoDb, environment.required("DELIVERIES_TABLE"), environment.retention(), random);
    Metrics metrics = EmbeddedMetrics.of(environment, clock);
    Sender sender =
        new Sender(
            new SenderStores(
                log,
                new PostbackCache(postbacks, environment.postbackCache(), clock),
                new DynamoDbEventStore(
                    dynamoDb,
                    environment.required("EVENTS_TABLE"),
                    environment.retention(),
                    random),
                new SecretCache(
                    new DynamoDbSecretReader(dynamoDb, environment.required("SECRETS_TABLE")),
                    environment.postbackCache(),
                    clock)),
            new HttpTransport(EgressGuard.of(variables)),
            new FollowUp(
                new LanedQueue(queue.apply("RETRY_QUEUE_URL"), queue.apply("SLOW_QUEUE_URL")),
                new SqsDeadLetterQueue(
                    sqs, environment.required("DEAD_LETTER_QUEUE_URL"), GROUPED_FOR),
                new HealthWatch(
                    new DynamoDbPostbackHealth(
                        dynamoDb, environment.required("POSTBACKS_TABLE"), random),
                    postbacks,
                    log,
                    Log.errors())),
            new RetryPolicy(
                RetrySchedule.parse(environment.or("RETRY_SCHEDULE", "1m,5m,15m,1h,4h,12h,24h")),
                random),
            clock,
            new DeliveryReport(metrics),
            new Pacing(
                new DynamoDbPaceStore(dynamoDb, environment.required("POSTBACKS_TABLE"), random),
                SenderComposition::sleep,
                Log.errors()));
    MessageVisibility visibility =
        new SqsMessageVisibility(
            sqs,
            List.of(
                environment.required("CALLBACK_QUEUE_URL"),
                environment.required("RETRY_QUEUE_URL"),
                environment.required("SLOW_QUEUE_URL")));
    return new SenderComposition(sender, visibility, metrics);
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the batch has ended", e);
    }
  }
}
