package com.natifico.postback.endtoend.kills;

import com.natifico.postback.local.server.LoopbackServer;
import com.natifico.postback.local.server.LoopbackServer.Answer;
import com.natifico.postback.local.server.LoopbackServer.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The affiliates' endpoints, each on a separate port; they keep running through every kill. */
final class KillTrackers implements AutoCloseable {
  /** Longer than an attempt may take. */
  private static final int HANG_SECONDS = 15;

  private static final int FAILURES_BEFORE_RECOVERY = 2;

  /**
   * The requests of a delivery.
   *
   * @param requests all requests
   * @param taken requests that got a 2xx response
   */
  record Seen(int requests, int taken) {
    static final Seen NOTHING = new Seen(0, 0);
  }

  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private final List<LoopbackServer> servers = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  KillTrackers(List<Behaviour> endpoints) {
    for (Behaviour behaviour : endpoints) {
      servers.add(LoopbackServer.answering(request -> answer(behaviour, request)));
    }
  }

  int port(int endpoint) {
    return servers.get(endpoint).port();
  }

  /** The requests by delivery id. */
  Map<String, Seen> seen() {
    return Map.copyOf(seen);
  }

  private Answer answer(Behaviour behaviour, Received request) throws InterruptedException {
    String id = request.header("webhook-id");
    return switch (behaviour) {
      case WELL -> answer(id, Answer.of(204));
      case GONE -> answer(id, Answer.of(410));
      case HANGING -> {
        Answer none = answer(id, Answer.NONE);
        closed.await(HANG_SECONDS, TimeUnit.SECONDS);
        yield none;
      }
      case RECOVERING -> {
        int before = seen.getOrDefault(id, Seen.NOTHING).requests();
        if (before >= FAILURES_BEFORE_RECOVERY) {
          yield answer(id, Answer.of(200));
        }
        yield Math.floorMod(id.hashCode() + before, 3) == 0
            ? answer(id, Answer.NONE)
            // Without Retry-After, which would limit the requests to a few a second.
            : answer(id, Answer.of(before == 0 ? 503 : 500));
      }
    };
  }

  /**
   * Counts before responding, because the tracker has received the request even if the response is
   * lost.
   */
  private Answer answer(String id, Answer answer) {
    boolean taken = answer.status() >= 200 && answer.status() < 300;
    seen.merge(
        id,
        new Seen(1, taken ? 1 : 0),
        (a, b) -> new Seen(a.requests() + b.requests(), a.taken() + b.taken()));
    return answer;
  }

  @Override
  public void close() {
    closed.countDown();
    servers.forEach(LoopbackServer::close);
  }
}
