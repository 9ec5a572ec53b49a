package com.natifico.postback.functions.sender.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.Transport.Exchange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
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

  private Exchange send(SSLContext server, String host, String... protocols) throws Exception {
    try (TestEndpoint endpoint =
        TestEndpoint.secure(
            server, connection -> connection.send(TestEndpoint.ok("safe")), protocols)) {
      return Transports.get(transport, "https://" + host + ":" + endpoint.port() + "/");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void supportsTls12And13(String protocol) throws Exception {
    Exchange exchange = send(Certificates.presenting("good"), "tracker.test", protocol);

    assertEquals(Outcome.DELIVERED, exchange.outcome());
    assertEquals("safe", exchange.result().responseSnippet());
    assertNotNull(exchange.result().latency().tlsMs());
  }

  @Test
  void trustsAnAddressThatTheCertificateNames() throws Exception {
    assertEquals(Outcome.DELIVERED, send(Certificates.presenting("good"), "127.0.0.1").outcome());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          expired | The certificate has expired, on 2020-01-02
          early | The certificate is not valid before 2100-01-01
          other | The certificate is not for tracker.test but for other.test.
          self | The certificate is self-signed.
          stranger | The certificate comes from an unknown authority, or an intermediate certificate is missing.
          """)
  void explainsWhyACertificateIsRejected(String alias, String error) throws Exception {
    Exchange exchange = send(Certificates.presenting(alias), "tracker.test");

    assertEquals(Outcome.TLS, exchange.outcome());
    assertTrue(
        exchange.result().error() != null && exchange.result().error().startsWith(error),
        exchange.result().error());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1", "TLSv1.1"})
  void rejectsOlderVersionsDespiteLambdasRuntime(String protocol) throws Exception {
    // In a separate JVM, because the platform reads its security properties only once.
    Process lambda =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OldTls.class.getName(),
                protocol)
            .redirectErrorStream(true)
            .start();
    String said = new String(lambda.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(
        "any: DELIVERED\nours: TLS The endpoint speaks neither TLS 1.2 nor TLS 1.3.\n", said);
  }

  @Test
  void reportsAnEndpointThatRejectsTheseVersions() throws Exception {
    try (TestEndpoint strict =
        TestEndpoint.speakingFirst(
            connection -> {
              // A fatal alert: protocol_version.
              connection.send(new byte[] {21, 3, 1, 0, 2, 2, 70});
              connection.hang();
            })) {
      Exchange exchange = Transports.get(transport, "https://tracker.test:" + strict.port() + "/");

      assertEquals(Outcome.TLS, exchange.outcome());
      assertEquals("The endpoint speaks neither TLS 1.2 nor TLS 1.3.", exchange.result().error());
    }
  }

  @Test
  void reportsAnEndpointWithoutTls() throws Exception {
    try (TestEndpoint plain =
        TestEndpoint.speakingFirst(
            connection -> {
              connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
              connection.close();
            })) {
      Exchange exchange = Transports.get(transport, "https://tracker.test:" + plain.port() + "/");

      assertEquals(Outcome.TLS, exchange.outcome());
      assertNotNull(exchange.result().error());
    }
  }

  @Test
  void reportsAnEndpointThatClosesDuringTheHandshake() throws Exception {
    try (TestEndpoint rude = TestEndpoint.speakingFirst(TestEndpoint.Connection::close)) {
      assertEquals(
          Outcome.TLS,
          Transports.get(transport, "https://tracker.test:" + rude.port() + "/").outcome());
    }
  }
}
