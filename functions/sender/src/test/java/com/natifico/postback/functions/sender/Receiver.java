package com.natifico.postback.functions.sender;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A tracker on this machine that accepts everything, unless the test sets its answer. It reads
 * plain sockets, because an HTTP server would refuse or change some request targets.
 */
final class Receiver implements AutoCloseable {
  /**
   * A received request.
   *
   * @param target as in the request line
   * @param headers by their lower-case names
   * @param body its bytes, one character for each
   */
  record Request(String method, String target, Map<String, String> headers, String body) {
    byte[] bytes() {
      return body.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private volatile int status = 204;
  private volatile String answer = "";

  Receiver() throws IOException {
    server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String url(String pathAndQuery) {
    return "http://127.0.0.1:" + server.getLocalPort() + pathAndQuery;
  }

  /** Sets the answer to all further requests. */
  void answers(int newStatus, String body) {
    status = newStatus;
    answer = body;
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        requests.add(read(socket.getInputStream()));
        socket.getOutputStream().write(response());
      } catch (IOException e) {
        // The server or the connection was closed.
      }
    }
  }

  private byte[] response() {
    int length = answer.getBytes(StandardCharsets.UTF_8).length;
    String head = "HTTP/1.1 " + status + " Answer\r\nConnection: close\r\n";
    return (head + (length == 0 ? "" : "Content-Length: " + length + "\r\n") + "\r\n" + answer)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Request read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("the request is not complete");
      }
      head.write(b);
    }
    String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(": ");
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 2));
    }
    String[] line = lines[0].split(" ", 3);
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    return new Request(line[0], line[1], headers, new String(body, StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
