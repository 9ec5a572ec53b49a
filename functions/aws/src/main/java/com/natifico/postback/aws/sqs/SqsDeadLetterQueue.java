package com.natifico.postback.aws.sqs;

import com.natifico.postback.aws.client.Refusals;
import com.natifico.postback.delivery.DeadLetterQueue;
import com.natifico.postback.delivery.Delivery;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The dead-letter queue on SQS: one message per delivery, with all its attempts. */
public final class SqsDeadLetterQueue implements DeadLetterQueue {
  private final SqsClient client;
  private final String url;

  /**
   * @param url the queue's URL
   */
  public SqsDeadLetterQueue(SqsClient client, String url) {
    this.client = client;
    this.url = url;
  }

  @Override
  public void send(Delivery delivery) {
    String body = DeadLetterCodec.encode(delivery);
    try {
      client.sendMessage(message -> message.queueUrl(url).messageBody(body));
    } catch (SdkException e) {
      throw Refusals.of(e);
    }
  }
}
