package com.natifico.postback.aws.sqs;

import com.natifico.postback.Unavailable;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Changes the visibility of messages in these queues.
 *
 * @param urls the URLs of the queues; both the URL and the ARN of a queue end with its name
 */
public record SqsMessageVisibility(SqsClient client, List<String> urls)
    implements MessageVisibility {
  @Override
  public void hide(String queueArn, String receiptHandle, Duration time) {
    String name = queueArn.substring(queueArn.lastIndexOf(':') + 1);
    String url =
        urls.stream()
            .filter(each -> each.endsWith("/" + name))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no URL is known for " + queueArn));
    try {
      client.changeMessageVisibility(
          request ->
              request
                  .queueUrl(url)
                  .receiptHandle(receiptHandle)
                  .visibilityTimeout((int) time.toSeconds()));
    } catch (SdkException e) {
      throw new Unavailable("SQS did not hide a message", e);
    }
  }
}
