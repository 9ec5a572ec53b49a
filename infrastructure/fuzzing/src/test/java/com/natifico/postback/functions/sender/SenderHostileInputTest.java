package com.natifico.postback.functions.sender;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.aws.sqs.CallbackMessageCodec;
import com.natifico.postback.aws.testing.TimeLeft;
import com.natifico.postback.delivery.DeliveryObserver;
import com.natifico.postback.delivery.FollowUp;
import com.natifico.postback.delivery.HealthWatch;
import com.natifico.postback.delivery.RetryPolicy;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.delivery.Sender;
import com.natifico.postback.delivery.SenderStores;
import com.natifico.postback.testing.InMemoryCallbackQueue;
import com.natifico.postback.testing.InMemoryDeadLetterQueue;
import com.natifico.postback.testing.InMemoryDeliveryLog;
import com.natifico.postback.testing.InMemoryEventStore;
import com.natifico.postback.testing.InMemoryPaceStore;
import com.natifico.postback.testing.InMemoryPostbackHealth;
import com.natifico.postback.testing.InMemoryPostbackStore;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.ScriptedTransport;
import com.natifico.postback.testing.SettableClock;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Each input is a message body: it is either processed or reported as failed, and does not affect
 * the other message of the batch.
 */
final class SenderHostileInputTest {
  static {
    // The function logs every failed message to stdout; the fuzzer itself writes to stderr.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
  }

  @FuzzTest(maxDuration = "2m")
  @DictionaryEntries({
    "\"v\":1", "\"delivery_id\":", "\"affiliate_id\":", "\"postback_id\":\"p1\"", "\"attempt\":",
    "\"due_at\":", "\"sent_at\":", "\"redrive\":true", "\"put_off_since\":", "\"state\":\"failed\"",
    "+1000000000-12-31T23:59:59.999999999Z", "2147483648", "\"url\":\"http://\"", "\\u0000"
  })
  void processesOrReportsEveryMessage(byte[] input) {
    SettableClock clock = new SettableClock(Samples.NOW);
    InMemoryPostbackStore postbacks = new InMemoryPostbackStore();
    postbacks.create(Samples.postback("p1", Samples.OFFER));
    InMemoryDeliveryLog log = new InMemoryDeliveryLog();
    InMemoryCallbackQueue retries = new InMemoryCallbackQueue(clock);
    Sender sender =
        new Sender(
            new SenderStores(log, postbacks, new InMemoryEventStore()),
            new ScriptedTransport(),
            new FollowUp(
                retries,
                new InMemoryDeadLetterQueue(),
                new HealthWatch(
                    new InMemoryPostbackHealth(postbacks), postbacks, log, (_, _) -> {})),
            new RetryPolicy(RetrySchedule.parse("1s"), new Random(1)),
            clock,
            DeliveryObserver.NONE,
            InMemoryPaceStore.pacing(postbacks, _ -> {}));
    SQSEvent event = new SQSEvent();
    event.setRecords(
        List.of(
            message("m-1", new String(input, StandardCharsets.UTF_8)),
            message(
                "m-2",
                CallbackMessageCodec.encode(Samples.message(Samples.callback("c-2", "p1"))))));

    List<String> back =
        new SenderFunction(new SenderComposition(sender, (_, _, _) -> {}, Metrics.NONE))
            .handleRequest(event, TimeLeft.AMPLE).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();

    assertTrue(back.isEmpty() || back.equals(List.of("m-1")), back::toString);
  }

  private static SQSMessage message(String id, String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(id);
    message.setBody(body);
    return message;
  }
}
