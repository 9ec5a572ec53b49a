package com.natifico.postback.aws.client;

import com.natifico.postback.aws.snapshot.Priming;
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
 * The AWS clients of one function, created once from its environment. They share one connection
 * pool, because a second HTTP client with its TLS context would add about 170 ms to a cold start.
 */
public final class AwsClients {
  /**
   * The maximum number of callbacks that a sender has in flight, so that no callback waits for a
   * connection.
   */
  private static final int CONNECTIONS = 200;

  /** A healthy call takes milliseconds; a call without a response is repeated after this time. */
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(3);

  /** The limit for all attempts of a call together, well within API Gateway's 30 s. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);

  /** A function has no profile files, so the SDK does not search for them. */
  private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

  private final Map<String, String> environment;
  private final SdkHttpClient http;

  /**
   * @param environment the function's environment: {@code AWS_REGION} and, optionally, {@code
   *     AWS_ENDPOINT_URL_DYNAMODB}, {@code AWS_ENDPOINT_URL_SQS}, {@code AWS_ENDPOINT_URL_SNS} and
   *     the credentials
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
   * Clients for a rehearsal, which make no network calls.
   *
   * @param answers for each operation name, the function from a request's body to the response's
   *     body
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

  /** Signed calls of SNS, for which no client of the SDK is needed. */
  public SignedCalls sns() {
    // As the SDK's clients choose it.
    String endpoint =
        environment.getOrDefault("AWS_ENDPOINT_URL_SNS", environment.get("AWS_ENDPOINT_URL"));
    Region region = region();
    return new SignedCalls(
        http,
        credentials(),
        "sns",
        region,
        endpoint == null
            ? URI.create("https://sns." + region + "." + region.metadata().partition().dnsSuffix())
            : URI.create(endpoint));
  }

  private <B extends AwsClientBuilder<B, ?> & SdkSyncClientBuilder<B, ?>> B configured(
      B builder, @Nullable String endpoint) {
    if (endpoint != null) {
      builder.endpointOverride(URI.create(endpoint));
    }
    // With these settings, the SDK does not search environment variables, system properties and
    // profiles.
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
      // Under SnapStart, Lambda provides the credentials through the container's endpoint.
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
