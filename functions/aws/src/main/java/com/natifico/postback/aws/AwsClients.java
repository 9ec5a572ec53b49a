package com.natifico.postback.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.endpoints.AccountIdEndpointMode;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The clients of one function, made once from its environment. They share one pool of connections,
 * because a second HTTP client with its TLS context would cost a cold start some 170 ms.
 */
public final class AwsClients {
  /** As many as a sender has callbacks in flight, so that none waits for a connection. */
  private static final int CONNECTIONS = 200;

  /** A healthy call takes milliseconds; a lost one is repeated rather than waited for. */
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(3);

  /** All attempts of a call together; well within API Gateway's 30 s. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);

  /** A function has no files of the user's; nobody need look for them. */
  private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

  private final Map<String, String> environment;
  private final SdkHttpClient http;

  /**
   * @param environment the function's: {@code AWS_REGION}; where they are given, {@code
   *     AWS_ENDPOINT_URL_DYNAMODB}, {@code AWS_ENDPOINT_URL_SQS} and the credentials
   */
  public AwsClients(Map<String, String> environment) {
    this(
        environment,
        new FreshConnections(
            () ->
                Apache5HttpClient.builder()
                    .maxConnections(CONNECTIONS)
                    .connectionTimeout(Duration.ofSeconds(1))
                    .socketTimeout(ATTEMPT_TIMEOUT)
                    .expectContinueEnabled(false)
                    .tcpKeepAlive(true)
                    .build()));
  }

  /**
   * Clients for a rehearsal: they reach nothing.
   *
   * @param answers what each operation answers to a request's body, by its name
   * @see Priming
   */
  public static AwsClients rehearsed(
      Map<String, String> environment, Map<String, UnaryOperator<String>> answers) {
    return new AwsClients(environment, new RehearsedAws(answers));
  }

  AwsClients(Map<String, String> environment, SdkHttpClient http) {
    this.environment = Map.copyOf(environment);
    this.http = http;
  }

  public DynamoDbClient dynamoDb() {
    return configured(DynamoDbClient.builder(), environment.get("AWS_ENDPOINT_URL_DYNAMODB"))
        .accountIdEndpointMode(AccountIdEndpointMode.DISABLED)
        .build();
  }

  public SqsClient sqs() {
    return configured(SqsClient.builder(), environment.get("AWS_ENDPOINT_URL_SQS")).build();
  }

  private <B extends AwsClientBuilder<B, ?> & SdkSyncClientBuilder<B, ?>> B configured(
      B builder, @Nullable String endpoint) {
    if (endpoint != null) {
      builder.endpointOverride(URI.create(endpoint));
    }
    // What is said here, nobody looks for in the environment, the system's properties and profiles.
    return builder
        .region(region())
        .defaultsMode(DefaultsMode.STANDARD)
        .fipsEnabled(Boolean.parseBoolean(environment.get("AWS_USE_FIPS_ENDPOINT")))
        .dualstackEnabled(Boolean.parseBoolean(environment.get("AWS_USE_DUALSTACK_ENDPOINT")))
        .credentialsProvider(credentials())
        .httpClient(http)
        .overrideConfiguration(
            override ->
                override
                    .defaultProfileFile(NO_PROFILES)
                    .retryStrategy(RetryMode.STANDARD)
                    .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                    .apiCallTimeout(CALL_TIMEOUT));
  }

  private Region region() {
    String region = environment.get("AWS_REGION");
    if (region == null) {
      throw new IllegalStateException("The environment variable AWS_REGION is missing.");
    }
    return Region.of(region);
  }

  private AwsCredentialsProvider credentials() {
    String id = environment.get("AWS_ACCESS_KEY_ID");
    String secret = environment.get("AWS_SECRET_ACCESS_KEY");
    if (id == null || secret == null) {
      // Under SnapStart Lambda hands the credentials out over the container's endpoint.
      return AwsCredentialsProviderChain.of(
          EnvironmentVariableCredentialsProvider.create(), ContainerCredentialsProvider.create());
    }
    String token = environment.get("AWS_SESSION_TOKEN");
    return StaticCredentialsProvider.create(
        token == null
            ? AwsBasicCredentials.create(id, secret)
            : AwsSessionCredentials.create(id, secret, token));
  }
}
