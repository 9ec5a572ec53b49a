package com.natifico.postback.functions.sender.http;

import com.natifico.postback.delivery.Attempt.Latency;
import java.util.EnumMap;
import java.util.Map;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * How far an attempt has got, and how long each stage took. Written by the thread that makes the
 * attempt; only the end of the time is signalled by another thread.
 */
final class Progress {
  /** In chronological order; a kept-alive connection skips from the first to the fifth. */
  enum Stage {
    WAITING,
    DNS,
    CONNECT,
    TLS,
    RESPONSE,
    BODY
  }

  /** The attribute of the HTTP context that holds an attempt's progress. */
  static final String ATTRIBUTE = "postback.progress";

  private final AttemptTime time;
  private final long start;
  private long stageStart;
  private Stage stage = Stage.WAITING;
  private final Map<Stage, Integer> stageMs = new EnumMap<>(Stage.class);

  private volatile boolean expired;
  private boolean ended;
  private @Nullable ConnectionEndpoint endpoint;
  private boolean repeated;

  Progress(AttemptTime time) {
    this.time = time;
    this.start = time.nanoTime();
    this.stageStart = start;
  }

  void enter(Stage next) {
    long now = time.nanoTime();
    stageMs.put(stage, millis(now - stageStart));
    stage = next;
    stageStart = now;
  }

  /** Restarts the stages for a repeated request; the time of the attempt continues. */
  void repeat() {
    stageMs.clear();
    stage = Stage.WAITING;
    stageStart = time.nanoTime();
    repeated = true;
  }

  boolean isRepeated() {
    return repeated;
  }

  Stage stage() {
    return stage;
  }

  /** The rest of a budget that started with the attempt, in nanoseconds; may be negative. */
  long remaining(long budgetNanos) {
    return budgetNanos - (time.nanoTime() - start);
  }

  /** Sets the connection that is closed when the time ends. */
  synchronized void watch(ConnectionEndpoint leased) {
    endpoint = leased;
    if (expired) {
      leased.close(CloseMode.IMMEDIATE);
    }
  }

  /** Ends the time: closes the connection, whatever its state. */
  synchronized void expire() {
    if (!ended) {
      expired = true;
      if (endpoint != null) {
        endpoint.close(CloseMode.IMMEDIATE);
      }
    }
  }

  /** Ends the attempt; its connection is no longer closed. */
  synchronized void end() {
    ended = true;
  }

  /** Whether the time has run out. */
  boolean isExpired() {
    return expired;
  }

  /**
   * The durations of the stages. A stage that failed is included; a first byte that did not arrive
   * is not.
   */
  Latency latency() {
    long now = time.nanoTime();
    if (stage != Stage.RESPONSE) {
      stageMs.put(stage, millis(now - stageStart));
    }
    return new Latency(
        stageMs.get(Stage.DNS),
        stageMs.get(Stage.CONNECT),
        stageMs.get(Stage.TLS),
        stageMs.get(Stage.RESPONSE),
        millis(now - start));
  }

  private static int millis(long nanos) {
    return (int) (nanos / 1_000_000);
  }
}
