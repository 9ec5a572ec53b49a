package com.natifico.postback.functions.sender.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.Transport.Exchange;
import com.natifico.postback.egress.EgressGuard;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 127.0.0.1 counts as public; 127.0.0.2 counts as internal and must never receive a connection. */
class GuardedSendingTest {
  private final Names names = new Names();
  private HttpTransport transport;
  private TestEndpoint inside;

  @BeforeEach
  void open() throws Exception {
    transport = Transports.ample(names);
    inside = TestEndpoint.at("127.0.0.2", connection -> connection.send(TestEndpoint.ok("secret")));
  }

  @AfterEach
  void assertNothingReachedTheInternalAddress() throws Exception {
    transport.close();
    assertEquals(0, inside.connections());
    inside.close();
  }

  @Test
  void sendsToACheckedAddress() throws Exception {
    names.put("tracker.test", "127.0.0.1");
    try (TestEndpoint outside = TestEndpoint.answering(TestEndpoint.ok(""))) {
      assertEquals(
          Outcome.DELIVERED, Transports.get(transport, outside.url("tracker.test", "/")).outcome());
    }
  }

  @Test
  void blocksANameWithAnInternalAddress() {
    names.put("tracker.test", "127.0.0.2");

    Exchange exchange = Transports.get(transport, inside.url("tracker.test", "/"));

    assertEquals(Outcome.BLOCKED, exchange.outcome());
    assertEquals(
        "The address 127.0.0.2 is not on the public internet (loopback, RFC 1122).",
        exchange.result().error());
    assertNull(exchange.httpStatus());
    assertNull(exchange.result().latency().connectMs());
  }

  @Test
  void blocksANameIfOneOfItsAddressesIsForbidden() throws Exception {
    try (TestEndpoint outside = TestEndpoint.answering(TestEndpoint.ok(""))) {
      names.put("first.test", "127.0.0.2", "127.0.0.1");
      names.put("last.test", "127.0.0.1", "127.0.0.2");
      names.put("v6.test", "127.0.0.1", "fd00:ec2::254");

      for (String name : List.of("first.test", "last.test", "v6.test")) {
        assertEquals(
            Outcome.BLOCKED, Transports.get(transport, outside.url(name, "/")).outcome(), name);
      }
      assertEquals(0, outside.connections());
    }
  }

  @Test
  void connectsToTheCheckedAddressAfterDnsRebinding() throws Exception {
    try (TestEndpoint outside = TestEndpoint.answering(TestEndpoint.ok(""))) {
      // The second look-up returns the internal address.
      NameResolver rebinding =
          name -> {
            var answer = names.resolve(name);
            names.put(name, "127.0.0.2");
            return answer;
          };
      names.put("tracker.test", "127.0.0.1");
      try (HttpTransport rebound = Transports.ample(rebinding)) {
        assertEquals(
            Outcome.DELIVERED, Transports.get(rebound, outside.url("tracker.test", "/")).outcome());
        assertEquals(List.of("tracker.test"), names.asked());
      }
    }
  }

  @Test
  void checksANameAgainForEveryConnection() throws Exception {
    try (TestEndpoint outside =
        TestEndpoint.answering(
            connection -> {
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
              connection.close();
            })) {
      names.put("tracker.test", "127.0.0.1");
      assertEquals(
          Outcome.DELIVERED, Transports.get(transport, outside.url("tracker.test", "/")).outcome());

      names.put("tracker.test", "127.0.0.2");
      assertEquals(
          Outcome.BLOCKED, Transports.get(transport, outside.url("tracker.test", "/")).outcome());
    }
  }

  @Test
  void doesNotFollowARedirectToAnInternalAddress() throws Exception {
    names.put("tracker.test", "127.0.0.1");
    try (TestEndpoint outside =
        TestEndpoint.answering(
            "HTTP/1.1 302 Found\r\nLocation: "
                + inside.url("127.0.0.2", "/")
                + "\r\nContent-Length: 0\r\n\r\n")) {
      assertEquals(
          Outcome.REDIRECT, Transports.get(transport, outside.url("tracker.test", "/")).outcome());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.2",
        "127.0.0.2.",
        "127.2",
        "2130706434",
        "0x7f000002",
        "0x7f.2",
        "0177.0.0.2",
        "127.0.0.02",
        "１２７.0.0.2",
        "127。0。0。2",
        "[::ffff:127.0.0.2]",
        "[::127.0.0.2]",
        "[64:ff9b::127.0.0.2]",
        "[::ffff:7f00:2]",
        "127.0.0.1@127.0.0.2",
        "tracker.test\\@127.0.0.2",
        "127.0.0.2%00",
        "%31%32%37.0.0.2",
        "127.0.0.2 ",
        "",
        "[fe80::1%25lo]"
      })
  void blocksEverySpellingOfAnInternalAddress(String host) {
    Exchange exchange = Transports.get(transport, "http://" + host + ":" + inside.port() + "/");

    assertEquals(Outcome.BLOCKED, exchange.outcome());
    assertEquals(List.of(), names.asked());
  }

