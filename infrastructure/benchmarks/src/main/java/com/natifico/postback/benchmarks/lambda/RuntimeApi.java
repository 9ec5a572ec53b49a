package com.natifico.postback.benchmarks.lambda;

import com.natifico.postback.benchmarks.process.SmallServer;
import com.natifico.postback.benchmarks.process.SmallServer.Request;
import com.natifico.postback.benchmarks.process.SmallServer.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lambda's Runtime API for one function: next, response, error and init error, and for SnapStart
 * the restore behind a snapshot. The process asks for its next event when it is ready for it.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String PREFIX = "/2018-06-01/runtime/";
  private static final long TIMEOUT_MS = 30_000;

  /** An event on its way, and what became of it. */
  private record Invocation(
      String id, String event, CompletableFuture<Answer> answer) {}

  /**
   * @param at when it came, {@link System#nanoTime}
   */
  record Answer(boolean failed, String body, long at) {}

  private final SmallServer server = SmallServer.start(this::answer);
  private final AtomicInteger ids = new AtomicInteger();
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final CompletableFuture<Long> ready = new CompletableFuture<>();
  private final CompletableFuture<Long> snapshot = new CompletableFuture<>();
  private final CountDownLatch restored = new CountDownLatch(1);
  private volatile @Nullable Invocation current;

  int port() {
    return server.port();
  }

  /** When the function was initialised, {@link System#nanoTime}; fails if it could not be. */
  CompletableFuture<Long> ready() {
    return ready;
  }

  /** When it was ready for its snapshot. */
  CompletableFuture<Long> snapshot() {
    return snapshot;
  }

  /** Goes on from the snapshot. */
  void restore() {
    restored.countDown();
  }

  CompletableFuture<Answer> invoke(String event) {
    Invocation invocation =
        new Invocation(
            "00000000-0000-0000-0000-%012d".formatted(ids.incrementAndGet()),
            event,
            new CompletableFuture<>());
    waiting.add(invocation);
    return invocation.answer();
  }

  private Response answer(Request request) throws IOException {
    String path =
        request.path().startsWith(PREFIX)
            ? request.path().substring(PREFIX.length())
            : request.path();
    long now = System.nanoTime();
    if (path.equals("invocation/next")) {
      ready.complete(now);
      return next();
    }
    if (path.equals("restore/next")) {
      snapshot.complete(now);
      await();
      return new Response(200, "", new byte[0], false);
    }
    if (path.equals("init/error") || path.equals("restore/error")) {
      IllegalStateException failure = new IllegalStateException(path + ": " + request.text());
      ready.completeExceptionally(failure);
      snapshot.completeExceptionally(failure);
    }
    Invocation invocation = current;
    if (invocation != null && path.startsWith("invocation/" + invocation.id())) {
      invocation.answer().complete(new Answer(path.endsWith("/error"), request.text(), now));
    }
    return new Response(202, "", new byte[0], false);
  }

  private Response next() throws IOException {
    try {
      Invocation invocation = waiting.take();
      current = invocation;
      return new Response(
          200,
          "Content-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: "
              + invocation.id()
              + "\r\nLambda-Runtime-Deadline-Ms: "
              + (System.currentTimeMillis() + TIMEOUT_MS)
              + "\r\nLambda-Runtime-Invoked-Function-Arn:"
              + " arn:aws:lambda:us-east-1:000000000000:function:f\r\n",
          invocation.event().getBytes(StandardCharsets.UTF_8),
          false);
    } catch (InterruptedException e) {
      throw new IOException("stopped", e);
    }
  }

  private void await() throws IOException {
    try {
      restored.await();
    } catch (InterruptedException e) {
      throw new IOException("stopped", e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
