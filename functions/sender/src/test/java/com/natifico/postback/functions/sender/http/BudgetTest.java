package com.natifico.postback.functions.sender.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.delivery.Outcome;
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

/** The time of an attempt ends, whatever the endpoint does. */
@Timeout(20)
class BudgetTest {
  private final Names names = new Names().put("tracker.test", "127.0.0.1");
  private HttpTransport transport;

  @BeforeEach
  void open() throws Exception {
    transport = Transports.with(names, Transports.SHORT);
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
    Exchange exchange = answer(TestEndpoint.Connection::hang);

    assertEquals(Outcome.TIMEOUT, exchange.outcome());
    assertEquals("No response within 400 ms.", exchange.result().error());
    assertNull(exchange.result().latency().firstByteMs());
    assertTrue(exchange.result().latency().totalMs() >= 400);
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
    assertEquals(Outcome.TIMEOUT, answer(connection -> connection.drip('H')).outcome());
  }

  @Test
  void endsWhenInformationalResponsesNeverEnd() throws Exception {
    Exchange exchange =
        answer(
            connection -> {
              while (true) {
                connection.send("HTTP/1.1 102 Processing\r\n\r\n");
              }
            });

    assertEquals(Outcome.TIMEOUT, exchange.outcome());
  }

  @Test
  void isDeliveredAlthoughTheBodyArrivesByteByByte() throws Exception {
    Exchange exchange =
        answer(
            connection -> {
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
              connection.drip('x');
            });

    assertEquals(Outcome.DELIVERED, exchange.outcome());
    assertTrue(
        exchange.result().responseSnippet() != null
            && exchange.result().responseSnippet().matches("x+…"));
    assertTrue(exchange.result().latency().totalMs() >= 200);
  }

  @Test
  void isDeliveredByTheStatusLineAlthoughTheHeaderFieldsArriveByteByByte() throws Exception {
    Exchange exchange =
        answer(
            connection -> {
              connection.send("HTTP/1.1 200 OK\r\nX-Slow: ");
              connection.drip('x');
            });

    assertEquals(Outcome.DELIVERED, exchange.outcome());
    assertTrue(exchange.result().latency().totalMs() >= 400);
  }

  @Test
  void limitsTheTimeForTheBody() throws Exception {
    Budgets budgets =
        new Budgets(
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofMillis(100),
            16 * 1024,
            1024);
    try (HttpTransport patient = Transports.with(names, budgets);
        TestEndpoint endpoint =
            TestEndpoint.answering(
                connection -> {
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbegun");
                  connection.hang();
                })) {
      Exchange exchange = Transports.get(patient, endpoint.url("tracker.test", "/"));

      assertEquals(Outcome.DELIVERED, exchange.outcome());
      assertEquals("begun…", exchange.result().responseSnippet());
      assertTrue(exchange.result().latency().totalMs() < 10_000);
    }
  }

  @Test
  void reportsTheStatusAlthoughTheBodyHangs() throws Exception {
    Exchange exchange =
        answer(
            connection -> {
              connection.send("HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nwhy\r\n");
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
    try (TestEndpoint endpoint = TestEndpoint.speakingFirst(TestEndpoint.Connection::hang)) {
      Exchange exchange =
          Transports.get(transport, "https://tracker.test:" + endpoint.port() + "/");

      assertEquals(Outcome.TIMEOUT, exchange.outcome());
      assertEquals("The TLS handshake was not finished within 400 ms.", exchange.result().error());
      assertNotNull(exchange.result().latency().tlsMs());
    }
  }

  @Test
  void endsWhenTheHandshakeArrivesByteByByte() throws Exception {
    try (TestEndpoint endpoint =
        TestEndpoint.speakingFirst(
            connection -> {
              // A record of the handshake that announces 16 KiB.
              connection.send(new byte[] {22, 3, 3, 0x40, 0});
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
            Transports.SHORT)) {
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
