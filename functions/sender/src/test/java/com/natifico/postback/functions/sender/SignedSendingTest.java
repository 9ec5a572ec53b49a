package com.natifico.postback.functions.sender;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.natifico.postback.aws.sqs.CallbackMessageCodec;
import com.natifico.postback.contract.input.Input;
import com.natifico.postback.contract.input.JsonInput;
import com.natifico.postback.contract.input.PostbackChange;
import com.natifico.postback.contract.input.PostbackDraft;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.PushedFields;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.functions.sender.http.HttpTransport;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.Expansion;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.testing.Samples;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The requests that a tracker receives, with verified signatures and bodies, over a real
 * connection.
 */
final class SignedSendingTest {
  /** Standard Webhooks' own test vector. */
  private static final String FIRST = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final String SECOND =
      "whsec_"
          + Base64.getEncoder()
              .encodeToString(
                  "thirty-two bytes of randomness!!".getBytes(StandardCharsets.US_ASCII));
  private static final EgressGuard GUARD = EgressGuard.of(Map.of("EGRESS_ALLOW", "127.0.0.0/8"));

  private final HttpTransport transport = new HttpTransport(GUARD);
  private final Outside outside = new Outside(transport);
  private Receiver receiver;
  private int sent;

  @BeforeEach
  void open() throws Exception {
    outside.postbacks.delete("77", "p1", null);
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
    transport.close();
  }

  /** Quotes a text for JSON. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private Input.Obj json(String more) {
    return JsonInput.object("{\"url\":" + quoted(receiver.url("/p?c={ref_id}")) + more + "}");
  }

  private Postback created(String more) {
    PostbackChange created =
        PostbackDraft.toCreate(json(more), GUARD)
            .create(new PostbackKey("77", "p1"), outside.clock.instant());
    outside.postbacks.create(created.postback(), created.secrets());
    return created.postback();
  }

  private void replaced(String more) {
    Postback stored = Objects.requireNonNull(outside.postbacks.find("77", "p1"));
    PostbackChange change =
        PostbackDraft.toReplace(json(more), GUARD).replace(stored, outside.clock.instant());
    outside.postbacks.replace(change.postback(), stored.version(), change.secrets());
  }

  private static String secret(String value) {
    return ",\"signing_secret\":" + quoted(value);
  }

  /** Sends the callback of a new conversion and returns the received request. */
  private Receiver.Request send(Postback postback) {
    Conversion usual = Samples.conversion("c-" + ++sent);
    Conversion conversion =
        new Conversion(
            new EventIdentity(
                usual.affiliateId(), usual.conversionId(), usual.goal(), usual.status()),
            usual.offerId(),
            usual.occurredAt(),
            usual.clickAt(),
            new PushedFields(
                Map.of("ref_id", "w8J3", "sum", "12.50", "city", "Köln \"Süd\" & 100%")));
    ConversionEvent event = Samples.event(conversion, outside.clock.instant());
    return send(
        event,
        Expansion.of(postback.settings().request())
            .expand(ConversionMacros.of(event, "p1", () -> null)));
  }

  private Receiver.Request send(ConversionEvent event, CallbackRequest request) {
    Conversion conversion = event.conversion();
    Callback callback =
        new Callback(
            event.id().deliveryId("p1"),
            "p1",
            new ReportedEvent(
                "77", conversion.offerId(), conversion.conversionId(), conversion.status(), false),
            request);
    CallbackMessage message =
        new CallbackMessage(callback, 1, outside.clock.instant(), outside.clock.instant());
    // Encoded and decoded as on the queue, because that is where characters could get lost.
    outside.sender.handle(CallbackMessageCodec.decode(CallbackMessageCodec.encode(message)));
    assertEquals(
        DeliveryState.DELIVERED,
        Objects.requireNonNull(outside.log.find("77", callback.deliveryId())).state());
    return receiver.requests().getLast();
  }

