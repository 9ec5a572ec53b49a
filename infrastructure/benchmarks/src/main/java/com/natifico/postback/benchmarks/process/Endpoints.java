package com.natifico.postback.benchmarks.process;

import com.natifico.postback.local.server.LoopbackServer;
import com.natifico.postback.local.server.LoopbackServer.Answer;
import com.natifico.postback.local.server.LoopbackServer.Received;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Trackers: {@code /300/...} responds after 300 ms, {@code /close/300/...} does the same and then
 * closes the connection, {@code /hang/...} never responds. All three ports behave the same: http,
 * http as a second endpoint, and https.
 */
public final class Endpoints {
  private Endpoints() {}

  /**
   * @param arguments a PKCS 12 file with the key for https, and its password
   */
  public static void main(String[] arguments) throws IOException {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(arguments[0]);
    tls.setKeyStorePassword(arguments[1]);
    Child.serve(
        LoopbackServer.answering(Endpoints::answer).port(),
        LoopbackServer.answering(Endpoints::answer).port(),
        LoopbackServer.answering(0, tls, Endpoints::answer).port());
  }

  private static Answer answer(Received request) {
    String[] path = request.target().split("/", 4);
    boolean close = path[1].equals("close");
    if (path[1].equals("hang")) {
      LockSupport.parkNanos(TimeUnit.HOURS.toNanos(1));
      return Answer.NONE;
    }
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(path[close ? 2 : 1])));
    return new Answer(200, close ? Map.of("connection", "close") : Map.of(), "OK");
  }
}
