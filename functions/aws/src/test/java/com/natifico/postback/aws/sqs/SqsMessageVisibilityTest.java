package com.natifico.postback.aws.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.natifico.postback.Unavailable;
import com.natifico.postback.aws.testing.ShiftedClock;
import com.natifico.postback.aws.testing.SqsTestEngine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

final class SqsMessageVisibilityTest {
  private static final ShiftedClock CLOCK = new ShiftedClock();
  private static final SqsTestEngine ENGINE = new SqsTestEngine(CLOCK);

  private final SqsClient client = ENGINE.client();
  private final String other = ENGINE.createQueue();
  private final String url = ENGINE.createQueue();
  private final String arn = "arn:aws:sqs:us-east-1:000000000000:" + name(url);
  private final MessageVisibility visibility =
      new SqsMessageVisibility(client, List.of(other, url));

  SqsMessageVisibilityTest() {
    CLOCK.reset();
    client.sendMessage(send -> send.queueUrl(url).messageBody("body"));
  }

  private static String name(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private List<Message> receive() {
    return client
        .receiveMessage(
            receive ->
                receive
                    .queueUrl(url)
                    .waitTimeSeconds(0)
                    .messageSystemAttributeNames(
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
        .messages();
  }

  @Test
  void hidesAMessageWithoutUsingUpAReceive() {
    visibility.hide(arn, receive().getFirst().receiptHandle(), Duration.ofMinutes(30));

    CLOCK.advance(Duration.ofMinutes(29));
    assertEquals(List.of(), receive());

    CLOCK.advance(Duration.ofMinutes(2));
    Message again = receive().getFirst();
    assertEquals("2", again.attributesAsStrings().get("ApproximateReceiveCount"));
  }

  @Test
  void isUnavailableIfTheQueueDoesNotAcceptIt() {
    assertThrows(Unavailable.class, () -> visibility.hide(arn, "unknown", Duration.ofMinutes(1)));
  }

  @Test
  void namesAQueueThatItDoesNotKnow() {
    String handle = receive().getFirst().receiptHandle();
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> visibility.hide(arn + "-2", handle, Duration.ofMinutes(1)));
    assertEquals("no URL is known for " + arn + "-2", e.getMessage());
  }
}
