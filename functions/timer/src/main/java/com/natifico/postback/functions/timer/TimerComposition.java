package com.natifico.postback.functions.timer;

import com.natifico.postback.aws.client.AwsClients;
import com.natifico.postback.aws.client.Environment;
import com.natifico.postback.aws.dynamodb.DynamoDbWakeUps;
import com.natifico.postback.aws.log.Log;
import com.natifico.postback.aws.metric.EmbeddedMetrics;
import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.aws.sqs.SqsCallbackQueue;
import com.natifico.postback.delivery.Timer;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The services that this function uses. */
public record TimerComposition(Timer timer, Metrics metrics, InstantSource clock) {
  static TimerComposition of(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    AwsClients clients = new AwsClients(variables);
    InstantSource clock = InstantSource.system();
    return new TimerComposition(
        new Timer(
            new DynamoDbWakeUps(
                clients.dynamoDb(),
                environment.required("DELIVERIES_TABLE"),
                () -> ThreadLocalRandom.current().nextLong()),
            new SqsCallbackQueue(
                clients.sqs(), environment.required("RETRY_QUEUE_URL"), clock, Log.errors()),
            clock),
        EmbeddedMetrics.of(environment, clock),
        clock);
  }
}
