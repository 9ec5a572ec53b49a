package com.natifico.postback.benchmarks.process;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 with content lengths, a virtual thread for each connection: enough for the SDK and for
 * HttpClient, and cheap enough to stand beside what is measured.
 */
public final class SmallServer implements AutoCloseable {
  /**
   * @param headers by their names in lower case
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  public record Request(
      String method, String path, Map<String, String> headers, byte[] body, Socket socket) {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /**
   * @param headers each with its line's end
   * @param close whether the connection ends behind it
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  public record Response(int status, String headers, byte[] body, boolean close) {
    public static Response ok(String contentType, String body) {
      return new Response(
          200,
          "Content-Type: " + contentType + "\r\n",
          body.getBytes(StandardCharsets.UTF_8),
          false);
    }
  }

  /** Answers one request; may take its time. */
  @FunctionalInterface
  public interface Handler {
    Response answer(Request request) throws IOException;
  }

  private final ServerSocket socket;
  private final Handler handler;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * @param socket bound; closed with the server
   */
  public SmallServer(ServerSocket socket, Handler handler) {
    this.socket = socket;
    this.handler = handler;
    Thread.ofVirtual().start(this::accept);
  }

  /** On a free port of the loopback interface. */
  public static SmallServer start(Handler handler) {
    try {
      return new SmallServer(
          new ServerSocket(0, 1024, java.net.InetAddress.getLoopbackAddress()), handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket accepted = socket.accept();
        open.add(accepted);
        Thread.ofVirtual().start(() -> serve(accepted));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream(), 16 * 1024);
      OutputStream out = connection.getOutputStream();
      Request request = read(in, connection);
      while (request != null) {
        Response response = handler.answer(request);
        write(out, response);
        if (response.close()) {
          return;
        }
        request = read(in, connection);
      }
    } catch (IOException e) {
      // The other side went away.
    } finally {
      open.remove(connection);
    }
  }

  private static @Nullable Request read(InputStream in, Socket connection) throws IOException {
    String first = line(in);
    if (first == null) {
      return null;
    }
    String[] start = first.split(" ");
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(start[0], start[1], headers, in.readNBytes(length), connection);
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static void write(OutputStream out, Response response) throws IOException {
    byte[] head =
        ("HTTP/1.1 "
                + response.status()
                + " X\r\n"
                + response.headers()
                + "Content-Length: "
                + response.body().length
                + (response.close() ? "\r\nConnection: close" : "")
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[head.length + response.body().length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(response.body(), 0, whole, head.length, response.body().length);
    out.write(whole);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : open) {
      connection.close();
    }
  }
}
