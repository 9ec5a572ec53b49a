package com.natifico.postback.aws.sqs;

import com.natifico.postback.aws.testing.ShiftedClock;
import com.natifico.postback.aws.testing.SqsTestEngine;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.testing.CallbackQueueContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.Message;

final class SqsCallbackQueueTest extends CallbackQueueContract {
  private static final ShiftedClock CLOCK = new ShiftedClock();
  private static final SqsTestEngine ENGINE = new SqsTestEngine(CLOCK);

  private final String url = ENGINE.createQueue();
  private final CallbackQueue queue =
      new SqsCallbackQueue(
          ENGINE.client(),
          url,
          CLOCK,
          (message, cause) -> {
            throw new AssertionError(message, cause);
          });

  SqsCallbackQueueTest() {
    CLOCK.reset();
  }

  @Override
  protected CallbackQueue queue() {
    return queue;
  }

  @Override
  protected Instant now() {
    return CLOCK.instant();
  }

  @Override
  protected void advance(Duration by) {
    CLOCK.advance(by);
  }

  @Override
  protected List<CallbackMessage> receive() {
    List<Message> messages =
        ENGINE
            .client()
            .receiveMessage(
                receive -> receive.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(0))
            .messages();
    for (Message message : messages) {
      ENGINE
          .client()
          .deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
    }
    return messages.stream().map(Message::body).map(CallbackMessageCodec::decode).toList();
  }
}
