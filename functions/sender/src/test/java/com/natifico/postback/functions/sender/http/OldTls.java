package com.natifico.postback.functions.sender.http;

import com.natifico.postback.delivery.Transport.Exchange;
import java.net.InetAddress;
import java.security.Security;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * A JVM that enables TLS 1.0 and 1.1, as Lambda's runtime client does, with an endpoint that
 * supports only these. It prints the results of a client without explicit versions and of ours.
 */
final class OldTls {
  private OldTls() {}

  public static void main(String[] protocols) throws Exception {
    Security.setProperty("jdk.tls.disabledAlgorithms", "SSLv3, RC4, DES");
    try (TestEndpoint endpoint =
            TestEndpoint.secure(
                Certificates.presenting("good"),
                connection -> connection.send(TestEndpoint.ok("")),
                protocols);
        HttpTransport transport = Transports.ample(new Names().put("tracker.test", "127.0.0.1"))) {
      SSLContext any = SSLContext.getInstance("TLS");
      any.init(null, new TrustManager[] {Certificates.check()}, null);
      try (SSLSocket socket =
          (SSLSocket)
              any.getSocketFactory()
                  .createSocket(InetAddress.ofLiteral("127.0.0.1"), endpoint.port())) {
        socket.setEnabledProtocols(protocols);
        socket.startHandshake();
        System.out.printf(Locale.ROOT, "any: DELIVERED\n");
      }
      Exchange exchange =
          Transports.get(transport, "https://tracker.test:" + endpoint.port() + "/");
      System.out.printf(
          Locale.ROOT, "ours: %s %s\n", exchange.outcome(), exchange.result().error());
    }
  }
}
