package com.natifico.postback.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.aws.dynamodb.DynamoDbDeliveryLog;
import com.natifico.postback.aws.sqs.CallbackMessageCodec;
import com.natifico.postback.aws.sqs.DeadLetterCodec;
import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.AttemptHistory;
import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.Lease;
import com.natifico.postback.delivery.MadeAttempt;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The largest request that can be sent, with the maximum number of attempts and the longest texts:
 * the row fits into a DynamoDB item (400 KB) and the messages into SQS (1 MiB).
 */
final class LargestDeliveryTest {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();

  /** SQS counts the bytes of the body, which is ASCII. */
  private static final int MAX_MESSAGE = 1_048_576;

  private static final int MAX_URL_BYTES = 32 * 1024;
  private static final int MAX_BODY_BYTES = 96 * 1024;

  @ParameterizedTest
  @CsvSource({
    "'\uFFFD', 1",
    "'\uFFFD', 33",
    "'\uFFFD', 200",
    "'\u0001', 200",
    "'\u00FC', 200",
    "'\uD83D\uDE00', 200",
    "'x', 200",
  })
  void fits(String character, int attempts) {
    Callback usual = Samples.callback("c1", "p1");
    int bytes = character.getBytes(StandardCharsets.UTF_8).length;
    // A URL has no control characters; a text body may have them.
    String inUrl = Character.isISOControl(character.codePointAt(0)) ? "x" : character;
    Callback callback =
        usual.withRequest(
            new CallbackRequest(
                HttpMethod.POST,
                "https://t.example.com/" + inUrl.repeat((MAX_URL_BYTES - 22) / bytes),
                character.repeat(MAX_BODY_BYTES / bytes),
                "application/json; charset=utf-8"));
    DynamoDbDeliveryLog log =
        new DynamoDbDeliveryLog(
            ENGINE.client(),
            ENGINE.createDeliveriesTable(),
            Duration.ofDays(90),
            new SecureRandom());
    Delivery row = Delivery.unrecorded(callback).pending();
    assertTrue(log.save(row));
    for (int i = 1; i <= attempts; i++) {
      row = row.retrying(attempt(i, character), Samples.NOW.plusSeconds(i), i + "@" + Samples.NOW);
      if (i % 40 == 0 || i == attempts) {
        Delivery stored =
            new Delivery(
                callback, row.status(), row.history(), null, stored(log, row).revision() + 1);
        assertTrue(log.save(stored));
        row = stored;
      }
    }
    assertEquals(row, stored(log, row));
    assertEquals(Math.min(attempts, 32), row.attempts().size());
    fits(DeadLetterCodec.encode(row));
    assertEquals(row, DeadLetterCodec.decode(DeadLetterCodec.encode(row)));
    fits(
        CallbackMessageCodec.encode(
            new CallbackMessage(
                callback,
                AttemptHistory.MAX_ATTEMPTS,
                Samples.NOW,
                Samples.NOW,
                Samples.NOW,
                new CallbackMessage.Task.Store(
                    new MadeAttempt(
                        Samples.NOW,
                        Samples.NOW,
                        new Transport.Exchange(attempt(1, character).result(), "86400"),
                        new Lease(Samples.NOW),
                        true)))));
  }

  private static void fits(String message) {
    assertTrue(message.length() < MAX_MESSAGE, message.length() + " bytes");
  }

  private static Delivery stored(DynamoDbDeliveryLog log, Delivery row) {
    return Objects.requireNonNull(log.find(row.callback().affiliateId(), row.id()));
  }

  /** An attempt with texts that exceed the stored length. */
  private static Attempt attempt(int number, String character) {
    String text = character.repeat(2_000);
    return new Attempt(
        number,
        Samples.NOW.plusMillis(number),
        new AttemptResult(
            Outcome.HTTP_ERROR, 503, new Attempt.Latency(1, 2, 3, 4, 5), text, text, text));
  }
}
