package com.natifico.postback.functions.sender.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.Transport.Exchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The outcomes of what an endpoint does, except timeouts and certificates, which have their own
 * tests.
 */
class OutcomeTest {
  private final Names names = new Names().put("tracker.test", "127.0.0.1");
  private HttpTransport transport;

  @BeforeEach
  void open() throws Exception {
    transport = Transports.ample(names);
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private Exchange answer(TestEndpoint.Answer answer) throws IOException {
    try (TestEndpoint endpoint = TestEndpoint.answering(answer)) {
      return Transports.get(transport, endpoint.url("tracker.test", "/"));
    }
  }

  private Exchange answer(String response) throws IOException {
    return answer(
        connection -> {
          connection.send(response);
          connection.close();
        });
  }

  @Test
  void isDeliveredByA200() throws Exception {
    Exchange exchange = answer(TestEndpoint.ok("thanks"));

    assertEquals(Outcome.DELIVERED, exchange.outcome());
    assertEquals(200, exchange.httpStatus());
    assertEquals("thanks", exchange.result().responseSnippet());
    assertNull(exchange.result().error());
    assertNull(exchange.retryAfter());
  }

  @Test
  void isDeliveredByA204WithoutABody() throws Exception {
    Exchange exchange = answer("HTTP/1.1 204 No Content\r\n\r\n");

    assertEquals(Outcome.DELIVERED, exchange.outcome());
    assertEquals("", exchange.result().responseSnippet());
  }

  @Test
  void isDeliveredByAnHttp10ResponseThatEndsWithTheConnection() throws Exception {
    Exchange exchange = answer("HTTP/1.0 200 OK\r\n\r\nold");

    assertEquals(Outcome.DELIVERED, exchange.outcome());
    assertEquals("old", exchange.result().responseSnippet());
  }

  @Test
  void isDeliveredByACompleteHeadAlthoughTheBodyIsCutOff() throws Exception {
    Exchange exchange = answer("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf of it");

    assertEquals(Outcome.DELIVERED, exchange.outcome());
    assertEquals("half of it…", exchange.result().responseSnippet());
    assertNull(exchange.result().error());
  }

  @Test
  void isDeliveredByACompleteHeadAlthoughTheBodyIsReset() throws Exception {
    Exchange exchange =
        answer(
            connection -> {
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
              connection.reset();
            });

    // A reset may arrive before the head, which is then missing.
    assertTrue(
        exchange.outcome() == Outcome.DELIVERED || exchange.outcome() == Outcome.INVALID_RESPONSE);
  }

  @Test
  void isDeliveredAlthoughTheChunksOfTheBodyAreBroken() throws Exception {
    Exchange exchange =
        answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n\r\n");

    assertEquals(Outcome.DELIVERED, exchange.outcome());
  }

  @Test
  void readsTheResponseAfterInformationalResponses() throws Exception {
    Exchange exchange =
        answer(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                + TestEndpoint.ok("final"));

    assertEquals(Outcome.DELIVERED, exchange.outcome());
    assertEquals(200, exchange.httpStatus());
    assertEquals("final", exchange.result().responseSnippet());
  }

  @Test
  void isNotDeliveredByAnInformationalResponseAlone() throws Exception {
    assertEquals(Outcome.INVALID_RESPONSE, answer("HTTP/1.1 102 Processing\r\n\r\n").outcome());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 407, 408, 410, 429, 500, 503, 600, 999})
  void reportsEveryOtherStatusAsAnHttpError(int status) throws Exception {
    Exchange exchange = answer("HTTP/1.1 " + status + " No\r\nContent-Length: 3\r\n\r\nwhy");

    assertEquals(Outcome.HTTP_ERROR, exchange.outcome());
    assertEquals(status, exchange.httpStatus());
    assertEquals("why", exchange.result().responseSnippet());
    assertEquals("The endpoint answered " + status + ".", exchange.result().error());
  }

