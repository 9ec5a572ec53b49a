package com.natifico.postback.aws.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class GroupedCallbackQueueTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final List<Integer> requests = new ArrayList<>();
  private final CallbackQueue queue =
      messages -> {
        synchronized (requests) {
          requests.add(messages.size());
        }
        return Set.of(id(3));
      };

  private static CallbackMessage message(int number) {
    return Samples.message(Samples.callback("c-" + number, "p1"));
  }

  private static String id(int number) {
    return message(number).callback().deliveryId();
  }

  private static List<Set<String>> sendAtOnce(CallbackQueue queue, int count) throws Exception {
    List<Future<Set<String>>> results;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      results = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        CallbackMessage message = message(i);
        results.add(threads.submit(() -> queue.send(List.of(message))));
      }
    }
    List<Set<String>> refused = new ArrayList<>();
    for (Future<Set<String>> result : results) {
      refused.add(result.get());
    }
    return refused;
  }

  @Test
  void sendsTenMessagesWithOneRequest() throws Exception {
    List<Set<String>> refused = sendAtOnce(new GroupedCallbackQueue(queue, LONG), 20);

    assertEquals(List.of(10, 10), requests);
    for (int i = 0; i < 20; i++) {
      assertEquals(i == 3 ? Set.of(id(3)) : Set.of(), refused.get(i));
    }
  }

  @Test
  void sendsFewerAfterTheWait() {
    CallbackQueue grouped = new GroupedCallbackQueue(queue, Duration.ofMillis(1));
    assertEquals(Set.of(), grouped.send(List.of(message(1))));
    assertEquals(Set.of(id(3)), grouped.send(List.of(message(3))));
    assertEquals(List.of(1, 1), requests);
  }

  @Test
  void reportsAFailureToEachCaller() {
    CallbackQueue grouped =
        new GroupedCallbackQueue(
            _ -> {
              throw new IllegalStateException("broken");
            },
            LONG);
    assertThrows(Exception.class, () -> sendAtOnce(grouped, 10));
  }
}
