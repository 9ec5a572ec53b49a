package com.natifico.postback.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A tracker that is slow in one of the ways that occupy a sender. It answers paths that begin with
 * {@code /well} at once, so that a tracker that is slow for one affiliate can be fast for another.
 */
final class SlowTracker implements AutoCloseable {
  private static final int SLOW_MS = 3_000;
  private static final int DRIP_MS = 200;

  /** How it answers. */
  enum Way {
    /** It accepts connections and never answers. */
    HANGS("http"),
    /** It accepts connections, and its TLS handshake comes byte by byte. */
    DRIPS_ITS_HANDSHAKE("https"),
    /** Its answer 200 has a body without end. */
    DRIPS_ITS_BODY("http"),
    ANSWERS_200_SLOWLY("http"),
    ANSWERS_500_SLOWLY("http"),
    /** It sends answers 102 without end and no final one. */
    ANSWERS_102_FOR_EVER("http"),
    /** It refuses everything at once. */
    ANSWERS_429("http");

    private final String scheme;

    Way(String scheme) {
      this.scheme = scheme;
    }
  }

  /** The beginning of a TLS record that announces 16 KiB of a handshake. */
  private static final byte[] HANDSHAKE_HEAD = {22, 3, 3, 64, 0};

  private final Way way;
  private final Consumer<String> arrivals;
  private final ServerSocket server;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  /**
   * @param arrivals receives the webhook-id of each request that is answered at once
   */
  SlowTracker(Way way, Consumer<String> arrivals) throws IOException {
    this.way = way;
    this.arrivals = arrivals;
    server = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** A URL that is answered slowly. */
  String slow() {
    return way.scheme + "://127.0.0.1:" + server.getLocalPort() + "/slow";
  }

  /** A URL that is answered at once. */
  String well() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/well";
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException e) {
      // The measurement is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      OutputStream out = connection.getOutputStream();
      if (way == Way.DRIPS_ITS_HANDSHAKE) {
        dripHandshake(out);
      }
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String target = in.readLine(); target != null; target = in.readLine()) {
        String id = webhookId(in);
        if (!target.contains(" /well")) {
          answerSlowly(out);
        } else {
          if (id != null) {
            arrivals.accept(id);
          }
          write(out, "HTTP/1.1 204 No Content\r\n\r\n");
        }
      }
    } catch (IOException | InterruptedException e) {
      // The client has closed the connection, or the measurement is over.
    } finally {
      connections.remove(connection);
    }
  }

  /** Reads the rest of the head of a request without a body. */
  private static @Nullable String webhookId(BufferedReader in) throws IOException {
    String id = null;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.regionMatches(true, 0, "webhook-id:", 0, 11)) {
        id = line.substring(11).strip();
      }
    }
    return id;
  }

  private void answerSlowly(OutputStream out) throws IOException, InterruptedException {
    switch (way) {
      case HANGS, DRIPS_ITS_HANDSHAKE -> Thread.sleep(Long.MAX_VALUE);
      case DRIPS_ITS_BODY -> {
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        repeat(out, "x");
      }
      case ANSWERS_200_SLOWLY -> {
        Thread.sleep(SLOW_MS);
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      }
      case ANSWERS_500_SLOWLY -> {
        Thread.sleep(SLOW_MS);
        write(out, "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");
      }
      case ANSWERS_102_FOR_EVER -> repeat(out, "HTTP/1.1 102 Processing\r\n\r\n");
      case ANSWERS_429 -> write(out, "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n");
    }
  }

  private static void dripHandshake(OutputStream out) throws IOException, InterruptedException {
    out.write(HANDSHAKE_HEAD);
    repeat(out, "x");
  }

  /** Until the client closes the connection. */
  private static void repeat(OutputStream out, String text)
      throws IOException, InterruptedException {
    while (true) {
      write(out, text);
      Thread.sleep(DRIP_MS);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
