package com.natifico.postback.endtoend;

import com.natifico.postback.local.server.LoopbackServer;
import com.natifico.postback.local.server.LoopbackServer.Answer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * An affiliate's tracker: an HTTP server that responds to each path with the configured statuses.
 */
public final class TestTracker implements AutoCloseable {
  /** A callback that arrived. */
  public record Received(
      String method, String path, String query, String body, Map<String, String> headers) {}

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Map<String, Queue<Integer>> answers = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> silent = new ConcurrentHashMap<>();
  private final LoopbackServer server = LoopbackServer.answering(this::answer);

  /** The URL of a path of this tracker. */
  public String url(String pathAndQuery) {
    return server.endpoint() + pathAndQuery;
  }

  /** Responds to the next requests to this path with these statuses, and to later ones with 200. */
  public void answers(String path, Integer... statuses) {
    answers.put(path, new ConcurrentLinkedQueue<>(List.of(statuses)));
  }

  /** Does not respond to requests to this path until it {@link #respondsAgain}. */
  public void doesNotRespond(String path) {
    silent.put(path, new CountDownLatch(1));
  }

  /** Responds to the requests to this path, also to those that still wait. */
  public void respondsAgain(String path) {
    CountDownLatch waiting = silent.remove(path);
    if (waiting != null) {
      waiting.countDown();
    }
  }

  /** The callbacks that arrived at this path. */
  public List<Received> received(String path) {
    return received.stream().filter(each -> each.path().equals(path)).toList();
  }

  private Answer answer(LoopbackServer.Received request) {
    String[] target = request.target().split("[?]", 2);
    received.add(
        new Received(
            request.method(),
            target[0],
            target.length == 1 ? "" : target[1],
            request.text(),
            request.headers()));
    CountDownLatch waiting = silent.get(target[0]);
    if (waiting != null) {
      try {
        waiting.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    Integer status = answers.getOrDefault(target[0], new ConcurrentLinkedQueue<>()).poll();
    return new Answer(status == null ? 200 : status, Map.of(), "OK");
  }

  @Override
  public void close() {
    silent.keySet().forEach(this::respondsAgain);
    server.close();
  }
}
