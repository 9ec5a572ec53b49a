package com.natifico.postback.aws.sqs;

import com.natifico.postback.Unavailable;
import java.time.Duration;

/** Hides received messages for longer than the visibility timeout of their queue. */
public interface MessageVisibility {
  /**
   * Hides a message, from now on. This is not a receive.
   *
   * @param queueArn the queue that it was received from, as in the event
   * @param receiptHandle as in the event
   * @param time at most 12 hours
   * @throws Unavailable if the queue did not accept it; the message is then visible after the usual
   *     time
   */
  void hide(String queueArn, String receiptHandle, Duration time);
}
