package com.natifico.postback.benchmarks.endtoend;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * The engines' bare operations and nothing else: each conversion's recorded requests, made by the
 * same clients, as many at a time, with one poller as the local stack has. No gateway, no function,
 * nothing read, decided or written by code of ours.
 */
final class IdealLoop implements Way, AutoCloseable {
  /** What SQS takes and gives at once. */
  private static final int TEN = 10;

  private static final Pattern CONVERSION_ID = Pattern.compile("\"conversion_id\":\"([^\"]+)\"");

  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;
  private final CloseableHttpClient http;
  private final BareRequests recorded;
  private final Queue queue;
  private final Map<String, BareRequests> requests = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore free;
  private final Thread poller = Thread.ofVirtual().unstarted(this::poll);
  private volatile boolean stopping;

  /**
   * @param queue its own
   * @param concurrency how many batches are sent at the same time
   */
  IdealLoop(
      DynamoDbClient dynamoDb,
      CloseableHttpClient http,
      BareRequests recorded,
      Queue queue,
      int concurrency) {
    this.dynamoDb = dynamoDb;
    this.sqs = queue.sqs();
    this.http = http;
    this.recorded = recorded;
    this.queue = queue;
    this.free = new Semaphore(concurrency);
    poller.start();
  }

  @Override
  public void prepare(List<String> conversionIds) {
    requests.clear();
    conversionIds.forEach(id -> requests.put(id, recorded.of(id)));
  }

  private BareRequests of(String conversionId) {
    return Objects.requireNonNull(requests.get(conversionId), conversionId);
  }

  @Override
  public void push(List<String> conversionIds) throws Exception {
    atOnce(conversionIds, id -> dynamoDb.putItem(of(id).claim()));
    List<List<String>> tens =
        IntStream.iterate(0, from -> from < conversionIds.size(), from -> from + TEN)
            .mapToObj(
                from -> conversionIds.subList(from, Math.min(from + TEN, conversionIds.size())))
            .toList();
    atOnce(tens, this::send);
  }

  private Object send(List<String> ids) {
    List<SendMessageBatchRequestEntry> entries =
        IntStream.range(0, ids.size())
            .mapToObj(i -> of(ids.get(i)).message().toBuilder().id(Integer.toString(i)).build())
            .toList();
    return sqs.sendMessageBatch(batch -> batch.queueUrl(queue.url()).entries(entries));
  }

  private void poll() {
    try {
      while (!stopping) {
        free.acquire();
        List<Message> messages =
            sqs.receiveMessage(
                    receive ->
                        receive.queueUrl(queue.url()).maxNumberOfMessages(TEN).waitTimeSeconds(1))
                .messages();
        threads.execute(() -> deliverAndFree(messages));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliverAndFree(List<Message> messages) {
    try {
      if (!messages.isEmpty()) {
        atOnce(messages, this::deliver);
        delete(messages);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the ideal loop failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      free.release();
    }
  }

  private Object deliver(Message message) throws IOException {
    Matcher id = CONVERSION_ID.matcher(message.body());
    if (!id.find()) {
      throw new IllegalStateException("a message of no conversion");
    }
    BareRequests of = of(id.group(1));
    dynamoDb.getItem(of.read());
    http.execute(
        new HttpGet(of.url()),
        response -> {
          EntityUtils.consume(response.getEntity());
          return response.getCode();
        });
    return dynamoDb.putItem(of.record());
  }

  private void delete(List<Message> messages) {
    List<DeleteMessageBatchRequestEntry> entries =
        IntStream.range(0, messages.size())
            .mapToObj(
                i ->
                    DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .receiptHandle(messages.get(i).receiptHandle())
                        .build())
            .toList();
    sqs.deleteMessageBatch(batch -> batch.queueUrl(queue.url()).entries(entries));
  }

  /** On a virtual thread each; one alone on the caller's own. */
  private <T> void atOnce(List<T> items, Task<T> task)
      throws ExecutionException, InterruptedException {
    List<Callable<Object>> calls =
        items.stream().<Callable<Object>>map(item -> () -> task.run(item)).toList();
    for (Future<Object> each : threads.invokeAll(calls)) {
      each.get();
    }
  }

  private interface Task<T> {
    Object run(T item) throws IOException;
  }

  @Override
  public int unfinished() {
    return queue.messages();
  }

  @Override
  public void close() {
    stopping = true;
    try {
      poller.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdown();
  }
}
