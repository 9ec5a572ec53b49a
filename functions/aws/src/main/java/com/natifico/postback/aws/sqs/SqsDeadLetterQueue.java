package com.natifico.postback.aws.sqs;

import com.natifico.postback.Unavailable;
import com.natifico.postback.aws.client.Refusals;
import com.natifico.postback.delivery.DeadLetterQueue;
import com.natifico.postback.delivery.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * The dead-letter queue on SQS: one message per delivery, with all its attempts. An endpoint that
 * is down for the whole schedule fails many deliveries at about the same time, so those of several
 * threads are sent together. Safe for use by several threads.
 */
public final class SqsDeadLetterQueue implements DeadLetterQueue {
  private final SqsClient client;
  private final String url;
  private final Grouping<String, Set<String>> groups;

  /**
   * @param url the queue's URL
   * @param wait the maximum time until a message is sent with fewer than nine others
   */
  public SqsDeadLetterQueue(SqsClient client, String url, Duration wait) {
    this.client = client;
    this.url = url;
    this.groups = new Grouping<>(wait, this::sendAll);
  }

  @Override
  public void send(Delivery delivery) {
    String body = DeadLetterCodec.encode(delivery);
    Set<String> refused;
    try {
      refused = groups.send(List.of(body));
    } catch (InterruptedException e) {
      // The message may have been sent; a second one does no harm.
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted before the dead-letter queue answered", e);
    }
    if (refused.contains(body)) {
      throw new Unavailable("the dead-letter queue did not accept " + delivery.id(), null);
    }
  }

  /** Sends these messages and returns the refused ones. */
  private Set<String> sendAll(List<String> bodies) {
    Set<String> refused = new HashSet<>();
    for (List<String> chunk : Chunks.of(bodies, String::length)) {
      List<SendMessageBatchRequestEntry> entries = new ArrayList<>(chunk.size());
      for (String body : chunk) {
        String id = Integer.toString(entries.size());
        entries.add(SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build());
      }
      try {
        client
            .sendMessageBatch(batch -> batch.queueUrl(url).entries(entries))
            .failed()
            .forEach(failure -> refused.add(chunk.get(Integer.parseInt(failure.id()))));
      } catch (SdkException e) {
        throw Refusals.of(e);
      }
    }
    return refused;
  }
}
