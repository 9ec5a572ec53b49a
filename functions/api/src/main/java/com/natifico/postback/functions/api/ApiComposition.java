package com.natifico.postback.functions.api;

import com.natifico.postback.aws.client.AwsClients;
import com.natifico.postback.aws.client.Environment;
import com.natifico.postback.aws.dynamodb.DynamoDbAffiliateDirectory;
import com.natifico.postback.aws.dynamodb.DynamoDbCallLimits;
import com.natifico.postback.aws.dynamodb.DynamoDbDeliveryLog;
import com.natifico.postback.aws.dynamodb.DynamoDbEventStore;
import com.natifico.postback.aws.dynamodb.DynamoDbFirstAnswers;
import com.natifico.postback.aws.dynamodb.DynamoDbKeyStore;
import com.natifico.postback.aws.dynamodb.DynamoDbPostbackStore;
import com.natifico.postback.aws.dynamodb.DynamoDbPushLog;
import com.natifico.postback.aws.dynamodb.DynamoDbSigningKeyStore;
import com.natifico.postback.aws.dynamodb.DynamoDbStatisticsStore;
import com.natifico.postback.aws.dynamodb.DynamoDbTroubleIndex;
import com.natifico.postback.aws.log.Log;
import com.natifico.postback.aws.sqs.SqsCallbackQueue;
import com.natifico.postback.egress.EgressGuard;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Creates the services that this function uses from its environment. */
final class ApiComposition {
  private ApiComposition() {}

  /**
   * @throws RuntimeException if a variable of the environment is missing or invalid
   */
  static Services of(Map<String, String> variables) {
    return of(variables, new AwsClients(variables));
  }

  static Services of(Map<String, String> variables, AwsClients clients) {
    Environment environment = new Environment(variables);
    DynamoDbClient dynamoDb = clients.dynamoDb();
    RandomGenerator random = new SecureRandom();
    InstantSource clock = InstantSource.system();
    Duration retention = environment.retention();
    return new Services(
        new Services.Stores(
            new DynamoDbPostbackStore(
                dynamoDb,
                environment.required("POSTBACKS_TABLE"),
                environment.required("SECRETS_TABLE"),
                random),
            new DynamoDbEventStore(
                dynamoDb, environment.required("EVENTS_TABLE"), retention, random),
            new DynamoDbDeliveryLog(
                dynamoDb, environment.required("DELIVERIES_TABLE"), retention, random),
            new Services.KeyStores(
                new DynamoDbKeyStore(dynamoDb, environment.required("KEYS_TABLE")),
                new DynamoDbSigningKeyStore(
                    dynamoDb,
                    environment.required("KEYS_TABLE"),
                    environment.required("SECRETS_TABLE"),
                    random)),
            new Services.Calls(
                new DynamoDbCallLimits(dynamoDb, environment.required("LIMITS_TABLE"), clock),
                new DynamoDbFirstAnswers(dynamoDb, environment.required("LIMITS_TABLE"), clock)),
            new Services.Overview(
                new DynamoDbStatisticsStore(
                    dynamoDb, environment.required("STATISTICS_TABLE"), retention),
                new DynamoDbAffiliateDirectory(dynamoDb, environment.required("STATISTICS_TABLE")),
                new DynamoDbTroubleIndex(dynamoDb, environment.required("POSTBACKS_TABLE"), random),
                retention),
            new DynamoDbPushLog(dynamoDb, environment.required("PUSHES_TABLE"))),
        new SqsCallbackQueue(
            clients.sqs(), environment.required("CALLBACK_QUEUE_URL"), clock, Log.errors()),
        EgressGuard.of(variables),
        clock,
        random);
  }
}
