package com.natifico.postback.aws.sqs;

import com.natifico.postback.aws.testing.SqsTestEngine;
import com.natifico.postback.delivery.DeadLetterQueue;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.testing.DeadLetterQueueContract;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.Message;

final class SqsDeadLetterQueueTest extends DeadLetterQueueContract {
  private static final SqsTestEngine ENGINE = SqsTestEngine.shared();

  private final String url = ENGINE.createQueue();
  private final DeadLetterQueue queue =
      new SqsDeadLetterQueue(ENGINE.client(), url, Duration.ofMillis(1));

  @Override
  protected DeadLetterQueue queue() {
    return queue;
  }

  @Override
  protected List<Delivery> receive() {
    return ENGINE.client().receiveMessage(receive -> receive.queueUrl(url)).messages().stream()
        .map(Message::body)
        .map(DeadLetterCodec::decode)
        .toList();
  }
}
