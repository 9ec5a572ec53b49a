package com.natifico.postback.functions.notifier;

import com.natifico.postback.aws.client.AwsClients;
import com.natifico.postback.aws.client.Environment;
import com.natifico.postback.aws.dynamodb.DynamoDbEventWindows;
import com.natifico.postback.aws.dynamodb.DynamoDbPostbackStore;
import com.natifico.postback.aws.log.Log;
import com.natifico.postback.aws.metric.EmbeddedMetrics;
import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.aws.sns.SnsTopic;
import com.natifico.postback.aws.sqs.SqsCallbackQueue;
import com.natifico.postback.notification.AffiliateNotifications;
import com.natifico.postback.notification.EventFinder;
import com.natifico.postback.notification.EventPublisher;
import com.natifico.postback.notification.EventTopics;
import com.natifico.postback.postback.PostbackCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The services that this function uses.
 *
 * @param errors receives what went wrong, without any content of a row
 */
public record NotifierComposition(
    EventFinder finder,
    EventPublisher publisher,
    Metrics metrics,
    BiConsumer<String, Throwable> errors) {
  static NotifierComposition of(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    AwsClients clients = new AwsClients(variables);
    DynamoDbClient dynamoDb = clients.dynamoDb();
    InstantSource clock = InstantSource.system();
    DynamoDbPostbackStore postbacks =
        new DynamoDbPostbackStore(
            dynamoDb,
            environment.required("POSTBACKS_TABLE"),
            () -> ThreadLocalRandom.current().nextLong());
    return new NotifierComposition(
        new EventFinder(new PostbackCache(postbacks, environment.postbackCache(), clock)),
        new EventPublisher(
            new DynamoDbEventWindows(dynamoDb, environment.required("LIMITS_TABLE")),
            new EventTopics(
                List.of(
                    new SnsTopic(clients.sns(), environment.required("TOPIC_ARN")),
                    new AffiliateNotifications(
                        postbacks,
                        new SqsCallbackQueue(
                            clients.sqs(),
                            environment.required("CALLBACK_QUEUE_URL"),
                            clock,
                            Log.errors()),
                        clock))),
            Duration.ofSeconds(Long.parseLong(environment.or("EVENT_WINDOW_SECONDS", "60"))),
            clock,
            Log.errors()),
        EmbeddedMetrics.of(environment, clock),
        Log.errors());
  }
}
