package com.natifico.postback.aws.sqs;

import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Sends ten messages per request, with the requests of a slice in parallel. */
public final class SqsCallbackQueue implements CallbackQueue {
  private static final Duration MAX_DELAY = Duration.ofMinutes(15);

  /**
   * The messages that are encoded and sent at the same time, in bytes. The SDK makes several copies
   * of them, and the heap of a function has about 300 MB.
   */
  private static final int SLICE_BYTES = 4 * Chunks.BYTES;

  private final SqsClient client;
  private final String url;
  private final InstantSource clock;
  private final BiConsumer<String, Throwable> errors;

  private record Outgoing(String deliveryId, String body, String group, int delaySeconds) {}

  /**
   * @param url the queue's URL
   * @param errors receives why a request failed, because the result only names the messages that
   *     were not sent
   */
  public SqsCallbackQueue(
      SqsClient client, String url, InstantSource clock, BiConsumer<String, Throwable> errors) {
    this.client = client;
    this.url = url;
    this.clock = clock;
    this.errors = errors;
  }

  @Override
  public Set<String> send(List<CallbackMessage> messages) {
    Instant now = clock.instant();
    Set<String> failed = new HashSet<>();
    List<Outgoing> slice = new ArrayList<>(messages.size());
    int bytes = 0;
    for (CallbackMessage message : messages) {
      Outgoing next = outgoing(message, now);
      if (!slice.isEmpty() && bytes + next.body().length() > SLICE_BYTES) {
        failed.addAll(sendSlice(slice));
        slice.clear();
        bytes = 0;
      }
      slice.add(next);
      bytes += next.body().length();
    }
    if (!slice.isEmpty()) {
      failed.addAll(sendSlice(slice));
    }
    return failed;
  }

  private Set<String> sendSlice(List<Outgoing> slice) {
    List<List<Outgoing>> chunks = Chunks.of(slice, outgoing -> outgoing.body().length());
    if (chunks.size() == 1) {
      return sendChunk(chunks.getFirst());
    }
    List<Future<Set<String>>> requests;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      requests = chunks.stream().map(chunk -> threads.submit(() -> sendChunk(chunk))).toList();
    }
    Set<String> failed = new HashSet<>();
    requests.forEach(request -> failed.addAll(request.resultNow()));
    return failed;
  }

  /**
   * Sends an empty batch, which SQS rejects: this exercises the whole path without sending a
   * message.
   *
   * @see com.natifico.postback.aws.snapshot.Priming
   */
  public void prime() {
    try {
      client.sendMessageBatch(batch -> batch.queueUrl(url).entries(List.of()));
    } catch (SdkException e) {
      // This rejection is expected.
    }
  }

  private static Outgoing outgoing(CallbackMessage message, Instant now) {
    return new Outgoing(
        message.callback().deliveryId(),
        CallbackMessageCodec.encode(message),
        MessageGroup.of(message.callback().request().endpoint()),
        delaySeconds(now, message.dueAt()));
  }

  /** Rounded up, so that a message never arrives before it is due. */
  private static int delaySeconds(Instant now, Instant dueAt) {
    if (!dueAt.isAfter(now)) {
      return 0;
    }
    Duration wait = Duration.between(now, dueAt);
    if (wait.compareTo(MAX_DELAY) >= 0) {
      return (int) MAX_DELAY.toSeconds();
    }
    return (int) wait.plusNanos(999_999_999).toSeconds();
  }

  /** Entries that failed because of the service are sent once more. */
  private Set<String> sendChunk(List<Outgoing> chunk) {
    Set<String> refused = new HashSet<>();
    List<Outgoing> rest = chunk;
    try {
      rest = request(rest, refused);
      if (!rest.isEmpty()) {
        rest = request(rest, refused);
      }
    } catch (Throwable e) {
      // Also an error of the JVM concerns only these messages and not the others.
      errors.accept("SQS did not take a batch of callbacks", e);
    }
    for (Outgoing one : rest) {
      refused.add(one.deliveryId());
    }
    return refused;
  }

  /**
   * @param refused receives the delivery ids of the messages that can never be sent
   * @return the messages that may be sent again
   */
  private List<Outgoing> request(List<Outgoing> chunk, Set<String> refused) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>(chunk.size());
    for (Outgoing outgoing : chunk) {
      entries.add(entry(entries.size(), outgoing));
    }
    var response =
        client.sendMessageBatch(
            SendMessageBatchRequest.builder().queueUrl(url).entries(entries).build());
    List<Outgoing> again = new ArrayList<>();
    for (BatchResultErrorEntry failure : response.failed()) {
      Outgoing outgoing = chunk.get(Integer.parseInt(failure.id()));
      if (failure.senderFault()) {
        refused.add(outgoing.deliveryId());
      } else {
        again.add(outgoing);
      }
    }
    return again;
  }

  private static SendMessageBatchRequestEntry entry(int index, Outgoing outgoing) {
    return SendMessageBatchRequestEntry.builder()
        .id(Integer.toString(index))
        .messageBody(outgoing.body())
        .messageGroupId(outgoing.group())
        .delaySeconds(outgoing.delaySeconds())
        .build();
  }
}
