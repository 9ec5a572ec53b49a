package com.natifico.postback.aws.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.AttemptHistory;
import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.Deferral;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.DeliveryStatus;
import com.natifico.postback.delivery.Lease;
import com.natifico.postback.delivery.MadeAttempt;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.delivery.UnsentReason;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.RequestHeaders;
import com.natifico.postback.testing.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CallbackMessageCodecTest {
  private static final CallbackMessage FULL =
      new CallbackMessage(
          callback("{\"city\":\"K\u00f6ln \uD83D\uDE00\"}\n"), 3, Samples.NOW, Samples.NOW);

  @Test
  void readsFormat1() throws Exception {
    assertEquals(FULL, CallbackMessageCodec.decode(recorded("callback-message-v1.json")));
  }

  /** While this test passes, functions of the previous release can read what this one writes. */
  @Test
  void writesFormat1() throws Exception {
    assertEquals(recorded("callback-message-v1.json"), CallbackMessageCodec.encode(FULL));
  }

  @Test
  void omitsMissingValues() {
    CallbackMessage usual = Samples.message(Samples.callback("c1", "p1"));
    String json = CallbackMessageCodec.encode(usual);
    assertFalse(json.contains("null") || json.contains("body") || json.contains("test"), json);
    assertEquals(usual, CallbackMessageCodec.decode(json));
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheHistoryOfAMessage(Deferral.Cause cause) {
    CallbackMessage message =
        new CallbackMessage(
            callback("{}"),
            3,
            Samples.NOW,
            Samples.NOW,
            Samples.NOW.plusSeconds(2),
            new CallbackMessage.Task.Send(true, new Deferral(Samples.NOW.plusSeconds(1), cause)));
    assertEquals(message, CallbackMessageCodec.decode(CallbackMessageCodec.encode(message)));
  }

  static Stream<MadeAttempt> madeAttempts() {
    Instant at = Samples.NOW.plusMillis(7);
    AttemptResult full =
        new AttemptResult(
            Outcome.HTTP_ERROR,
            503,
            new Attempt.Latency(0, 1, 22, 333, 4444),
            "ü\u0000<html>",
            "The endpoint answered 503.",
            "The body broke off.");
    AttemptResult bare =
        new AttemptResult(Outcome.DNS, null, Attempt.Latency.ofTotal(3), null, null, null);
    return Stream.of(
        new MadeAttempt(
            at,
            at.plusNanos(1),
            new Transport.Exchange(full, "120"),
            "an-id.7",
            new Lease(at.plusSeconds(30)),
            true),
        new MadeAttempt(at, at, new Transport.Exchange(bare, null), null, false));
  }

  @ParameterizedTest
  @MethodSource("madeAttempts")
  void keepsAnAttemptToBeRecorded(MadeAttempt made) {
    CallbackMessage message =
        new CallbackMessage(
            callback("{}"),
            1,
            Samples.NOW,
            Samples.NOW,
            Samples.NOW,
            new CallbackMessage.Task.Store(made));
    assertEquals(message, CallbackMessageCodec.decode(CallbackMessageCodec.encode(message)));
  }

  /** A sender of the previous release would otherwise repeat the attempt. */
  @Test
  void writesAnAttemptToBeRecordedInFormat2() {
    String json =
        CallbackMessageCodec.encode(
            new CallbackMessage(
                callback("{}"),
                1,
                Samples.NOW,
                Samples.NOW,
                null,
                new CallbackMessage.Task.Store(madeAttempts().findFirst().orElseThrow())));
    assertTrue(json.startsWith("{\"v\":2,"), json);
    assertThrows(
        IllegalArgumentException.class,
        () -> CallbackMessageCodec.decode(json.replace("\"made\"", "\"unknown\"")));
  }

  static Stream<CallbackMessage.Task> tasks() {
    return Stream.of(
        CallbackMessage.Task.Send.USUAL,
        new CallbackMessage.Task.Store(madeAttempts().findFirst().orElseThrow()));
  }

  /** A sender that does not know headers would send or store the request without them. */
  @ParameterizedTest
  @MethodSource("tasks")
  void writesHeadersInFormat3(CallbackMessage.Task task) {
    CallbackMessage message =
        new CallbackMessage(
            withHeaders(callback("{}")), 1, Samples.NOW, Samples.NOW, Samples.NOW, task);
    String json = CallbackMessageCodec.encode(message);
    assertTrue(json.startsWith("{\"v\":3,"), json);
    assertEquals(message, CallbackMessageCodec.decode(json));
  }

  @Test
  void keepsTheHeadersOfADeadLetter() {
    Delivery usual = failed(new DeliveryStatus.Failed("message-7"));
    Delivery delivery =
        new Delivery(
            withHeaders(usual.callback()),
            usual.status(),
            usual.history(),
            usual.lease(),
            usual.revision());
    String json = DeadLetterCodec.encode(delivery);
    assertTrue(json.startsWith("{\"v\":3,"), json);
    assertEquals(delivery, DeadLetterCodec.decode(json));
    assertEquals(delivery.callback(), CallbackMessageCodec.decode(json).callback());
  }

  @Test
  void keepsThePlaceholdersOfSecrets() {
    CallbackRequest request =
        new CallbackRequest(
            HttpMethod.GET,
            "https://track.example.com/p?k={secret.key}",
            null,
            null,
            RequestHeaders.NONE,
            List.of("key", "token"));
    Callback callback = FULL.callback().withRequest(request);
    CallbackMessage message =
        new CallbackMessage(callback, 1, Samples.NOW, Samples.NOW, null, FULL.task());
    String json = CallbackMessageCodec.encode(message);
    assertTrue(json.startsWith("{\"v\":4,"), json);
    assertTrue(json.contains("\"secrets\":\"key,token\""), json);
    assertEquals(message, CallbackMessageCodec.decode(json));
    assertEquals(
        callback,
        CallbackMessageCodec.decode(
                DeadLetterCodec.encode(
                    new Delivery(
                        callback,
                        new DeliveryStatus.Failed(null),
                        AttemptHistory.of(List.of(Samples.attempt(1, Outcome.DNS)), 0),
                        null,
                        1)))
            .callback());
  }

  private static Callback withHeaders(Callback callback) {
    CallbackRequest request = callback.request();
    return callback.withRequest(
        new CallbackRequest(
            request.method(),
            request.url(),
            request.body(),
            request.contentType(),
            new RequestHeaders(Map.of("Authorization", "Bearer \"a\" b", "X-Id", "1"))));
  }

  @Test
  void ignoresWhatALaterFunctionAdds() {
    String json =
        CallbackMessageCodec.encode(FULL)
            .replaceFirst(
                "\\{",
                "{\"later\":{\"v\":[1,{\"v\":2}]},\"list\":[1,[2],{\"v\":3}],\"none\":null,");
    assertEquals(FULL, CallbackMessageCodec.decode(json));
  }

  @Test
  void encodesEveryCharacterInAscii() {
    String every = "\u0000\u001f\"\\/\u007f\u00e4\u2028\uFFFE\uFFFF\uD800 \uDC00\uD83D\uDE00";
    CallbackMessage message = new CallbackMessage(callback(every), 1, Samples.NOW, Samples.NOW);
    String json = CallbackMessageCodec.encode(message);
    assertTrue(json.chars().allMatch(c -> c >= ' ' && c <= 0x7F), json);
    assertEquals(message, CallbackMessageCodec.decode(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "[]",
        "\"secret\"",
        "{\"v\":1,\"url\":\"https://secret\"}",
        "{\"v\":2,\"url\":\"https://secret\"}",
        "{\"url\":\"https://secret\"}",
        "{\"v\":\"secret\"}",
        "{\"v\":1,\"url\":\"https://secret\""
      })
  void rejectsInvalidMessagesWithoutQuotingThem(String json) {
    var e = assertThrows(IllegalArgumentException.class, () -> CallbackMessageCodec.decode(json));
    assertFalse(String.valueOf(e.getMessage()).contains("secret"), e.getMessage());
  }

  @Test
  void readsADeadLetterMessageAsARequestForTheNextAttempt() {
    Delivery delivery =
        Samples.delivery(
            Samples.callback("c1", "p1"),
            DeliveryState.FAILED,
            List.of(Samples.attempt(1, Outcome.HTTP_ERROR), Samples.attempt(2, Outcome.TIMEOUT)));
    CallbackMessage message = CallbackMessageCodec.decode(DeadLetterCodec.encode(delivery));
    assertEquals(delivery.callback(), message.callback());
    assertEquals(3, message.attempt());
    assertEquals(new CallbackMessage.Task.Send(true, null), message.task());
    assertEquals(delivery.callback().createdAt(), message.dueAt());
  }

  @Test
  void keepsTheValuesOfTheEvent() {
    CallbackMessage message = Samples.message(Samples.callback("c1", "p1"));
    assertEquals("12.50", message.callback().event().values().sum());
    assertEquals(message, CallbackMessageCodec.decode(CallbackMessageCodec.encode(message)));
  }

  /**
   * The recorded message has both a reason and a last attempt; a delivery now has one of the two.
   */
  @Test
  void readsADeadLetterOfFormat1() throws Exception {
    assertEquals(
        failed(new DeliveryStatus.Unsent(UnsentReason.POSTBACK_DELETED)),
        DeadLetterCodec.decode(recorded("dead-letter-v1.json")));
  }

  @Test
  void writesADeadLetterInFormat1() throws Exception {
    String letter =
        recorded("dead-letter-v1.json")
            .replace("\"reason\":\"postback_deleted\",", "\"failed_reason\":\"exhausted\",");
    Delivery delivery = failed(new DeliveryStatus.Failed("message-7"));
    assertEquals(letter, DeadLetterCodec.encode(delivery));
    assertEquals(delivery, DeadLetterCodec.decode(letter));
  }

  /** Only a callback whose receiver limits the age of events has it. */
  @Test
  void keepsTheTimeAtWhichTheEventOccurred() {
    Callback usual = callback("{}");
    Callback dated =
        new Callback(
            usual.deliveryId(),
            usual.postbackId(),
            usual.event().at(Samples.NOW.minusSeconds(86_400)),
            usual.request());

    String message = CallbackMessageCodec.encode(Samples.message(dated));

    assertTrue(message.contains("\"occurred_at\":\"2026-11-01T"), message);
    assertEquals(dated, CallbackMessageCodec.decode(message).callback());
    assertFalse(CallbackMessageCodec.encode(Samples.message(usual)).contains("occurred_at"));
  }

  private static Delivery failed(DeliveryStatus status) {
    return new Delivery(
        Samples.withoutValues(Samples.callback("c1", "p1")),
        status,
        AttemptHistory.of(
            List.of(Samples.attempt(1, Outcome.DNS), Samples.attempt(2, Outcome.HTTP_ERROR)), 1),
        null,
        4);
  }

  private static Callback callback(String body) {
    return new Callback(
        EventId.of(Samples.NOW, new EventIdentity("77", "c-81f2", "install", ConversionStatus.HOLD))
            .deliveryId("p1"),
        "p1",
        new ReportedEvent("77", "1042", "c-81f2", ConversionStatus.HOLD, true),
        new CallbackRequest(
            HttpMethod.POST, "https://track.example.com/p?x=%20", body, "application/json"));
  }

  private static String recorded(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(CallbackMessageCodecTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
    }
  }
}
