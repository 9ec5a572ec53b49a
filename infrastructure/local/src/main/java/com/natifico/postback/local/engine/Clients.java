package com.natifico.postback.local.engine;

import com.natifico.postback.local.template.Account;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The local stack's own clients of the engines. The engines take any credentials. */
public final class Clients {
  public static final String ACCESS_KEY = "local";
  public static final String SECRET_KEY = "local";

  private Clients() {}

  public static DynamoDbClient dynamo(URI endpoint) {
    return client(DynamoDbClient.builder(), endpoint, Apache5HttpClient.builder());
  }

  public static DynamoDbStreamsClient dynamoStreams(URI endpoint) {
    return client(DynamoDbStreamsClient.builder(), endpoint, Apache5HttpClient.builder());
  }

  public static SqsClient sqs(URI endpoint) {
    return client(
        SqsClient.builder(),
        endpoint,
        Apache5HttpClient.builder().maxConnections(200).socketTimeout(Duration.ofSeconds(30)));
  }

  private static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
      B builder, URI endpoint, Apache5HttpClient.Builder http) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(Account.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
        .httpClientBuilder(http)
        .build();
  }
}
