package com.natifico.postback.endtoend;

import com.natifico.postback.local.LocalStack;
import com.natifico.postback.local.engine.Clients;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The whole system on one engine, with a tracker.
 *
 * @param sqs the operator's client
 */
record Running(Engine engine, LocalStack stack, TestTracker tracker, Api api, SqsClient sqs)
    implements AutoCloseable {

  /**
   * @param parameters the parameters of template.yaml
   */
  static Running on(Engine engine, String parameters) {
    LocalStack stack = engine.start(parameters);
    return new Running(
        engine, stack, new TestTracker(), new Api(stack.port()), Clients.sqs(stack.sqsEndpoint()));
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