  @Test
  void namesTheAddressThatAnUnusualSpellingMeans() {
    Exchange exchange = Transports.get(transport, "http://0x7f.2:" + inside.port() + "/");

    assertEquals(
        "The host is an unusual spelling of 127.0.0.2, which is not on the public internet"
            + " (loopback, RFC 1122).",
        exchange.result().error());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "tracker.test/",
        "//tracker.test/",
        "ftp://tracker.test/",
        "file:///etc/passwd",
        "javascript://tracker.test/",
        "http:tracker.test",
        "http://tracker.test:0/",
        "http://tracker.test:65536/",
        "http://tracker.test:99999999999/",
        "http://tracker.test:+80/",
        "http://tracker.test:８０/",
        "http:///path"
      })
  void blocksInvalidUrls(String url) {
    names.put("tracker.test", "127.0.0.1");

    assertEquals(Outcome.BLOCKED, Transports.get(transport, url).outcome());
  }

  @Test
  void blocksAPortThatIsNotAllowed() throws Exception {
    names.put("tracker.test", "93.184.216.34");

    Exchange exchange = Transports.get(transport, "http://tracker.test:8080/");

    assertEquals(Outcome.BLOCKED, exchange.outcome());
    assertEquals(
        "The port 8080 is not among those that callbacks may go to: [80, 443].",
        exchange.result().error());
  }

  @Test
  void sendsToLocalhostWithoutLookUpOnlyIfLoopbackIsAllowed() throws Exception {
    try (TestEndpoint outside = TestEndpoint.answering(TestEndpoint.ok(""));
        HttpTransport strict =
            new HttpTransport(
                new EgressGuard(List.of(), Set.of(80, 443, outside.port())),
                names,
                Certificates.check(),
                Transports.AMPLE,
                AttemptTime.system())) {
      names.put("localhost", "93.184.216.34");

      assertEquals(
          Outcome.DELIVERED, Transports.get(transport, outside.url("localhost", "/")).outcome());
      assertEquals(
          Outcome.BLOCKED, Transports.get(strict, outside.url("localhost", "/")).outcome());
      assertEquals(List.of(), names.asked());
    }
  }

  @Test
  void triesTheNextAddressIfOneDoesNotRespond() throws Exception {
    try (TestEndpoint outside = TestEndpoint.answering(TestEndpoint.ok(""));
        HttpTransport both =
            new HttpTransport(
                new EgressGuard(List.of("127.0.0.0/8"), Set.of(80)),
                names,
                Certificates.check(),
                Transports.AMPLE,
                AttemptTime.system())) {
      // Nothing listens on that port at 127.0.0.3.
      names.put("tracker.test", "127.0.0.3", "127.0.0.1");

      assertEquals(
          Outcome.DELIVERED, Transports.get(both, outside.url("tracker.test", "/")).outcome());
    }
  }

  @Test
  void usesNoProxyOfTheEnvironment() throws Exception {
    names.put("tracker.test", "127.0.0.1");
    System.setProperty("http.proxyHost", "127.0.0.2");
    System.setProperty("http.proxyPort", Integer.toString(inside.port()));
    System.setProperty("socksProxyHost", "127.0.0.2");
    System.setProperty("socksProxyPort", Integer.toString(inside.port()));
    try (TestEndpoint outside = TestEndpoint.answering(TestEndpoint.ok(""))) {
      assertTrue(
          Transports.get(transport, outside.url("tracker.test", "/")).outcome()
              == Outcome.DELIVERED);
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.proxyPort");
      System.clearProperty("socksProxyHost");
      System.clearProperty("socksProxyPort");
    }
  }
}
