package com.natifico.postback.functions.sender.http;

import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.functions.sender.http.Progress.Stage;
import com.natifico.postback.url.Endpoint;
import com.natifico.postback.url.Host;
import com.natifico.postback.url.Scheme;
import com.natifico.postback.url.UrlProblem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Creates the HTTP client's connections: looks the name up once, checks every address, and connects
 * to a checked address; SNI and the certificate check use the name. If one address is forbidden,
 * the name is rejected.
 */
final class GuardedConnector implements HttpClientConnectionOperator, AutoCloseable {
  /**
   * A distant endpoint needs this long, so each address gets this time before the next one is
   * tried.
   */
  private static final long MIN_CONNECT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EgressGuard guard;
  private final NameResolver resolver;
  private final TlsSocketStrategy tls;
  private final Budgets budgets;

  /**
   * Look-ups block their carrier thread and cannot be interrupted, so they use platform threads: a
   * name server that hangs must not block the other virtual threads.
   */
  private final ExecutorService lookUps =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("dns-", 0).factory());

  GuardedConnector(
      EgressGuard guard, NameResolver resolver, TlsSocketStrategy tls, Budgets budgets) {
    this.guard = guard;
    this.resolver = resolver;
    this.tls = tls;
    this.budgets = budgets;
  }

  @Override
  public void connect(
      ManagedHttpClientConnection connection,
      HttpHost host,
      InetSocketAddress localAddress,
      TimeValue connectTimeout,
      SocketConfig socketConfig,
      HttpContext context)
      throws IOException {
    Progress progress =
        (Progress) Objects.requireNonNull(context.getAttribute(Progress.ATTRIBUTE), "progress");
    Endpoint endpoint =
        ((Target) Objects.requireNonNull(context.getAttribute(Target.ATTRIBUTE), "target"))
            .endpoint();
    List<InetAddress> addresses = vetted(endpoint, progress);
    progress.enter(Stage.CONNECT);
    Socket socket = open(connection, addresses, endpoint.port(), socketConfig, progress);
    if (endpoint.scheme() == Scheme.HTTPS) {
      progress.enter(Stage.TLS);
      SSLSocket secured =
          tls.upgrade(socket, endpoint.host().text(), endpoint.port(), null, context);
      connection.bind(secured, socket);
    }
    progress.enter(Stage.RESPONSE);
  }

  @Override
  public void connect(
      ManagedHttpClientConnection connection,
      HttpHost host,
      NamedEndpoint name,
      @Nullable Path unixDomainSocket,
      InetSocketAddress localAddress,
      Timeout connectTimeout,
      SocketConfig socketConfig,
      Object attachment,
      HttpContext context)
      throws IOException {
    connect(connection, host, localAddress, connectTimeout, socketConfig, context);
  }

  private List<InetAddress> vetted(Endpoint endpoint, Progress progress) throws IOException {
    return switch (endpoint.host()) {
      case Host.Address address -> {
        allow(guard.vet(endpoint));
        yield List.of(InetAddress.getByAddress(address.bytes()));
      }
      case Host.Name name when name.isLocalhost() -> localhost(endpoint.port());
      case Host.Name(String name) -> {
        progress.enter(Stage.DNS);
        yield allAllowed(lookUp(name, progress), endpoint.port());
      }
    };
  }

  private List<InetAddress> allAllowed(List<InetAddress> addresses, int port)
      throws BlockedException {
    for (InetAddress address : addresses) {
      allow(guard.vetAddress(address.getAddress(), port));
    }
    return addresses;
  }

  private static void allow(@Nullable UrlProblem refusal) throws BlockedException {
    if (refusal != null) {
      throw new BlockedException(refusal.message());
    }
  }

  /**
   * localhost is not looked up (RFC 6761), so a forbidden address is not reported as a resolver's
   * answer.
   */
  private List<InetAddress> localhost(int port) throws IOException {
    List<InetAddress> allowed = new ArrayList<>();
    for (String literal : List.of("127.0.0.1", "::1")) {
      InetAddress address = InetAddress.ofLiteral(literal);
      if (guard.vetAddress(address.getAddress(), port) == null) {
        allowed.add(address);
      }
    }
    return allowed.isEmpty()
        ? allAllowed(List.of(InetAddress.ofLiteral("127.0.0.1")), port)
        : allowed;
  }

  private List<InetAddress> lookUp(String name, Progress progress) throws IOException {
    Future<List<InetAddress>> answer = lookUps.submit(() -> resolver.resolve(name));
    try {
      List<InetAddress> addresses =
          answer.get(progress.remaining(budgets.total().toNanos()), TimeUnit.NANOSECONDS);
      if (addresses.isEmpty()) {
        throw new UnknownHostException(name);
      }
      return addresses;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownHostException) {
        throw new UnknownHostException(name);
      }
      throw new IOException("The look-up of " + name + " failed", e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      progress.expire();
      throw new SocketTimeoutException("The look-up of " + name + " took too long");
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private Socket open(
      ManagedHttpClientConnection connection,
      List<InetAddress> addresses,
      int port,
      SocketConfig socketConfig,
      Progress progress)
      throws IOException {
    long deadline = System.nanoTime() + budgets.connect().toNanos();
    IOException failure = null;
    for (int i = 0; i < addresses.size(); i++) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        break;
      }
      long share = Math.min(left, Math.max(left / (addresses.size() - i), MIN_CONNECT_NANOS));
      Socket socket = new Socket();
      try {
        // Bound before it connects, so that the end of the time can close it.
        connection.bind(socket);
        if (progress.isExpired()) {
          throw new SocketTimeoutException("The time has run out");
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(socketConfig.getSoTimeout().toMillisecondsIntBound());
        socket.connect(
            new InetSocketAddress(addresses.get(i), port),
            (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(share)));
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure == null ? new SocketTimeoutException("Connect timed out") : failure;
  }

  @Override
  public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) {
    throw new UnsupportedOperationException("connections are never upgraded");
  }

  @Override
  public void close() {
    lookUps.shutdownNow();
  }
}
