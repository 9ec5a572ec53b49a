package com.natifico.postback.aws.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.Unavailable;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.DeadLetterQueue;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** The requests that are made, and the handling of responses that ElasticMQ never gives. */
final class SqsRequestsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final List<Throwable> errors = new ArrayList<>();

  @Test
  void sendsAUsualCallbackInOneRequest() {
    Script sqs = new Script(_ -> List.of());
    assertEquals(Set.of(), queue(sqs).send(messages(1)));
    SendMessageBatchRequestEntry entry = sqs.requests.getFirst().entries().getFirst();
    assertEquals("track.example.com", entry.messageGroupId());
    assertEquals(0, entry.delaySeconds());
    assertEquals(1, sqs.requests.size());
  }

  @Test
  void sendsTenCallbacksPerRequest() {
    Script sqs = new Script(_ -> List.of());
    assertEquals(Set.of(), queue(sqs).send(messages(100)));
    assertEquals(10, sqs.requests.size());
  }

  /** 40 callbacks of the largest size are not encoded and sent at the same time. */
  @Test
  void sendsLargeCallbacksInSlices() {
    Script sqs = new Script(_ -> List.of());
    CallbackRequest largest =
        new CallbackRequest(
            HttpMethod.POST,
            "https://track.example.com/",
            "b".repeat(CallbackRequest.MAX_BODY_BYTES),
            "application/x-www-form-urlencoded");
    List<CallbackMessage> messages =
        IntStream.range(0, 100)
            .mapToObj(i -> Samples.callback("c" + i, "p1").withRequest(largest))
            .map(Samples::message)
            .toList();

    assertEquals(Set.of(), queue(sqs).send(messages));

    assertEquals(100, sqs.requests.stream().mapToInt(request -> request.entries().size()).sum());
    assertTrue(sqs.mostAtOnce.get() <= 5, () -> "requests at once: " + sqs.mostAtOnce);
  }

  @Test
  void anErrorOfTheJvmConcernsOnlyItsOwnRequest() {
    Script sqs =
        new Script(
            request -> {
              if (request == 0) {
                throw new OutOfMemoryError("of a test");
              }
              return List.of();
            });
    assertEquals(10, queue(sqs).send(messages(25)).size());
  }

  @Test
  void makesNoRequestWithoutCallbacks() {
    Script sqs = new Script(_ -> List.of());
    assertEquals(Set.of(), queue(sqs).send(List.of()));
    assertEquals(0, sqs.requests.size());
  }

  @ParameterizedTest
  @CsvSource({
    "-PT1H, 0",
    "PT0S, 0",
    "PT0.000000001S, 1",
    "PT1S, 1",
    "PT1.001S, 2",
    "PT899.5S, 900",
    "PT900S, 900",
    "PT24H, 900",
    "P106751991167300D, 900"
  })
  void roundsDelaysUpToWholeSeconds(Duration wait, int delaySeconds) {
    Script sqs = new Script(_ -> List.of());
    Instant dueAt = wait.toDays() > 1_000_000 ? Instant.MAX : Samples.NOW.plus(wait);
    queue(sqs)
        .send(List.of(new CallbackMessage(Samples.callback("c1", "p1"), 1, dueAt, Samples.NOW)));
    assertEquals(delaySeconds, sqs.requests.getFirst().entries().getFirst().delaySeconds());
  }

  @Test
  void repeatsServiceFaultsOnce() {
    Script sqs = new Script(request -> request == 0 ? List.of(failure("1", false)) : List.of());
    assertEquals(Set.of(), queue(sqs).send(messages(3)));
    assertEquals(
        List.of(3, 1), sqs.requests.stream().map(request -> request.entries().size()).toList());
  }

  @Test
  void reportsEntriesThatFailedTwice() {
    Script sqs =
        new Script(
            request ->
                request == 0
                    ? List.of(failure("1", false), failure("2", false))
                    : List.of(failure("1", false)));
    List<CallbackMessage> messages = messages(3);
    assertEquals(ids(messages.subList(2, 3)), queue(sqs).send(messages));
    assertEquals(2, sqs.requests.size());
  }

  @Test
  void doesNotRepeatSenderFaults() {
    Script sqs = new Script(_ -> List.of(failure("0", true)));
    List<CallbackMessage> messages = messages(2);
    assertEquals(ids(messages.subList(0, 1)), queue(sqs).send(messages));
    assertEquals(1, sqs.requests.size());
  }

  @Test
  void reportsAllEntriesIfTheQueueDoesNotRespond() {
    Script sqs =
        new Script(
            _ -> {
              throw SdkClientException.create("no answer");
            });
    List<CallbackMessage> messages = messages(25);
    assertEquals(ids(messages), queue(sqs).send(messages));
    assertEquals(3, errors.size());
  }

  @Test
  void reportsTheRestIfTheRepeatGetsNoResponse() {
    Script sqs =
        new Script(
            request -> {
              if (request == 0) {
                return List.of(failure("0", false), failure("1", true));
              }
              throw SdkClientException.create("no answer");
            });
    List<CallbackMessage> messages = messages(10);
    assertEquals(ids(messages.subList(0, 2)), queue(sqs).send(messages));
  }

  @Test
  void sendsTheDeadLettersOfTenThreadsInOneRequest() throws Exception {
    Script sqs = new Script(_ -> List.of(failure("3", false)));
    DeadLetterQueue queue = new SqsDeadLetterQueue(sqs, "https://sqs.example.com/q", LONG);
    List<Future<?>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10; i++) {
        Delivery failed =
            Delivery.unrecorded(Samples.callback("c" + i, "p1"))
                .failed(Samples.attempt(1, Outcome.HTTP_ERROR), "m");
        results.add(threads.submit(() -> queue.send(failed)));
      }
    }

    assertEquals(List.of(10), sqs.requests.stream().map(one -> one.entries().size()).toList());
    List<Throwable> refusals =
        results.stream()
            .filter(result -> result.state() == Future.State.FAILED)
            .map(Future::exceptionNow)
            .toList();
    assertEquals(1, refusals.size(), "one of ten was refused");
    assertInstanceOf(Unavailable.class, refusals.getFirst());
  }

  @Test
  void reportsDeadLettersToWhichTheQueueDoesNotRespond() {
    Script sqs =
        new Script(
            _ -> {
              throw SdkClientException.create("no answer");
            });
    DeadLetterQueue queue =
        new SqsDeadLetterQueue(sqs, "https://sqs.example.com/q", Duration.ofMillis(1));
    Delivery failed =
        Delivery.unrecorded(Samples.callback("c1", "p1"))
            .failed(Samples.attempt(1, Outcome.HTTP_ERROR), "m");
    assertThrows(Unavailable.class, () -> queue.send(failed));
  }

  private SqsCallbackQueue queue(SqsClient sqs) {
    return new SqsCallbackQueue(
        sqs, "https://sqs.example.com/q", InstantSource.fixed(Samples.NOW), this::note);
  }

  private synchronized void note(String message, Throwable cause) {
    errors.add(cause);
  }

  private static List<CallbackMessage> messages(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Samples.message(Samples.callback("c" + i, "p1")))
        .toList();
  }

  private static Set<String> ids(List<CallbackMessage> messages) {
    return messages.stream()
        .map(message -> message.callback().deliveryId())
        .collect(Collectors.toSet());
  }

  private static BatchResultErrorEntry failure(String id, boolean senderFault) {
    return BatchResultErrorEntry.builder().id(id).senderFault(senderFault).code("X").build();
  }

  /** Answers the requests with the given failures; the key is the request's number, from 0. */
  private static final class Script implements SqsClient {
    private final List<SendMessageBatchRequest> requests = new ArrayList<>();
    private final Function<Integer, List<BatchResultErrorEntry>> failures;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    Script(Function<Integer, List<BatchResultErrorEntry>> failures) {
      this.failures = failures;
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
      mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
      try {
        return answer(request);
      } finally {
        running.decrementAndGet();
      }
    }

    private synchronized SendMessageBatchResponse answer(SendMessageBatchRequest request) {
      requests.add(request);
      return SendMessageBatchResponse.builder().failed(failures.apply(requests.size() - 1)).build();
    }

    @Override
    public String serviceName() {
      return "sqs";
    }

    @Override
    public void close() {
      // There is nothing to close.
    }
  }
}
