package com.natifico.postback.endtoend;

import com.natifico.postback.local.LocalStack;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The whole system on one engine, with a tracker beside it.
 *
 * @param sqs an operator's
 */
record Running(Engine engine, LocalStack stack, Tracker tracker, Api api, SqsClient sqs)
    implements AutoCloseable {

  /**
   * @param parameters of template.yaml
   */
  static Running on(Engine engine, String parameters) {
    LocalStack stack = engine.start(parameters);
    return new Running(
        engine,
        stack,
        new Tracker(),
        new Api(stack.port()),
        SqsClient.builder()
            .endpointOverride(stack.sqsEndpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build());
  }

  @Override
  public String toString() {
    return engine.toString();
  }

  @Override
  public void close() {
    sqs.close();
    tracker.close();
    stack.close();
  }
}
