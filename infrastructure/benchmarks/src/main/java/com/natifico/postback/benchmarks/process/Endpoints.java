package com.natifico.postback.benchmarks.process;

import com.natifico.postback.benchmarks.process.SmallServer.Request;
import com.natifico.postback.benchmarks.process.SmallServer.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Trackers: {@code /300/...} answers after 300 ms, {@code /close/300/...} and then ends the
 * connection, {@code /hang/...} never. The same on three ports: http, another endpoint's http, and
 * https.
 */
public final class Endpoints {
  private static final int BACKLOG = 4096;

  private Endpoints() {}

  /**
   * @param arguments a PKCS 12 file with the key for https, and its password
   */
  public static void main(String[] arguments) throws Exception {
    SmallServer http = new SmallServer(socket(), Endpoints::answer);
    SmallServer other = new SmallServer(socket(), Endpoints::answer);
    SmallServer https =
        new SmallServer(tls(Path.of(arguments[0]), arguments[1]), Endpoints::answer);
    Child.serve(http.port(), other.port(), https.port());
  }

  private static ServerSocket socket() throws IOException {
    return new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
  }

  private static ServerSocket tls(Path file, String password)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, password.toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, password.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context
        .getServerSocketFactory()
        .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
  }

  private static Response answer(Request request) throws IOException {
    String[] path = request.path().split("/", 4);
    boolean close = path[1].equals("close");
    if (path[1].equals("hang")) {
      request.socket().getInputStream().read();
      throw new IOException("hung up");
    }
    LockSupport.parkNanos(Long.parseLong(path[close ? 2 : 1]) * 1_000_000L);
    Response ok = Response.ok("text/plain", "OK");
    return new Response(ok.status(), ok.headers(), ok.body(), close);
  }
}
