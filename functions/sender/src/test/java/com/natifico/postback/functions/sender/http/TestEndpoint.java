package com.natifico.postback.functions.sender.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * A tracker on a real socket whose responses are given byte by byte by a test. It reads one
 * request, lets the test respond, and repeats this until the response closes the connection.
 */
final class TestEndpoint implements AutoCloseable {
  /** Responds on a connection after a request was received. */
  @FunctionalInterface
  interface Answer {
    void to(Connection connection) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Answer answer;
  private final boolean speaksFirst;
  private final AtomicInteger connections = new AtomicInteger();
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  private TestEndpoint(ServerSocket server, Answer answer, boolean speaksFirst) {
    this.server = server;
    this.answer = answer;
    this.speaksFirst = speaksFirst;
    Thread.ofVirtual().start(this::accept);
  }

  static TestEndpoint answering(Answer answer) throws IOException {
    return new TestEndpoint(new ServerSocket(0, 100, address("127.0.0.1")), answer, false);
  }

  /** An endpoint with a fixed response, which is sent unchanged; the test chooses the line ends. */
  static TestEndpoint answering(String response) throws IOException {
    return answering(connection -> connection.send(response));
  }

  /** An endpoint on another address than 127.0.0.1. */
  static TestEndpoint at(String address, Answer answer) throws IOException {
    return new TestEndpoint(new ServerSocket(0, 100, address(address)), answer, false);
  }

  /** An endpoint that does not wait for a request. */
  static TestEndpoint speakingFirst(Answer answer) throws IOException {
    return new TestEndpoint(new ServerSocket(0, 100, address("127.0.0.1")), answer, true);
  }

  static TestEndpoint secure(SSLContext context, Answer answer, String... protocols)
      throws IOException {
    SSLServerSocket server =
        (SSLServerSocket)
            context.getServerSocketFactory().createServerSocket(0, 100, address("127.0.0.1"));
    if (protocols.length > 0) {
      server.setEnabledProtocols(protocols);
    }
    return new TestEndpoint(server, answer, false);
  }

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  int port() {
    return server.getLocalPort();
  }

  String url(String host, String path) {
    return "http://" + host + ":" + port() + path;
  }

  int connections() {
    return connections.get();
  }

  /** Waits for the next request and returns its head and body unchanged. */
  String request() throws InterruptedException {
    String request = requests.poll(10, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request was received");
    }
    return request;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Connection connection = new Connection(socket);
      while (!socket.isClosed()) {
        if (!speaksFirst) {
          String request = connection.readRequest();
          if (request == null) {
            return;
          }
          requests.add(request);
        }
        answer.to(connection);
        if (speaksFirst) {
          return;
        }
      }
    } catch (IOException | InterruptedException e) {
      // The client closed the connection, which many tests intend.
    } catch (RuntimeException | AssertionError e) {
      failures.add(e);
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("the endpoint failed", failures.getFirst());
    }
  }

  /** One connection to the endpoint. */
  static final class Connection {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      this.in = socket.getInputStream();
      this.out = socket.getOutputStream();
    }

    void send(String text) throws IOException {
      send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    /** Closes the connection in an orderly way. */
    void close() throws IOException {
      socket.close();
    }

    /** Closes the connection with a reset. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Waits until the client has sent something. */
    void awaitFirstByte() throws IOException {
      in.read();
    }

    /** Sends nothing more until the client closes the connection. */
    void hang() throws IOException {
      while (in.read() >= 0) {
        // Ignore what the client still sends.
      }
    }

    /** Sends one byte every few milliseconds until the client closes the connection. */
    void drip(char c) throws IOException {
      drip(c, Integer.MAX_VALUE);
    }

    /** The same, but sends no more than this number of bytes. */
    void drip(char c, int atMost) throws IOException {
      socket.setSoTimeout(5);
      for (int sent = 0; sent < atMost; ) {
        try {
          if (in.read() < 0) {
            return;
          }
        } catch (SocketTimeoutException e) {
          out.write(c);
          out.flush();
          sent++;
        }
      }
    }

    /** Sends continuously until the client closes the connection. */
    void flood() throws IOException {
      byte[] block = new byte[8192];
      java.util.Arrays.fill(block, (byte) 'x');
      while (true) {
        out.write(block);
      }
    }

    private @org.jspecify.annotations.Nullable String readRequest() throws IOException {
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      while (!endsHead(request)) {
        int b = in.read();
        if (b < 0) {
          return null;
        }
        request.write(b);
      }
      String head = request.toString(StandardCharsets.UTF_8);
      for (String line : head.split("\r\n")) {
        if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length: ")) {
          request.write(in.readNBytes(Integer.parseInt(line.substring(16))));
        }
      }
      return request.toString(StandardCharsets.UTF_8);
    }

    private static boolean endsHead(ByteArrayOutputStream request) {
      return request.size() >= 4 && request.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n");
    }
  }
}
