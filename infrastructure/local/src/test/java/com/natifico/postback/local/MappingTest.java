package com.natifico.postback.local;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.local.engine.Clients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Event source mappings on the real engine. */
@Execution(ExecutionMode.CONCURRENT)
class MappingTest {
  @TempDir private Path root;

  private final String journal = UUID.randomUUID().toString();
  private final BlockingQueue<String> seen = LocalJournal.of(journal);
  private final BlockingQueue<String> go = LocalJournal.of(journal + ".go");

  @SuppressWarnings("NullAway.Init") // set by start
  private LocalStack stack;

  @SuppressWarnings("NullAway.Init")
  private SqsClient sqs;

  private void start(String parameters) {
    stack =
        LocalStack.start(
            TestProject.in(root),
            Map.of("PORT", "0", "PARAMETER_OVERRIDES", "Journal=" + journal + " " + parameters));
    sqs = Clients.sqs(stack.sqsEndpoint());
  }

  @AfterEach
  void stop() {
    for (int i = 0; i < 100; i++) {
      go.add("go");
    }
    sqs.close();
    stack.close();
  }

  private String url(String queue) {
    return stack.queueUrls().getOrDefault(queue, "");
  }

  private void send(String... bodies) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (String body : bodies) {
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(String.valueOf(entries.size()))
              .messageBody(body)
              .build());
    }
    sqs.sendMessageBatch(request -> request.queueUrl(url("WorkQueue")).entries(entries));
  }

  private String next() throws InterruptedException {
    String line = seen.poll(60, TimeUnit.SECONDS);
    return line == null ? "nothing" : line;
  }

  private Set<String> next(int count) throws InterruptedException {
    Set<String> lines = new HashSet<>();
    for (int i = 0; i < count; i++) {
      lines.add(next());
    }
    return lines;
  }

  private void awaitEmpty() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                sqs.getQueueAttributes(
                        request ->
                            request
                                .queueUrl(url("WorkQueue"))
                                .attributeNames(
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                    .attributes()
                    .values(),
            counts -> counts.stream().allMatch("0"::equals));
  }

  /**
   * Reads by short polls, because ElasticMQ does not wake a long poll for messages that it moves
   * itself.
   */
  private String broken() {
    return await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> sqs.receiveMessage(request -> request.queueUrl(url("BrokenQueue"))).messages(),
            messages -> !messages.isEmpty())
        .getFirst()
        .body();
  }

  private Set<String> broken(int count) {
    Set<String> bodies = new HashSet<>();
    for (int i = 0; i < count; i++) {
      bodies.add(broken());
    }
    return bodies;
  }

  @Test
  void deletesWhatWasProcessed() throws Exception {
    start("Visibility=30 Window=1");
    send("one", "two", "three");
    assertEquals(Set.of("one #1 of 3", "two #1 of 3", "three #1 of 3"), next(3));
    awaitEmpty();
  }

  @Test
  void deliversOnlyFailedMessagesAgain() throws Exception {
    start("Visibility=3 Window=1");
    send("one", "fail once");
    assertEquals(Set.of("one #1 of 2", "fail once #1 of 2"), next(2));
    assertEquals("fail once #2 of 1", next());
    awaitEmpty();
    assertNull(seen.poll());
  }

  @Test
  void movesAMessageThatNeverSucceedsToTheDeadLetterQueue() throws Exception {
    start("Visibility=1");
    send("fail");
    assertEquals("fail", broken());
    assertEquals(List.of("fail #1 of 1", "fail #2 of 1"), List.copyOf(seen));
  }

  /** The window gives a slow machine time to receive both messages of a batch. */
  private void startBatchesOfTwo() throws Exception {
    start("BatchSize=2 Visibility=4 Window=3");
  }

  @Test
  void failsTheWholeBatchWhenTheFunctionThrows() throws Exception {
    startBatchesOfTwo();
    send("throw", "one");
    assertEquals(Set.of("throw", "one"), broken(2));
  }

  @Test
  void failsTheWholeBatchForAnUnknownId() throws Exception {
    startBatchesOfTwo();
    send("unknown id", "one");
    assertEquals(Set.of("unknown id", "one"), broken(2));
  }

  @Test
  void runsAtMostTheMaximumConcurrencyOfBatches() throws Exception {
    start("BatchSize=1 Visibility=30");
    send("wait", "wait", "wait");
    assertEquals("wait #1 of 1", next());
    assertEquals("wait #1 of 1", next());
    // Two invocations are running, which is the maximum; the third message remains on the queue.
    assertNull(seen.poll(2, TimeUnit.SECONDS));
    go.add("go");
    assertEquals("wait #1 of 1", next());
  }

  @Test
  void waitsForALargerBatchDuringTheWindow() throws Exception {
    start("BatchSize=20 Window=2 Visibility=30");
    send("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    send("11", "12", "13", "14", "15", "16", "17", "18", "19", "20");
    assertTrue(next().endsWith("of 20"));
  }
}
