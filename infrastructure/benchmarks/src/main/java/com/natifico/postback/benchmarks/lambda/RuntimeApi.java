package com.natifico.postback.benchmarks.lambda;

import com.natifico.postback.local.server.LoopbackServer;
import com.natifico.postback.local.server.LoopbackServer.Answer;
import com.natifico.postback.local.server.LoopbackServer.Received;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lambda's Runtime API for one function: next, response, error and init error, and for SnapStart
 * the restore after a snapshot. The process requests its next event when it is ready.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String PREFIX = "/2018-06-01/runtime/";
  private static final long TIMEOUT_MS = 30_000;

  /** An event and its result. */
  private record Invocation(String id, String event, CompletableFuture<Result> answer) {}

  /**
   * @param at when the result arrived, {@link System#nanoTime}
   */
  record Result(boolean failed, String body, long at) {}

  private final LoopbackServer server = LoopbackServer.answering(this::answer);
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

  /** When the function was ready for its snapshot, {@link System#nanoTime}. */
  CompletableFuture<Long> snapshot() {
    return snapshot;
  }

  /** Lets the function continue from the snapshot. */
  void restore() {
    restored.countDown();
  }

  CompletableFuture<Result> invoke(String event) {
    Invocation invocation =
        new Invocation(
            "00000000-0000-0000-0000-%012d".formatted(ids.incrementAndGet()),
            event,
            new CompletableFuture<>());
    waiting.add(invocation);
    return invocation.answer();
  }

  private Answer answer(Received request) throws InterruptedException {
    String path =
        request.target().startsWith(PREFIX)
            ? request.target().substring(PREFIX.length())
            : request.target();
    long now = System.nanoTime();
    if (path.equals("invocation/next")) {
      ready.complete(now);
      return next();
    }
    if (path.equals("restore/next")) {
      snapshot.complete(now);
      restored.await();
      return Answer.of(200);
    }
    if (path.equals("init/error") || path.equals("restore/error")) {
      IllegalStateException failure = new IllegalStateException(path + ": " + request.text());
      ready.completeExceptionally(failure);
      snapshot.completeExceptionally(failure);
    }
    Invocation invocation = current;
    if (invocation != null && path.startsWith("invocation/" + invocation.id())) {
      invocation.answer().complete(new Result(path.endsWith("/error"), request.text(), now));
    }
    return Answer.of(202);
  }

  private Answer next() throws InterruptedException {
    Invocation invocation = waiting.take();
    current = invocation;
    return new Answer(
        200,
        Map.of(
            "content-type",
            "application/json",
            "lambda-runtime-aws-request-id",
            invocation.id(),
            "lambda-runtime-deadline-ms",
            Long.toString(System.currentTimeMillis() + TIMEOUT_MS),
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:us-east-1:000000000000:function:f"),
        invocation.event());
  }

  @Override
  public void close() {
    server.close();
  }
}
