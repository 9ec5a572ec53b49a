package com.natifico.postback.functions.conversion;

import com.natifico.postback.acceptance.Acceptance;
import com.natifico.postback.acceptance.Concurrently;
import com.natifico.postback.acceptance.EventDeliveries;
import com.natifico.postback.acceptance.Healing;
import com.natifico.postback.acceptance.TestConversions;
import com.natifico.postback.aws.client.AwsClients;
import com.natifico.postback.aws.client.Environment;
import com.natifico.postback.aws.dynamodb.DynamoDbAffiliateDirectory;
import com.natifico.postback.aws.dynamodb.DynamoDbCallLimits;
import com.natifico.postback.aws.dynamodb.DynamoDbDeliveryLog;
import com.natifico.postback.aws.dynamodb.DynamoDbEventStore;
import com.natifico.postback.aws.dynamodb.DynamoDbPostbackStore;
import com.natifico.postback.aws.dynamodb.DynamoDbPushLog;
import com.natifico.postback.aws.log.Log;
import com.natifico.postback.aws.metric.EmbeddedMetrics;
import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.aws.sqs.SqsCallbackQueue;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.LanedQueue;
import com.natifico.postback.directory.SeenAffiliates;
import com.natifico.postback.limit.CallLimits;
import com.natifico.postback.postback.PostbackCache;
import com.natifico.postback.postback.PostbackReader;
import com.natifico.postback.push.RefusedPushes;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The services that this function uses.
 *
 * @param log receives what went wrong, without any of a request's content
 * @param primeQueue sends an empty batch to the queue, see {@link FirstPush}
 */
public record ConversionComposition(
    Acceptance acceptance,
    TestConversions testConversions,
    CallLimits limits,
    RefusedPushes refused,
    Metrics metrics,
    BiConsumer<String, Throwable> log,
    Runnable primeQueue) {

  /** Without a queue to prime. */
  public ConversionComposition(
      Acceptance acceptance,
      TestConversions testConversions,
      CallLimits limits,
      RefusedPushes refused,
      Metrics metrics,
      BiConsumer<String, Throwable> log) {
    this(acceptance, testConversions, limits, refused, metrics, log, () -> {});
  }

  ConversionComposition withMetrics(Metrics other) {
    return new ConversionComposition(
        acceptance, testConversions, limits, refused, other, log, primeQueue);
  }

  static ConversionComposition of(Map<String, String> variables) {
    return of(variables, new AwsClients(variables));
  }

  static ConversionComposition of(Map<String, String> variables, AwsClients clients) {
    Environment environment = new Environment(variables);
    DynamoDbClient dynamoDb = clients.dynamoDb();
    InstantSource clock = InstantSource.system();
    RandomGenerator random = new SecureRandom();

    EventStore events =
        new SeenAffiliates(
                new DynamoDbAffiliateDirectory(dynamoDb, environment.required("STATISTICS_TABLE")),
                clock,
                Log.errors())
            .of(
                new DynamoDbEventStore(
                    dynamoDb,
                    environment.required("EVENTS_TABLE"),
                    environment.retention(),
                    random));
    DeliveryLog log =
        new DynamoDbDeliveryLog(
            dynamoDb, environment.required("DELIVERIES_TABLE"), environment.retention(), random);
    PostbackReader postbacks =
        new PostbackCache(
            new DynamoDbPostbackStore(dynamoDb, environment.required("POSTBACKS_TABLE"), random),
            environment.postbackCache(),
            clock);
    SqsCallbackQueue queue =
        new SqsCallbackQueue(
            clients.sqs(), environment.required("CALLBACK_QUEUE_URL"), clock, Log.errors());

    Acceptance acceptance =
        new Acceptance(
            events,
            postbacks,
            new Healing(log, postbacks, events, clock),
            new LanedQueue(
                queue,
                new SqsCallbackQueue(
                    clients.sqs(), environment.required("SLOW_QUEUE_URL"), clock, Log.errors())),
            Concurrently.onVirtualThreads(),
            clock);
    return new ConversionComposition(
        acceptance,
        new TestConversions(
            acceptance,
            events,
            postbacks,
            new EventDeliveries(log, postbacks, events),
            clock,
            ConversionComposition::sleep,
            random),
        new DynamoDbCallLimits(dynamoDb, environment.required("LIMITS_TABLE"), clock),
        new RefusedPushes(
            new DynamoDbPushLog(dynamoDb, environment.required("PUSHES_TABLE")),
            clock,
            random,
            Log.errors()),
        EmbeddedMetrics.of(environment, clock),
        Log.errors(),
        queue::prime);
  }

  private static void sleep(java.time.Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
