package com.natifico.postback.local.mapping;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.local.function.FunctionError;
import com.natifico.postback.local.function.LocalFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Passes a queue's messages to a function in batches, as Lambda's pollers do, up to the maximum
 * concurrency. Processed messages are deleted; failed ones become visible again after the
 * visibility timeout.
 */
public final class Mapping implements AutoCloseable {
  /**
   * The duration of a poll. It is short so that stopping never has to abort a poll, which could
   * lose its messages.
   */
  private static final int POLL_SECONDS = 1;

  private static final Duration BETWEEN_RECEIVES = Duration.ofMillis(50);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

  private final MappingSettings settings;
  private final String queueUrl;
  private final LocalFunction function;
  private final SqsClient sqs;
  private final ObjectMapper json;
  private final SqsEventWriter events;
  private final Semaphore free;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread poller;

  private Mapping(
      MappingSettings settings,
      String queueUrl,
      LocalFunction function,
      SqsClient sqs,
      ObjectMapper json) {
    this.settings = settings;
    this.queueUrl = queueUrl;
    this.function = function;
    this.sqs = sqs;
    this.json = json;
    this.events = new SqsEventWriter(json);
    this.free = new Semaphore(settings.maximumConcurrency());
    this.poller = Thread.ofVirtual().name("mapping-" + settings.queueName()).unstarted(this::poll);
  }

  public static Mapping start(
      MappingSettings settings,
      String queueUrl,
      LocalFunction function,
      SqsClient sqs,
      ObjectMapper json) {
    Mapping mapping = new Mapping(settings, queueUrl, function, sqs, json);
    mapping.poller.start();
    return mapping;
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private void poll() {
    try {
      while (!isStopping()) {
        free.acquire();
        boolean handedOver = false;
        try {
          List<Message> batch = collect();
          if (!batch.isEmpty()) {
            threads.execute(() -> processAndFree(batch));
            handedOver = true;
          }
        } catch (SdkException e) {
          complain("cannot receive from", e);
          stopping.await(AFTER_A_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
          if (!handedOver) {
            free.release();
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Message> collect() throws InterruptedException {
    int receive = Math.min(settings.batchSize(), MappingSettings.MAX_RECEIVE);
    List<Message> batch = new ArrayList<>(receive(receive, POLL_SECONDS));
    if (batch.isEmpty() || settings.window().isZero()) {
      return batch;
    }
    long until = System.nanoTime() + settings.window().toNanos();
    while (batch.size() < settings.batchSize() && !isStopping() && !isNearlyFull(batch)) {
      int room = Math.min(settings.batchSize() - batch.size(), MappingSettings.MAX_RECEIVE);
      List<Message> more = receive(room, 0);
      batch.addAll(more);
      long left = until - System.nanoTime();
      if (left <= 0) {
        break;
      }
      if (more.isEmpty()) {
        stopping.await(Math.min(left, BETWEEN_RECEIVES.toNanos()), TimeUnit.NANOSECONDS);
      }
    }
    return batch;
  }

  /** Whether another receive could exceed Lambda's limit for an event. */
  private static boolean isNearlyFull(List<Message> batch) {
    long characters = batch.stream().mapToLong(message -> message.body().length()).sum();
    return characters > LocalFunction.MAX_PAYLOAD_BYTES / 2;
  }

  private List<Message> receive(int most, int waitSeconds) {
    return sqs.receiveMessage(
            request ->
                request
                    .queueUrl(queueUrl)
                    .maxNumberOfMessages(most)
                    .waitTimeSeconds(waitSeconds)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                    .messageAttributeNames("All"))
        .messages();
  }

  private void processAndFree(List<Message> batch) {
    try {
      process(batch);
    } catch (SdkException e) {
      complain("cannot delete from", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      free.release();
    }
  }

  private void process(List<Message> batch) throws InterruptedException {
    Set<String> ids = batch.stream().map(Message::messageId).collect(Collectors.toSet());
    Set<String> failed;
    try {
      byte[] answer = function.invoke(events.of(batch, settings.queueArn()));
      failed = settings.reportsItemFailures() ? BatchResponse.failed(answer, ids, json) : Set.of();
    } catch (FunctionError _) {
      failed = ids;
    }
    Set<String> back = failed;
    delete(batch.stream().filter(message -> !back.contains(message.messageId())).toList());
  }

  private void delete(List<Message> done) {
    for (int from = 0; from < done.size(); from += MappingSettings.MAX_RECEIVE) {
      List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
      int to = Math.min(from + MappingSettings.MAX_RECEIVE, done.size());
      for (Message message : done.subList(from, to)) {
        entries.add(
            DeleteMessageBatchRequestEntry.builder()
                .id(String.valueOf(entries.size()))
                .receiptHandle(message.receiptHandle())
                .build());
      }
      sqs.deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(entries));
    }
  }

  private void complain(String what, Exception e) {
    if (!isStopping()) {
      System.err.println(function.id() + " " + what + " " + settings.queueName() + ": " + e);
    }
  }

  /** Stops polling at once; {@link #close} then waits for batches in flight. */
  public void stopPolling() {
    stopping.countDown();
  }

  /**
   * Waits a few seconds for the batches in flight; the messages of an unfinished batch are
   * delivered again later.
   */
  @Override
  public void close() {
    stopPolling();
    try {
      poller.join(Duration.ofSeconds(POLL_SECONDS + 1));
      threads.shutdown();
      if (!threads.awaitTermination(3, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException _) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
