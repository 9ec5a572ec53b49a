package com.natifico.postback.functions.sender;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A tracker on a real socket that gives the requests for {@code /odd} an odd answer and all others
 * a usual one.
 */
final class OddAnswers {
  static final String USUAL_BODY = "well done";

  private static final byte[] USUAL =
      ("HTTP/1.1 200 OK\r\nContent-Length: " + USUAL_BODY.length() + "\r\n\r\n" + USUAL_BODY)
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket server;
  private final AtomicInteger oddRequests = new AtomicInteger();
  private volatile OddAnswer odd;

  OddAnswers(OddAnswer first) {
    odd = first;
    try {
      server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().start(this::accept);
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getLocalPort() + path;
  }

  void answerWith(OddAnswer answer) {
    odd = answer;
    oddRequests.set(0);
  }

  /** The requests that were given the odd answer. */
  int oddRequests() {
    return oddRequests.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      for (String head = head(in); head.endsWith("\r\n\r\n"); head = head(in)) {
        boolean isOdd = head.startsWith("GET /odd ");
        OddAnswer answer = odd;
        if (isOdd) {
          oddRequests.incrementAndGet();
        }
        socket
            .getOutputStream()
            .write(isOdd ? answer.text().getBytes(StandardCharsets.UTF_8) : USUAL);
        if (isOdd && !answer.keepsOpen()) {
          return;
        }
      }
    } catch (IOException e) {
      // The sender has closed the connection.
    }
  }

  /** The head of the next request; cut off at the end of the connection. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
