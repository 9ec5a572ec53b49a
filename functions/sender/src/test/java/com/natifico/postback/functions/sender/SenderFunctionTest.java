package com.natifico.postback.functions.sender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.natifico.postback.Unavailable;
import com.natifico.postback.aws.sqs.CallbackMessageCodec;
import com.natifico.postback.aws.sqs.MessageVisibility;
import com.natifico.postback.aws.testing.TimeLeft;
import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.delivery.Transport.Exchange;
import com.natifico.postback.postback.Circuit;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackHealth;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.ScriptedTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

final class SenderFunctionTest {
  private final ScriptedTransport tracker = new ScriptedTransport();

  private static SQSMessage message(String id, @Nullable String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(id);
    message.setBody(body);
    return message;
  }

  /** The message's id is also the conversion's id. */
  private static SQSMessage callback(String id) {
    return message(id, CallbackMessageCodec.encode(Outside.message(id)));
  }

  private static List<SQSMessage> callbacks(int count) {
    return IntStream.range(0, count).mapToObj(i -> callback("m-" + i)).toList();
  }

  private static Set<String> handle(Outside outside, List<SQSMessage> messages, Context context) {
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    SQSBatchResponse response = new SenderFunction(outside.parts()).handleRequest(event, context);
    return response.getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .collect(Collectors.toSet());
  }

  private static Set<String> handle(Outside outside, List<SQSMessage> messages) {
    return handle(outside, messages, TimeLeft.AMPLE);
  }

  private static DeliveryState state(Outside outside, String id) {
    return Objects.requireNonNull(
            outside.log.find("77", Outside.message(id).callback().deliveryId()))
        .state();
  }

  /** The id that distinguishes the requests of this test. */
  private static String deliveryId(String id) {
    return Outside.message(id).callback().deliveryId();
  }

  @Test
  void acknowledgesDeliveredMessages() {
    Outside outside = new Outside(tracker);
    assertEquals(Set.of(), handle(outside, callbacks(10)));
    assertEquals(10, tracker.received().size());
    assertEquals(DeliveryState.DELIVERED, state(outside, "m-9"));
  }

  @Test
  void acknowledgesMessagesWhoseEndpointFailed() {
    tracker.answers(ScriptedTransport.answer(500));
    Outside outside = new Outside(tracker);
    assertEquals(Set.of(), handle(outside, callbacks(1)));
    assertEquals(DeliveryState.FAILED, state(outside, "m-0"));
  }

