package com.natifico.postback.functions.sender;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.natifico.postback.aws.testing.TimeLeft;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.ScriptedTransport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The messages of each release, recorded from its queues: this release processes them. A release
 * with a new format records its messages beside these.
 */
final class ReleasedMessagesTest {
  private static final Delivery NEW = Delivery.unrecorded(Samples.callback("c1", "p1"));

  private final ScriptedTransport tracker = new ScriptedTransport();
  private final Outside outside = new Outside(tracker);

  private static String recorded(String release, String kind) throws IOException {
    String name = "released/" + release + "/" + kind + ".json";
    try (InputStream in =
        Objects.requireNonNull(ReleasedMessagesTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
    }
  }

  /** Stores the row that the release had written when it sent the message. */
  private void rowBeside(String kind) {
    switch (kind) {
      case "first" -> {}
      case "put-off" -> outside.log.save(NEW.pending());
      case "retry" -> {
        outside.log.save(NEW.retrying(Samples.attempt(1, Outcome.TIMEOUT), Samples.NOW, "m-1"));
        outside.log.save(row().retrying(Samples.attempt(2, Outcome.DNS), Samples.NOW, "m-2"));
      }
      case "dead-letter", "redrive" -> {
        outside.log.save(NEW.retrying(Samples.attempt(1, Outcome.DNS), Samples.NOW, "m-1"));
        outside.log.save(row().failed(Samples.attempt(2, Outcome.HTTP_ERROR), "m-2"));
      }
      default -> throw new IllegalArgumentException(kind);
    }
  }

  private Delivery row() {
    return Objects.requireNonNull(outside.log.find("77", NEW.id()));
  }

  /** Returns the messages that are not acknowledged. */
  private List<BatchItemFailure> handle(String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId("m");
    message.setBody(body);
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(message));
    return new SenderFunction(outside.parts())
        .handleRequest(event, TimeLeft.AMPLE)
        .getBatchItemFailures();
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, first, 1",
    "1.0, put-off, 1",
    "1.0, retry, 3",
    "1.0, dead-letter, 3",
    "1.0, redrive, 3"
  })
  void processesMessagesOfRecordedReleases(String release, String kind, int attempts)
      throws IOException {
    rowBeside(kind);
    assertEquals(List.of(), handle(recorded(release, kind)));
    assertDelivered(attempts);
  }

  private void assertDelivered(int attempts) {
    assertEquals(1, tracker.received().size());
    assertEquals(NEW.callback().request(), tracker.received().getFirst().request());
    assertEquals(DeliveryState.DELIVERED, row().state());
    assertEquals(attempts, row().attempts().size());
  }

  /** The situation after a rollback. */
  @ParameterizedTest
  @CsvSource({"first, 1", "retry, 3", "dead-letter, 3", "redrive, 3"})
  void ignoresWhatALaterReleaseAdds(String kind, int attempts) throws IOException {
    rowBeside(kind);
    String later =
        recorded("1.0", kind).replaceFirst("\\{", "{\"later\":{\"v\":2},\"more\":[1,{}],");
    assertEquals(List.of(), handle(later));
    assertDelivered(attempts);
  }

  @Test
  void forwardsAWaitingRetryOfAnEarlierRelease() throws IOException {
    rowBeside("retry");
    outside.clock.advance(Duration.ofMinutes(-1));
    assertEquals(List.of(), handle(recorded("1.0", "retry")));
    assertEquals(List.of(), tracker.received());
    assertEquals(1, outside.retries.size());
  }

  @Test
  void keepsAMessageOfALaterFormat() throws IOException {
    String later = recorded("1.0", "first").replaceFirst("\"v\":1", "\"v\":2");
    assertEquals(1, handle(later).size());
    assertEquals(List.of(), tracker.received());
  }
}
