package com.natifico.postback.functions.sender.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.delivery.Transport.Exchange;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The time of an attempt ends, whatever the endpoint does. The endpoint lets the time pass. */
@Timeout(60)
class BudgetTest {
  private static final Duration TOTAL = Duration.ofSeconds(30);
  private static final Duration BODY = Duration.ofSeconds(1);
  private static final Duration JUDGED_BODY = Duration.ofSeconds(3);

  /** Sockets wait in real time for a connection. */
  private static final Duration CONNECT = Duration.ofMillis(150);

  private static final Budgets BUDGETS =
      new Budgets(CONNECT, TOTAL, BODY, JUDGED_BODY, 16 * 1024, 1024);

  private final Names names = new Names().put("tracker.test", "127.0.0.1");
  private final ManualTime time = new ManualTime();
  private HttpTransport transport;

  @BeforeEach
  void open() throws Exception {
    transport = Transports.with(names, BUDGETS, time);
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private Exchange answer(TestEndpoint.Answer answer) throws Exception {
    try (TestEndpoint endpoint = TestEndpoint.answering(answer)) {
      return Transports.get(transport, endpoint.url("tracker.test", "/"));
    }
  }

  @Test
  void endsWhenNoResponseComes() throws Exception {
    Exchange exchange =
        answer(
            connection -> {
              time.pass(TOTAL);
              connection.hang();
            });

    assertEquals(Outcome.TIMEOUT, exchange.outcome());
    assertEquals("No response within 30 s.", exchange.result().error());
    assertNull(exchange.result().latency().firstByteMs());
    assertEquals(30_000, exchange.result().latency().totalMs());
  }

  @Test
  void doesNotEndBeforeItsTime() throws Exception {
    Exchange exchange =
        answer(
            connection -> {
              time.pass(TOTAL.minusMillis(1));
              connection.send(TestEndpoint.ok("just in time"));
            });

    assertEquals(Outcome.DELIVERED, exchange.outcome());
    assertEquals(29_999, exchange.result().latency().totalMs());
  }

  @Test
  void doesNotRepeatATimedOutRequest() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (TestEndpoint endpoint =
        TestEndpoint.answering(
            connection -> {
              if (requests.incrementAndGet() == 1) {
                connection.send(TestEndpoint.ok("thanks"));
              } else {
                time.pass(TOTAL);
                connection.hang();
              }
            })) {
      String url = endpoint.url("tracker.test", "/");
      assertEquals(Outcome.DELIVERED, Transports.get(transport, url).outcome());

      assertEquals(Outcome.TIMEOUT, Transports.get(transport, url).outcome());
      assertEquals(2, requests.get());
    }
  }

  @Test
  void endsWhenTheHeadArrivesByteByByte() throws Exception {
    Exchange exchange =
        answer(
            connection -> {
              connection.send("H");
              time.pass(TOTAL);
              connection.drip('T');
            });

    assertEquals(Outcome.TIMEOUT, exchange.outcome());
  }

  @Test
  void endsWhenInformationalResponsesNeverEnd() throws Exception {
    Exchange exchange =
        answer(
            connection -> {
              for (int i = 0; true; i++) {
                connection.send("HTTP/1.1 102 Processing\r\n\r\n");
                if (i == 1000) {
                  time.pass(TOTAL);
                }
              }
            });

    assertEquals(Outcome.TIMEOUT, exchange.outcome());
  }

  @Test
  void isDeliveredAlthoughTheBodyArrivesByteByByte() throws Exception {
    Exchange exchange =
        answer(
            connection -> {
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nx");
              time.passOnceAwaited(BODY);
              connection.drip('x');
            });

    assertEquals(Outcome.DELIVERED, exchange.outcome());
    assertTrue(
        exchange.result().responseSnippet() != null
            && exchange.result().responseSnippet().matches("x+…"));
    assertEquals(1000, exchange.result().latency().totalMs());
  }

  @Test
  void isDeliveredByTheStatusLineAlthoughTheHeaderFieldsArriveByteByByte() throws Exception {
    Exchange exchange =
        answer(
            connection -> {
              connection.send("HTTP/1.1 200 OK\r\nX-Slow: ");
              // In real time, because no signal says that the client has read the status line.
              connection.drip('x', 400);
              time.pass(TOTAL);
              connection.drip('x');
            });

    assertEquals(Outcome.DELIVERED, exchange.outcome());
    assertEquals(30_000, exchange.result().latency().totalMs());
  }

  @Test
  void limitsTheTimeForTheBody() throws Exception {
    Exchange exchange =
        answer(
            connection -> {
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbegun");
              time.passOnceAwaited(BODY);
              connection.hang();
            });

    assertEquals(Outcome.DELIVERED, exchange.outcome());
    assertEquals("begun…", exchange.result().responseSnippet());
    assertEquals(1000, exchange.result().latency().totalMs());
  }

  @Test
  void waitsLongerForABodyThatRulesJudge() throws Exception {
    try (TestEndpoint endpoint =
        TestEndpoint.answering(
            connection -> {
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbegun");
              time.passOnceAwaited(JUDGED_BODY);
              connection.hang();
            })) {
      Transport.Answer answer =
          Transports.answer(transport, endpoint.url("tracker.test", "/"), Transport.BodyUse.RULES);

      assertEquals("begun", answer.body());
      assertEquals(3000, answer.exchange().result().latency().totalMs());
    }
  }