  @Test
  void passesRetryAfterOnUnchanged() throws Exception {
    Exchange exchange =
        answer("HTTP/1.1 503 Busy\r\nRetry-After: Fri, 07 Nov 2026 23:59:59 GMT\r\n\r\n");

    assertEquals("Fri, 07 Nov 2026 23:59:59 GMT", exchange.retryAfter());
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308})
  void doesNotFollowRedirectsAndNamesTheLocation(int status) throws Exception {
    try (TestEndpoint endpoint =
        TestEndpoint.answering(
            "HTTP/1.1 "
                + status
                + " Over There\r\nLocation: http://tracker.test/other\r\n"
                + (status == 304 ? "\r\n" : "Content-Length: 0\r\n\r\n"))) {
      Exchange exchange = Transports.get(transport, endpoint.url("tracker.test", "/"));

      assertEquals(Outcome.REDIRECT, exchange.outcome());
      assertEquals(status, exchange.httpStatus());
      assertEquals(
          "The endpoint answered "
              + status
              + "; redirects are not followed. Location: http://tracker.test/other",
          exchange.result().error());
      assertEquals(1, endpoint.connections());
    }
  }

  @Test
  void reportsARedirectWithoutALocation() throws Exception {
    Exchange exchange = answer("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n");

    assertEquals(Outcome.REDIRECT, exchange.outcome());
    assertNotNull(exchange.result().error());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "H",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "220 mail.test ESMTP\r\n",
        "<html>hello</html>",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/1.1 99 Low\r\n\r\n",
        "HTTP/1.1 2000 High\r\n\r\n",
        "HTTP/2.0 200 OK\r\n\r\n",
        "ICY 200 OK\r\n\r\n",
        "HTTP/1.1 20",
        "HTTP/1.1",
        "junk\r\nHTTP/1.1 200 OK\r\n\r\n",
        "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n",
        "\u0000\u0001\u0002\u0003"
      })
  void reportsAnInvalidResponseWithoutAStatusLine(String response) throws Exception {
    Exchange exchange = answer(response);

    assertEquals(Outcome.INVALID_RESPONSE, exchange.outcome());
    assertNull(exchange.httpStatus());
    assertNull(exchange.result().responseSnippet());
    assertNotNull(exchange.result().error());
  }

  @Test
  void reportsAResetInsteadOfAResponse() throws Exception {
    Exchange exchange = answer(TestEndpoint.Connection::reset);

    assertEquals(Outcome.INVALID_RESPONSE, exchange.outcome());
  }

  static List<Arguments> brokenHeads() {
    String cookie = "Set-Cookie: a=" + "x".repeat(9_000) + "\r\n";
    return List.of(
        Arguments.of("a header of 9 KB", cookie + END, "ok", null),
        Arguments.of("101 header lines", "X-A: b\r\n".repeat(101) + END, "ok", null),
        Arguments.of("a folded header", "X-A: b\r\n  c\r\n" + END, "ok", null),
        Arguments.of("lines that end with LF", ("X-A: b\n" + END).replace("\r", ""), "ok", null),
        Arguments.of(
            "a head of 65 KB",
            cookie.repeat(8) + END,
            "",
            "The head of the response is larger than 64 KiB."),
        Arguments.of(
            "1,001 header lines",
            "X: y\r\n".repeat(1_000) + END,
            "",
            "The response has more than 1000 header lines."),
        Arguments.of("a blank before the colon", "X-A : b\r\n" + END, "ok", MALFORMED),
        Arguments.of("a line without a colon", "nonsense\r\n" + END, "ok", MALFORMED),
        Arguments.of("a line that begins with a colon", ": b\r\n" + END, "ok", MALFORMED),
        Arguments.of("an empty Content-Length", "Content-Length:\r\n\r\nok", "ok", LENGTH),
        Arguments.of("two Content-Lengths", "Content-Length: 5\r\n" + END, "ok", LENGTH),
        Arguments.of("a negative Content-Length", "Content-Length: -1\r\n\r\nok", "ok", LENGTH),
        Arguments.of("a Content-Length with a word", "Content-Length: two\r\n\r\nok", "ok", LENGTH),
        Arguments.of(
            "an unknown Transfer-Encoding",
            "Transfer-Encoding: zip\r\n" + END,
            "ok",
            "The Transfer-Encoding of the response is unknown."),
        Arguments.of("no end of the head", "", "", "The head of the response broke off."),
        Arguments.of(
            "half a header line",
            "Content-Le",
            "",
            MALFORMED + " The head of the response broke off."),
        Arguments.of(
            "a body that breaks off",
            "Content-Length: 9\r\n\r\nhalf",
            "half…",
            "The body of the response broke off."));
  }

  private static final String END = "Content-Length: 2\r\n\r\nok";
  private static final String MALFORMED = "The response has a malformed header line.";
  private static final String LENGTH = "The Content-Length of the response is invalid.";

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenHeads")
  void isDeliveredByTheStatusLineWhateverFollows(
      String name, String rest, String snippet, @Nullable String note) throws Exception {
    Exchange exchange = answer("HTTP/1.1 200 OK\r\n" + rest);

    assertEquals(Outcome.DELIVERED, exchange.outcome());
    assertEquals(200, exchange.httpStatus());
    assertEquals(snippet, exchange.result().responseSnippet());
    assertNull(exchange.result().error());
    assertEquals(note, exchange.result().note());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenHeads")
  void reportsTheStatusOfABrokenErrorResponse(
      String name, String rest, String snippet, @Nullable String note) throws Exception {
    Exchange exchange = answer("HTTP/1.1 404 Not Found\r\n" + rest);

    assertEquals(Outcome.HTTP_ERROR, exchange.outcome());
    assertEquals(404, exchange.httpStatus());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http/1.1 200 OK\r\n\r\n", "HTTP/1.1 200\n\n", "HTTP/1.0 200 \r\n\r\n"})
  void acceptsUnusualStatusLines(String response) throws Exception {
    assertEquals(Outcome.DELIVERED, answer(response).outcome());
  }

  @Test
  void stopsReadingAtTheLimitOfAHead() throws Exception {
    Exchange exchange =
        answer(
            connection -> {
              connection.send("HTTP/1.1 200 OK\r\n");
              while (true) {
                connection.send("X-More: and more\r\n");
              }
            });

    assertEquals(Outcome.DELIVERED, exchange.outcome());
  }

  /** A tracker whose first connection serves one request, and the result of the next request. */
  private record Second(Exchange exchange, int requests, int connections) {}

  private Second second(String first, TestEndpoint.Answer second, TestEndpoint.Answer third)
      throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (TestEndpoint endpoint =
        TestEndpoint.answering(
            connection -> {
              switch (requests.incrementAndGet()) {
                case 1 -> connection.send(first);
                case 2 -> second.to(connection);
                default -> third.to(connection);
              }
            })) {
      String url = endpoint.url("tracker.test", "/");
      assertEquals(Outcome.DELIVERED, Transports.get(transport, url).outcome());
      Exchange exchange = Transports.get(transport, url);
      return new Second(exchange, requests.get(), endpoint.connections());
    }
  }

  private static final String REPEATED =
      "The endpoint closed an idle connection before it responded; the request was sent again on a"
          + " new one.";

  @Test
  void repeatsARequestOnceIfAReusedConnectionIsClosedWithoutAResponse() throws Exception {
    Second second =
        second(
            TestEndpoint.ok("thanks"),
            TestEndpoint.Connection::close,
            connection -> connection.send(TestEndpoint.ok("thanks")));

    assertEquals(Outcome.DELIVERED, second.exchange().outcome());
    assertEquals(REPEATED, second.exchange().result().note());
    assertEquals(3, second.requests());
    assertEquals(2, second.connections());
  }

  @Test
  void doesNotRepeatARequestTwice() throws Exception {
    Second second =
        second(
            TestEndpoint.ok("thanks"),
            TestEndpoint.Connection::reset,
            TestEndpoint.Connection::reset);

    assertEquals(Outcome.INVALID_RESPONSE, second.exchange().outcome());
    assertEquals(REPEATED, second.exchange().result().note());
    assertNull(second.exchange().result().latency().firstByteMs());
    assertEquals(3, second.requests());
  }

  @ParameterizedTest
  @ValueSource(strings = {"H", "HTTP/1.1 2"})
  void doesNotRepeatARequestAfterAByteOfAResponse(String begun) throws Exception {
    TestEndpoint.Answer partial =
        connection -> {
          connection.send(begun);
          connection.close();
        };

    Second second = second(TestEndpoint.ok("thanks"), partial, partial);

    assertEquals(Outcome.INVALID_RESPONSE, second.exchange().outcome());
    assertEquals(2, second.requests());
  }

  @Test
  void closesConnectionsOfHttp10() throws Exception {
    TestEndpoint.Answer http10 =
        connection -> connection.send(TestEndpoint.ok("thanks").replace("HTTP/1.1", "HTTP/1.0"));

    Second second =
        second(TestEndpoint.ok("thanks").replace("HTTP/1.1", "HTTP/1.0"), http10, http10);

    assertEquals(2, second.connections());
    assertNull(second.exchange().result().note());
  }

  @Test
  void stopsReadingAnEndlessLine() throws Exception {
    Exchange exchange = answer(TestEndpoint.Connection::flood);

    assertEquals(Outcome.INVALID_RESPONSE, exchange.outcome());
  }

  @Test
  void reportsARefusedConnection() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = closed.getLocalPort();
    }

    Exchange exchange = Transports.get(transport, "http://tracker.test:" + port + "/");

    assertEquals(Outcome.CONNECT, exchange.outcome());
    assertEquals(
        "No connection to tracker.test port " + port + ": connection refused.",
        exchange.result().error());
  }

  @Test
  void reportsANameWithoutAddress() {
    Exchange exchange = Transports.get(transport, "http://nowhere.test/");

    assertEquals(Outcome.DNS, exchange.outcome());
    assertEquals("The name nowhere.test has no address.", exchange.result().error());
    assertNotNull(exchange.result().latency().dnsMs());
    assertNull(exchange.result().latency().connectMs());
  }

  @Test
  void reportsAResolverThatFails() throws Exception {
    try (HttpTransport broken =
        Transports.ample(
            _ -> {
              throw new IllegalStateException("out of order");
            })) {
      assertEquals(Outcome.DNS, Transports.get(broken, "http://tracker.test/").outcome());
    }
  }

  @Test
  void reportsTheLatencyOfEachStage() throws Exception {
    Exchange exchange = answer(TestEndpoint.ok(""));

    assertNotNull(exchange.result().latency().dnsMs());
    assertNotNull(exchange.result().latency().connectMs());
    assertNull(exchange.result().latency().tlsMs());
    assertNotNull(exchange.result().latency().firstByteMs());
  }

  /** A body that is longer than its Content-Length, for example because characters were counted. */
  @Test
  void doesNotTakeWhatFollowsAResponseForTheNextOne() throws Exception {
    AtomicInteger count = new AtomicInteger();
    try (TestEndpoint endpoint =
        TestEndpoint.answering(
            connection ->
                connection.send(
                    count.incrementAndGet() == 1
                        ? TestEndpoint.ok("first") + "HTTP/1.1 500 Oops\r\n\r\n"
                        : TestEndpoint.ok("second")))) {
      String url = endpoint.url("tracker.test", "/");

      Exchange first = Transports.get(transport, url);
      assertEquals("first", first.result().responseSnippet());
      assertEquals("The endpoint sent more bytes than the response has.", first.result().note());

      Exchange second = Transports.get(transport, url);
      assertEquals("second", second.result().responseSnippet());
      assertNull(second.result().note());
      assertEquals(2, endpoint.connections());
    }
  }

  @Test
  void doesNotTakeWhatArrivesOnAnIdleConnectionForAResponse() throws Exception {
    AtomicReference<TestEndpoint.Connection> last = new AtomicReference<>();
    try (TestEndpoint endpoint =
        TestEndpoint.answering(
            connection -> {
              last.set(connection);
              connection.send(TestEndpoint.ok("usual"));
            })) {
      String url = endpoint.url("tracker.test", "/");
      Transports.get(transport, url);
      Objects.requireNonNull(last.get()).send("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");

      Exchange second = Transports.get(transport, url);

      assertEquals(Outcome.DELIVERED, second.outcome());
      assertEquals("usual", second.result().responseSnippet());
      assertEquals(2, endpoint.connections());
    }
  }
}
