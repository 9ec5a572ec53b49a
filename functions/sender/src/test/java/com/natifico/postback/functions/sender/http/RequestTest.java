package com.natifico.postback.functions.sender.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.delivery.Transport.Exchange;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The requests that an endpoint receives. */
class RequestTest {
  private final Names names = new Names().put("tracker.test", "127.0.0.1");
  private HttpTransport transport;
  private TestEndpoint endpoint;

  @BeforeEach
  void open() throws Exception {
    transport = Transports.ample(names);
    endpoint = TestEndpoint.answering(TestEndpoint.ok(""));
  }

  @AfterEach
  void close() throws Exception {
    transport.close();
    endpoint.close();
  }

  private String send(CallbackRequest request, Map<String, String> headers) throws Exception {
    Exchange exchange = transport.send(request, headers, Transport.BodyUse.LOG).exchange();
    assertEquals(Outcome.DELIVERED, exchange.outcome(), exchange.result().error());
    return endpoint.request();
  }

  private String get(String path) throws Exception {
    return send(
        new CallbackRequest(HttpMethod.GET, endpoint.url("tracker.test", path), null, null),
        Map.of());
  }

  @Test
  void sendsAGetWithOnlyTheGivenHeaders() throws Exception {
    String request =
        send(
            new CallbackRequest(
                HttpMethod.GET, endpoint.url("tracker.test", "/pb?cid=1&sum=12.50"), null, null),
            Map.of("User-Agent", "Natifico-Postback/1"));

    assertEquals(
        "GET /pb?cid=1&sum=12.50 HTTP/1.1\r\n"
            + "User-Agent: Natifico-Postback/1\r\n"
            + "Host: tracker.test:"
            + endpoint.port()
            + "\r\n\r\n",
        request);
  }

  @Test
  void sendsAPostWithTypeAndLengthInUtf8() throws Exception {
    String request =
        send(
            new CallbackRequest(
                HttpMethod.POST,
                endpoint.url("tracker.test", "/"),
                "{\"city\":\"Köln\"}",
                "application/json"),
            Map.of());

    assertTrue(request.startsWith("POST / HTTP/1.1\r\n"), request);
    assertTrue(request.contains("\r\nContent-Type: application/json\r\n"), request);
    assertTrue(request.contains("\r\nContent-Length: 16\r\n"), request);
    assertTrue(request.endsWith("\r\n\r\n{\"city\":\"Köln\"}"), request);
  }

  @Test
  void keepsTheContentTypeUnchanged() throws Exception {
    String type = "application/x-www-form-urlencoded;charset=UTF-8";
    String request =
        send(
            new CallbackRequest(
                HttpMethod.POST, endpoint.url("tracker.test", "/"), "a=1&b=2", type),
            Map.of());

    assertTrue(request.contains("\r\nContent-Type: " + type + "\r\n"), request);
  }