  @Test
  void reportsTheStatusAlthoughTheBodyHangs() throws Exception {
    Exchange exchange =
        answer(
            connection -> {
              connection.send("HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nwhy\r\n");
              time.passOnceAwaited(BODY);
              connection.hang();
            });

    assertEquals(Outcome.HTTP_ERROR, exchange.outcome());
    assertEquals(500, exchange.httpStatus());
    assertEquals("why…", exchange.result().responseSnippet());
  }

  @Test
  void limitsTheReadBytesOfAnEndlessBody() throws Exception {
    try (HttpTransport ample = Transports.ample(names);
        TestEndpoint endpoint =
            TestEndpoint.answering(
                connection -> {
                  connection.send("HTTP/1.1 200 OK\r\n\r\n");
                  connection.flood();
                })) {
      Exchange exchange = Transports.get(ample, endpoint.url("tracker.test", "/"));

      assertEquals(Outcome.DELIVERED, exchange.outcome());
      assertEquals("x".repeat(1021) + "…", exchange.result().responseSnippet());
    }
  }

  @Test
  void endsWhenTheHandshakeHangs() throws Exception {
    try (TestEndpoint endpoint =
        TestEndpoint.speakingFirst(
            connection -> {
              connection.awaitFirstByte();
              time.pass(TOTAL);
              connection.hang();
            })) {
      Exchange exchange =
          Transports.get(transport, "https://tracker.test:" + endpoint.port() + "/");

      assertEquals(Outcome.TIMEOUT, exchange.outcome());
      assertEquals("The TLS handshake was not finished within 30 s.", exchange.result().error());
      assertNotNull(exchange.result().latency().tlsMs());
    }
  }

  @Test
  void endsWhenTheHandshakeArrivesByteByByte() throws Exception {
    try (TestEndpoint endpoint =
        TestEndpoint.speakingFirst(
            connection -> {
              connection.awaitFirstByte();
              // A record of the handshake that announces 16 KiB.
              connection.send(new byte[] {22, 3, 3, 0x40, 0});
              time.pass(TOTAL);
              connection.drip('\u0002');
            })) {
      Exchange exchange =
          Transports.get(transport, "https://tracker.test:" + endpoint.port() + "/");

      assertEquals(Outcome.TIMEOUT, exchange.outcome());
    }
  }

  @Test
  void endsWhenTheConnectionIsNotAccepted() throws Exception {
    List<SocketChannel> waiting = new ArrayList<>();
    // The backlog of one connection is full, so Linux accepts no more.
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      for (int i = 0; i < 4; i++) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(full.getLocalSocketAddress());
        waiting.add(channel);
      }

      Exchange exchange =
          Transports.get(transport, "http://tracker.test:" + full.getLocalPort() + "/");

      assertEquals(Outcome.CONNECT, exchange.outcome());
      assertEquals(
          "No connection to tracker.test port "
              + full.getLocalPort()
              + ": no response within 150 ms.",
          exchange.result().error());
      assertNotNull(exchange.result().latency().connectMs());
    } finally {
      for (SocketChannel channel : waiting) {
        channel.close();
      }
    }
  }

  @Test
  void endsWhenTheNameServerHangs() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (HttpTransport hanging =
        Transports.with(
            name -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return names.resolve(name);
            },
            new Budgets(CONNECT, Duration.ofMillis(400), BODY, JUDGED_BODY, 16 * 1024, 1024))) {
      Exchange exchange = Transports.get(hanging, "http://tracker.test/");

      assertEquals(Outcome.DNS, exchange.outcome());
      assertEquals(
          "The name tracker.test was not resolved within 400 ms.", exchange.result().error());
    }
  }

  @Test
  void endsWhenItsThreadIsInterrupted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (HttpTransport ample = Transports.ample(names);
        TestEndpoint endpoint =
            TestEndpoint.answering(
                connection -> {
                  asked.countDown();
                  connection.hang();
                })) {
      List<Exchange> ended = new ArrayList<>();
      Thread sender =
          Thread.ofVirtual()
              .start(() -> ended.add(Transports.get(ample, endpoint.url("tracker.test", "/"))));
      asked.await();
      sender.interrupt();
      sender.join();

      assertEquals(Outcome.TIMEOUT, ended.getFirst().outcome());
    }
  }

  @Test
  void anEndpointThatHangsDoesNotDelayOthers() throws Exception {
    // Closed last, because it waits for the requests that hang until their endpoint is closed.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpTransport ample = Transports.ample(names);
        TestEndpoint hanging = TestEndpoint.answering(TestEndpoint.Connection::hang);
        TestEndpoint swift = TestEndpoint.answering(TestEndpoint.ok(""))) {
      List<Future<Exchange>> stuck = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        stuck.add(threads.submit(() -> Transports.get(ample, hanging.url("tracker.test", "/"))));
      }
      List<Future<Exchange>> others = new ArrayList<>();
      for (int i = 0; i < 70; i++) {
        others.add(threads.submit(() -> Transports.get(ample, swift.url("tracker.test", "/"))));
      }

      for (Future<Exchange> other : others) {
        assertEquals(Outcome.DELIVERED, other.get().outcome());
      }
      assertTrue(stuck.stream().noneMatch(Future::isDone));
    }
  }
}