  /** A message move task gives a message a new id; found by the simulation. */
  @Test
  void continuesARetryFromTheUnprocessedQueue() {
    tracker.answers(ScriptedTransport.answer(500));
    Outside outside = new Outside(tracker, RetrySchedule.parse("1m"));
    outside.retries.refuse(_ -> true);
    assertEquals(Set.of(), handle(outside, callbacks(1)));
    outside.retries.refuse(_ -> false);
    assertEquals(0, outside.retries.size());

    SQSMessage moved = callback("m-0");
    moved.setMessageId("another");
    assertEquals(Set.of(), handle(outside, List.of(moved)));

    assertEquals(1, outside.retries.size());
    assertEquals(1, tracker.received().size());
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"{", "null", "[]", "{}", "{\"v\":1}", "{\"v\":2}", "\u0000", "\uD800"})
  void processesTheOthersIfOneMessageIsInvalid(@Nullable String poison) {
    Outside outside = new Outside(tracker);
    List<SQSMessage> messages = new ArrayList<>(callbacks(9));
    messages.add(4, message("poison", poison));
    assertEquals(Set.of("poison"), handle(outside, messages));
    assertEquals(9, tracker.received().size());
  }

  @Test
  void processesTheOthersIfOneDeliveryIdIsInvalid() {
    Outside outside = new Outside(tracker);
    List<SQSMessage> messages = new ArrayList<>(callbacks(2));
    String poison =
        CallbackMessageCodec.encode(Outside.message("x")).replace(deliveryId("x"), "short");
    messages.add(message("poison", poison));
    handle(outside, messages);
    assertEquals(DeliveryState.DELIVERED, state(outside, "m-0"));
    assertEquals(DeliveryState.DELIVERED, state(outside, "m-1"));
  }

  private static Exchange failing(Map<String, String> headers, String id, Throwable failure) {
    if (!deliveryId(id).equals(headers.get("webhook-id"))) {
      return ScriptedTransport.answer(200);
    }
    return SenderFunctionTest.<RuntimeException, Exchange>sneaky(failure);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable, T> T sneaky(Throwable failure) throws E {
    throw (E) failure;
  }

  static List<Throwable> bugs() {
    return List.of(
        new IllegalStateException("a bug"),
        new StackOverflowError(),
        new AssertionError("a bug"),
        new OutOfMemoryError("a bug"),
        new NoClassDefFoundError("a bug"),
        new InterruptedException("a bug"));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void processesTheOthersWhateverOneMessageThrows(Throwable bug) {
    Outside outside =
        new Outside((_, headers, _) -> new Transport.Answer(failing(headers, "m-3", bug)));
    assertEquals(Set.of("m-3"), handle(outside, callbacks(10)));
    assertEquals(DeliveryState.DELIVERED, state(outside, "m-2"));
    assertEquals(DeliveryState.DELIVERED, state(outside, "m-4"));
  }

  /** The row asks for the retry, and the timer enqueues what its queue has not taken. */
  @Test
  void leavesRetriesThatTheQueueRefusesToTheTimer() {
    Outside outside =
        new Outside(
            (_, _, _) -> new Transport.Answer(ScriptedTransport.answer(500)),
            RetrySchedule.parse("1m"));
    outside.retries.refuse(
        message ->
            Set.of(deliveryId("m-1"), deliveryId("m-2")).contains(message.callback().deliveryId()));
    assertEquals(Set.of(), handle(outside, callbacks(4)));
    assertEquals(DeliveryState.RETRYING, state(outside, "m-1"));
    assertEquals(2, outside.retries.size());
  }

  /** A message that arrived early, in a queue that accepts no copy of it. */
  private static SQSMessage early(int receives) {
    CallbackMessage early = Outside.message("m-0").dueAt(Samples.NOW.plusSeconds(60));
    SQSMessage message = message("m-0", CallbackMessageCodec.encode(early));
    message.setReceiptHandle("handle");
    message.setEventSourceArn("queue");
    message.setAttributes(Map.of("ApproximateReceiveCount", Integer.toString(receives)));
    return message;
  }

  @ParameterizedTest
  @CsvSource({"1, 45", "2, 90", "6, 1440", "7, 1800", "20, 1800"})
  void hidesAMessageForLongerWithEachReceive(int receives, int seconds) {
    Outside outside = new Outside(tracker);
    outside.retries.refuse(_ -> true);

    assertEquals(Set.of("m-0"), handle(outside, List.of(early(receives))));

    Duration hidden = Objects.requireNonNull(outside.hidden.get("queue handle"));
    assertTrue(
        hidden.toSeconds() >= seconds && hidden.toSeconds() <= seconds + seconds / 5,
        () -> "" + hidden);
  }

  @Test
  void hidesNoMessageForAnotherReason() {
    Outside outside =
        new Outside(
            (_, headers, _) ->
                new Transport.Answer(failing(headers, "m-0", new IllegalStateException("a bug"))));
    assertEquals(Set.of("m-0"), handle(outside, callbacks(1)));
    assertEquals(Map.of(), outside.hidden);
  }

  @Test
  void returnsAMessageThatCannotBeHidden() {
    Outside outside = new Outside(tracker);
    outside.retries.refuse(_ -> true);
    MessageVisibility refusing =
        (_, _, _) -> {
          throw new Unavailable("of a test", null);
        };
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(early(1)));

    SQSBatchResponse response =
        new SenderFunction(new SenderComposition(outside.sender, refusing, outside.metrics))
            .handleRequest(event, TimeLeft.AMPLE);

    assertEquals("m-0", response.getBatchItemFailures().getFirst().getItemIdentifier());
  }

  @Test
  void sendsAllMessagesOfABatchAtTheSameTime() {
    CyclicBarrier all = new CyclicBarrier(100);
    Outside outside =
        new Outside(
            (_, _, _) -> {
              try {
                all.await(60, TimeUnit.SECONDS);
              } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException(
                    "not all of them were in progress at the same time", e);
              }
              return new Transport.Answer(ScriptedTransport.answer(200));
            });
    assertEquals(Set.of(), handle(outside, callbacks(100)));
  }

  @Test
  void endsInTimeAndReturnsUnfinishedMessages() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Outside outside =
        new Outside(
            (_, headers, _) -> {
              if (deliveryId("m-3").equals(headers.get("webhook-id"))) {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  stopped.countDown();
                  throw new IllegalStateException(e);
                }
              }
              return new Transport.Answer(ScriptedTransport.answer(200));
            });
    // The handler reads the remaining time before it waits for each message; at the fourth, no time
    // is left.
    AtomicInteger waits = new AtomicInteger();
    Context context =
        new TimeLeft(
            () ->
                !Thread.currentThread().isVirtual() && waits.incrementAndGet() == 4
                    ? 1_000
                    : 30_000);

    Set<String> back = handle(outside, callbacks(10), context);

    assertEquals(Set.of("m-3"), back);
    assertEquals(DeliveryState.DELIVERED, state(outside, "m-9"));
    assertTrue(stopped.await(60, TimeUnit.SECONDS), "nothing continues after the response");
  }

  @Test
  void startsNoAttemptThatCouldNotEndInTime() {
    Outside outside = new Outside(tracker);
    Set<String> back = handle(outside, callbacks(3), new TimeLeft(() -> 14_999));
    assertEquals(Set.of("m-0", "m-1", "m-2"), back);
    assertEquals(0, tracker.received().size());
  }

  @Test
  void processesABatchOfTenThousand() {
    Outside outside = new Outside(tracker);
    assertEquals(Set.of(), handle(outside, callbacks(10_000)));
    assertEquals(10_000, tracker.received().size());
  }

  @Test
  void processesAnEmptyBatch() {
    Outside outside = new Outside(tracker);
    assertEquals(Set.of(), handle(outside, List.of()));
    assertEquals(
        List.of(),
        new SenderFunction(outside.parts())
            .handleRequest(new SQSEvent(), TimeLeft.AMPLE)
            .getBatchItemFailures());
  }

  private static Circuit circuit(Outside outside) {
    return Objects.requireNonNull(outside.postbacks.find("77", "p1")).circuit();
  }

  /** Handles messages while time passes whenever the function waits. */
  private static Set<String> handleInTime(Outside outside, List<SQSMessage> messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    SenderComposition parts =
        new SenderComposition(
            outside.sender,
            outside.parts().visibility(),
            outside.metrics,
            () -> new TickingThreads(outside.clock),
            (_, _) -> {});
    return new SenderFunction(parts)
        .handleRequest(event, TimeLeft.AMPLE).getBatchItemFailures().stream()
            .map(BatchItemFailure::getItemIdentifier)
            .collect(Collectors.toSet());
  }

  /** Ends an attempt when others must have learned that the endpoint hangs. */
  private static Transport.Answer hangingUntil(CountDownLatch noticed) {
    try {
      if (!noticed.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("no worker has noticed that the endpoint hangs");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new Transport.Answer(
        new Exchange(
            new AttemptResult(Outcome.DELIVERED, 200, Attempt.Latency.ofTotal(9_000), "", null),
            null));
  }

  private static UnaryOperator<PostbackHealth> observed(
      CountDownLatch noticed, UnaryOperator<Circuit> store) {
    return health ->
        new PostbackHealth() {
          @Override
          public @Nullable Streak failed(Postback postback, int attempts, Instant at) {
            return health.failed(postback, attempts, at);
          }

          @Override
          public void succeeded(Postback postback) {
            health.succeeded(postback);
          }

          @Override
          public @Nullable Circuit replaceCircuit(
              Postback postback, Circuit expected, Circuit next) {
            Circuit stored = health.replaceCircuit(postback, expected, store.apply(next));
            noticed.countDown();
            return stored;
          }
        };
  }

  @Test
  void tellsOtherWorkersOfAnEndpointThatHangsWhileTheAttemptIsInProgress() {
    CountDownLatch noticed = new CountDownLatch(1);
    Outside outside =
        new Outside(
            (_, _, _) -> hangingUntil(noticed),
            RetrySchedule.NONE,
            observed(noticed, next -> next));

    assertEquals(Set.of(), handleInTime(outside, callbacks(1)));

    assertInstanceOf(Circuit.Slow.class, circuit(outside));
    assertEquals(DeliveryState.DELIVERED, state(outside, "m-0"));
  }

  @Test
  void answersInTimeAlthoughTheStoreOfTheCircuitStalls() throws Exception {
    CountDownLatch noticed = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    UnaryOperator<Circuit> stall =
        _ -> {
          noticed.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            stopped.countDown();
          }
          throw new Unavailable("of a test", null);
        };
    Outside outside =
        new Outside(
            (_, _, _) -> hangingUntil(noticed), RetrySchedule.NONE, observed(noticed, stall));

    assertEquals(Set.of(), handleInTime(outside, callbacks(1)));

    assertEquals(DeliveryState.DELIVERED, state(outside, "m-0"));
    assertTrue(stopped.await(60, TimeUnit.SECONDS), "nothing continues after the response");
  }
}