  @Test
  void sendsAPostWithoutABodyWithALengthOfZero() throws Exception {
    String request =
        send(
            new CallbackRequest(HttpMethod.POST, endpoint.url("tracker.test", "/"), null, null),
            Map.of());

    assertTrue(request.contains("\r\nContent-Length: 0\r\n"), request);
    assertFalse(request.contains("Content-Type"), request);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /a?x={b}^[c]"          | /a?x={b}^[c]"
          //a//b?                | //a//b?
          /a/../b/./c            | /a/../b/./c
          /a%2Fb%zz?%            | /a%2Fb%zz?%
          /ä?q=€                 | /%C3%A4?q=%E2%82%AC
          /a b?c d               | /a%20b?c%20d
          /a#fragment            | /a
          ?a=1                   | /?a=1
          ?a=http://b/?c@d:e     | /?a=http://b/?c@d:e
          """)
  void sendsPathAndQueryUnchangedAndEncodesInvalidCharacters(String path, String sent)
      throws Exception {
    assertTrue(get(path).startsWith("GET " + sent + " HTTP/1.1\r\n"));
  }

  @Test
  void encodesLineEndsToPreventHeaderInjection() throws Exception {
    String request = get("/a\r\nX-Evil: 1\r\n\r\nGET /b");

    assertTrue(
        request.startsWith("GET /a%0D%0AX-Evil:%201%0D%0A%0D%0AGET%20/b HTTP/1.1\r\n"), request);
  }

  @Test
  void removesLineEndsFromHeaders() throws Exception {
    String request =
        send(
            new CallbackRequest(HttpMethod.GET, endpoint.url("tracker.test", "/"), null, null),
            Map.of("webhook-id", "a\r\nX-Evil: 1"));

    assertFalse(request.contains("\r\nX-Evil"), request);
  }

  @Test
  void looksUpInternationalNamesInAscii() throws Exception {
    names.put("xn--bcher-kva.test", "127.0.0.1");

    Exchange exchange = Transports.get(transport, endpoint.url("Bücher.test.", "/"));

    assertEquals(Outcome.DELIVERED, exchange.outcome(), exchange.result().error());
    assertTrue(endpoint.request().contains("Host: xn--bcher-kva.test:"));
  }

  @Test
  void sendsToNamesWithUnderscores() throws Exception {
    names.put("my_host.example.com", "127.0.0.1");

    Exchange exchange = Transports.get(transport, endpoint.url("my_host.example.com", "/"));

    assertEquals(Outcome.DELIVERED, exchange.outcome(), exchange.result().error());
    assertTrue(endpoint.request().contains("Host: my_host.example.com:"));
  }

  @Test
  void storesNoCookies() throws Exception {
    try (TestEndpoint baker =
        TestEndpoint.answering(
            "HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Path=/\r\nContent-Length: 0\r\n\r\n")) {
      Transports.get(transport, baker.url("tracker.test", "/"));
      Transports.get(transport, baker.url("tracker.test", "/"));

      baker.request();
      assertFalse(baker.request().toLowerCase(Locale.ROOT).contains("cookie"));
    }
  }

  @Test
  void doesNotRepeatARequestIfTheConnectionBreaks() throws Exception {
    try (TestEndpoint broken = TestEndpoint.answering(TestEndpoint.Connection::reset)) {
      Exchange exchange = Transports.get(transport, broken.url("tracker.test", "/"));

      assertEquals(Outcome.INVALID_RESPONSE, exchange.outcome());
      assertEquals(1, broken.connections());
    }
  }

  @Test
  void keepsAConnectionForTheNextRequest() throws Exception {
    Transports.get(transport, endpoint.url("tracker.test", "/"));
    Exchange second = Transports.get(transport, endpoint.url("tracker.test", "/"));

    assertEquals(Outcome.DELIVERED, second.outcome());
    assertEquals(1, endpoint.connections());
    assertNull(second.result().latency().dnsMs());
    assertNull(second.result().latency().connectMs());
    assertNull(second.result().latency().tlsMs());
  }

  @Test
  void detectsADeadIdleConnection() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (TestEndpoint forgetful =
        TestEndpoint.answering(
            connection -> {
              // Closes the connection without announcing it.
              connection.send(TestEndpoint.ok(""));
              connection.close();
            })) {
      Transports.get(transport, forgetful.url("tracker.test", "/"));
      assertFalse(never.await(200, TimeUnit.MILLISECONDS));

      assertEquals(
          Outcome.DELIVERED,
          Transports.get(transport, forgetful.url("tracker.test", "/")).outcome());
      assertEquals(2, forgetful.connections());
    }
  }

  @Test
  void opensAConnectionPerNameAlthoughTheAddressIsTheSame() throws Exception {
    names.put("other.test", "127.0.0.1");

    Transports.get(transport, endpoint.url("tracker.test", "/"));
    Transports.get(transport, endpoint.url("other.test", "/"));

    assertEquals(2, endpoint.connections());
  }

  @Test
  void closesAConnectionWhoseBodyWasNotReadCompletely() throws Exception {
    try (TestEndpoint wordy = TestEndpoint.answering(TestEndpoint.ok("x".repeat(100_000)))) {
      Transports.get(transport, wordy.url("tracker.test", "/"));
      Exchange second = Transports.get(transport, wordy.url("tracker.test", "/"));

      assertEquals(Outcome.DELIVERED, second.outcome());
      assertEquals(2, wordy.connections());
    }
  }
}
