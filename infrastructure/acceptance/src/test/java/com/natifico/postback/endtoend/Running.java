package com.natifico.postback.endtoend;

import com.natifico.postback.local.LocalStack;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The whole system on one engine, with a tracker beside it. A test class has one for each engine,
 * as its tests may run on several at the same time.
 *
 * @param sqs an operator's
 */
record Running(LocalStack stack, Tracker tracker, Api api, SqsClient sqs) implements AutoCloseable {

  /**
   * @param parameters of template.yaml
   */
  static Running on(Engine engine, String parameters) {
    LocalStack stack = engine.start(parameters);
    return new Running(
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
  public void close() {
    sqs.close();
    tracker.close();
    stack.close();
  }
}
