package com.natifico.postback.benchmarks.endtoend;

import com.natifico.postback.benchmarks.process.Together;
import com.natifico.postback.local.engine.Clients;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * The operations that a conversion needs and nothing else: put the event, send the message, receive
 * it, read the delivery, call the tracker, put the delivery, delete the message. They run on the
 * stack's tables, with as many batches at the same time and one poller, as in the local stack.
 */
final class IdealLoop implements AutoCloseable {
  /** The largest batch of SQS. */
  private static final int BATCH = 10;

  /** An event, a callback message and a delivery take about a kilobyte each. */
  private static final String CONTENT = "x".repeat(1_000);

  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;
  private final String queueUrl;
  private final Together.Task<String> tracker;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore free;
  private volatile boolean stopping;

  /**
   * @param tracker calls the tracker for a conversion's id
   * @param concurrency how many batches are delivered at the same time
   */
  IdealLoop(URI tables, SqsClient sqs, Together.Task<String> tracker, int concurrency) {
    this.dynamoDb = Clients.dynamo(tables);
    this.sqs = sqs;
    this.queueUrl = sqs.createQueue(create -> create.queueName("ideal")).queueUrl();
    this.tracker = tracker;
    this.free = new Semaphore(concurrency);
    threads.execute(this::poll);
  }

  String queueUrl() {
    return queueUrl;
  }

  void push(List<String> ids) throws Exception {
    Together.run(
        threads,
        ids,
        id -> dynamoDb.putItem(put -> put.tableName("EventsTable").item(item("pk", "sk", id))));
    for (int from = 0; from < ids.size(); from += BATCH) {
      List<SendMessageBatchRequestEntry> entries =
          ids.subList(from, Math.min(from + BATCH, ids.size())).stream()
              .map(
                  id ->
                      SendMessageBatchRequestEntry.builder()
                          .id(id)
                          .messageBody(id + " " + CONTENT)
                          .build())
              .toList();
      sqs.sendMessageBatch(batch -> batch.queueUrl(queueUrl).entries(entries));
    }
  }

  private static Map<String, AttributeValue> item(String hash, String range, String id) {
    return Map.of(
        hash,
        AttributeValue.fromS(id),
        range,
        AttributeValue.fromS(id),
        "content",
        AttributeValue.fromS(CONTENT));
  }

  private void poll() {
    while (!stopping) {
      free.acquireUninterruptibly();
      List<Message> messages =
          sqs.receiveMessage(
                  receive ->
                      receive.queueUrl(queueUrl).maxNumberOfMessages(BATCH).waitTimeSeconds(1))
              .messages();
      Thread.ofVirtual().start(() -> deliverAndFree(messages));
    }
  }

  private void deliverAndFree(List<Message> messages) {
    try {
      if (!messages.isEmpty()) {
        Together.run(threads, messages, message -> deliver(message.body().split(" ", 2)[0]));
        List<DeleteMessageBatchRequestEntry> entries =
            IntStream.range(0, messages.size())
                .mapToObj(
                    i ->
                        DeleteMessageBatchRequestEntry.builder()
                            .id(Integer.toString(i))
                            .receiptHandle(messages.get(i).receiptHandle())
                            .build())
                .toList();
        sqs.deleteMessageBatch(batch -> batch.queueUrl(queueUrl).entries(entries));
      }
    } catch (Exception e) {
      throw new IllegalStateException("the ideal loop failed", e);
    } finally {
      free.release();
    }
  }

  private void deliver(String id) throws Exception {
    Map<String, AttributeValue> item = item("affiliate_id", "delivery_id", id);
    dynamoDb.getItem(
        get ->
            get.tableName("DeliveriesTable")
                .key(
                    Map.of(
                        "affiliate_id", AttributeValue.fromS(id),
                        "delivery_id", AttributeValue.fromS(id))));
    tracker.run(id);
    dynamoDb.putItem(put -> put.tableName("DeliveriesTable").item(item));
  }

  @Override
  public void close() {
    stopping = true;
    // Waits for the poller, which sees within a second that it has to stop.
    threads.close();
    dynamoDb.close();
  }
}