  @Test
  void sendsTheHeadersOfThePostback() {
    Receiver.Request request =
        send(created(",\"headers\":{\"Authorization\":\"Bearer a \\\"b\\\"\",\"X-Id\":\"7\"}"));
    assertEquals("Bearer a \"b\"", request.headers().get("authorization"));
    assertEquals("7", request.headers().get("x-id"));
    assertEquals("Natifico-Postback/1", request.headers().get("user-agent"));
  }

  /** Computes the signature as a receiver does, from the specification and without our code. */
  private static String signature(String secret, String id, String timestamp, byte[] body)
      throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write((id + "." + timestamp + ".").getBytes(StandardCharsets.US_ASCII));
    content.write(body);
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content.toByteArray()));
  }

  private static String signature(String secret, Receiver.Request request) throws Exception {
    return signature(secret, request, request.bytes());
  }

  private static String urlSignature(String secret, Receiver.Request request) throws Exception {
    return signature(secret, request, request.target().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String signature(String secret, Receiver.Request request, byte[] content)
      throws Exception {
    return signature(
        secret,
        Objects.requireNonNull(request.headers().get("webhook-id")),
        Objects.requireNonNull(request.headers().get("webhook-timestamp")),
        content);
  }

  private static List<String> signatures(Receiver.Request request) {
    return signatures(request, "webhook-signature");
  }

  private static List<String> urlSignatures(Receiver.Request request) {
    return signatures(request, "webhook-url-signature");
  }

  private static List<String> signatures(Receiver.Request request, String header) {
    return List.of(Objects.requireNonNull(request.headers().get(header)).split(" "));
  }

  @Test
  void verifiesTheTestVectorOfTheStandard() throws Exception {
    assertEquals(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        signature(
            FIRST,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "1614265330",
            "{\"test\": 2432232314}".getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void signsACallback() throws Exception {
    Receiver.Request request = send(created(secret(FIRST)));
    assertEquals(List.of(signature(FIRST, request)), signatures(request));
    assertEquals(List.of(urlSignature(FIRST, request)), urlSignatures(request));
    assertEquals(
        Long.toString(Samples.NOW.getEpochSecond()), request.headers().get("webhook-timestamp"));
  }

  @Test
  void signsWithTheOldSecretTooForADayAfterARotation() throws Exception {
    Postback postback = created(secret(FIRST));
    replaced(secret(SECOND));

    Receiver.Request during = send(postback);
    outside.clock.advance(Duration.ofHours(24));
    Receiver.Request after = send(postback);

    assertEquals(List.of(signature(SECOND, during), signature(FIRST, during)), signatures(during));
    assertEquals(List.of(signature(SECOND, after)), signatures(after));
    assertEquals(
        List.of(urlSignature(SECOND, during), urlSignature(FIRST, during)), urlSignatures(during));
    assertEquals(List.of(urlSignature(SECOND, after)), urlSignatures(after));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                           | /
          /                            | /
          ?c=1                         | /?c=1
          #top                         | /
          /p?                          | /p?
          /p?c=1#top                   | /p?c=1
          /p#top?c=1                   | /p
          //a//b                       | //a//b
          /a/../b/./c                  | /a/../b/./c
          /a%2fb%2E?q=%20+%41          | /a%2fb%2E?q=%20+%41
          /a%zz?%                      | /a%zz?%
          /ä€😀?q=ä          | /%C3%A4%E2%82%AC%F0%9F%98%80?q=%C3%A4
          /a b?c d                     | /a%20b?c%20d
          /a?x={b}^[c]"'<>             | /a?x={b}^[c]"'<>
          /a?u=http://b:1/?c@d;e=f&g&& | /a?u=http://b:1/?c@d;e=f&g&&
          /a\\b                        | /a\\b
          """)
  void signsExactlyTheTargetThatItSends(String pathAndQuery, String target) throws Exception {
    created(secret(FIRST));
    Receiver.Request request =
        send(
            Samples.event("c-1"),
            new CallbackRequest(HttpMethod.GET, receiver.url(pathAndQuery), null, null));
    assertEquals(target, request.target());
    assertEquals(List.of(urlSignature(FIRST, request)), urlSignatures(request));
  }

  @Test
  void signsTheUrlOfAPostToo() throws Exception {
    created(secret(FIRST));
    Receiver.Request request =
        send(
            Samples.event("c-1"),
            new CallbackRequest(
                HttpMethod.POST,
                receiver.url("/p?c=ä"),
                "a=1",
                "application/x-www-form-urlencoded"));
    assertEquals(List.of(signature(FIRST, request)), signatures(request));
    assertEquals(List.of(urlSignature(FIRST, request)), urlSignatures(request));
  }

  @Test
  void blocksAUrlWithoutASchemeAlthoughItHasNoTargetToSign() {
    created(secret(FIRST));
    Callback callback =
        new Callback(
            Samples.event("c-1").id().deliveryId("p1"),
            "p1",
            ReportedEvent.of(Samples.event("c-1")),
            new CallbackRequest(HttpMethod.GET, "tracker.example/p", null, null));
    outside.sender.handle(Samples.message(callback));
    assertEquals(
        Outcome.BLOCKED,
        Objects.requireNonNull(outside.log.find("77", callback.deliveryId()))
            .attempts()
            .getFirst()
            .outcome());
  }

  @Test
  void keepsSigningAfterAnEditWithoutASecret() throws Exception {
    Postback postback = created(secret(FIRST));
    replaced(",\"label\":\"another\"");
    Receiver.Request request = send(postback);
    assertEquals(List.of(signature(FIRST, request)), signatures(request));
  }

  @Test
  void stopsSigningWhenTheSecretIsRemoved() {
    Postback postback = created(secret(FIRST));
    replaced(",\"signing_secret\":null");
    Receiver.Request request = send(postback);
    assertNull(request.headers().get("webhook-signature"));
    assertNull(request.headers().get("webhook-url-signature"));
  }

  @Test
  void printsNoSecret() {
    created(secret(FIRST));
    replaced(secret(SECOND));
    String printed = String.valueOf(outside.postbacks.find("77", "p1"));
    assertFalse(printed.contains("whsec_"), printed);
  }

  @Test
  void signsTheBytesOfAJsonBodyAsTheyArrive() throws Exception {
    String template = "{\"id\": \"{ref_id}\", \"city\": \"{city}\", \"sum\": {sum}}";
    Receiver.Request request =
        send(
            created(
                secret(FIRST)
                    + ",\"method\":\"POST\",\"content_type\":\"application/json\",\"body\":"
                    + quoted(template)));

    byte[] expected =
        "{\"id\": \"w8J3\", \"city\": \"Köln \\\"Süd\\\" & 100%\", \"sum\": 12.50}"
            .getBytes(StandardCharsets.UTF_8);
    assertEquals("POST", request.method());
    assertArrayEquals(expected, request.bytes());
    assertEquals("application/json", request.headers().get("content-type"));
    assertEquals(Integer.toString(expected.length), request.headers().get("content-length"));
    assertEquals(List.of(signature(FIRST, request)), signatures(request));
  }

  @Test
  void sendsAFormBodyWithItsTypeAndLength() {
    String type = "application/x-www-form-urlencoded";
    Receiver.Request request =
        send(
            created(
                ",\"method\":\"POST\",\"content_type\":\""
                    + type
                    + "\",\"body\":\"id={ref_id}&city={city}&sum={sum}\""));

    assertEquals(
        "id=w8J3&city=K%C3%B6ln%20%22S%C3%BCd%22%20%26%20100%25&sum=12.50", request.body());
    assertEquals(type, request.headers().get("content-type"));
    assertEquals(
        Integer.toString(request.body().length()), request.headers().get("content-length"));
    assertNull(request.headers().get("transfer-encoding"));
  }

  @Test
  void sendsAGetWithoutABody() {
    Receiver.Request request = send(created(""));
    assertEquals("GET", request.method());
    assertEquals("/p?c=w8J3", request.target());
    assertEquals("", request.body());
    assertNull(request.headers().get("content-type"));
  }
}
