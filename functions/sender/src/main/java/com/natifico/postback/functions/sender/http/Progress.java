package com.natifico.postback.functions.sender.http;

import com.natifico.postback.delivery.Attempt.Latency;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * How far an attempt has come, and how long each stage took. Written by the thread that makes the
 * attempt; only the end of the time comes from another one.
 */
final class Progress {
  /** In the order in which they come; a kept-alive connection goes from the first to the fifth. */
  enum Stage {
    WAITING,
    DNS,
    CONNECT,
    TLS,
    RESPONSE,
    BODY
  }

  /** Under which an attempt's progress stands in its HTTP context. */
  static final String ATTRIBUTE = "postback.progress";

  private final LongSupplier nanoTime;
  private final long start;
  private long stageStart;
  private Stage stage = Stage.WAITING;
  private final Map<Stage, Integer> stageMs = new EnumMap<>(Stage.class);

  private volatile boolean expired;
  private boolean ended;
  private @Nullable ConnectionEndpoint endpoint;
  private boolean repeated;

  Progress(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.stageStart = start;
  }

  void enter(Stage next) {
    long now = nanoTime.getAsLong();
    stageMs.put(stage, millis(now - stageStart));
    stage = next;
    stageStart = now;
  }

  /** The request is made again: the stages begin anew, and the attempt's time goes on. */
  void repeat() {
    stageMs.clear();
    stage = Stage.WAITING;
    stageStart = nanoTime.getAsLong();
    repeated = true;
  }

  boolean isRepeated() {
    return repeated;
  }

  Stage stage() {
    return stage;
  }

  /** How much of a budget that began with the attempt is left, in nanoseconds; may be negative. */
  long remaining(long budgetNanos) {
    return budgetNanos - (nanoTime.getAsLong() - start);
  }

  /** From now on the end of the time closes this connection. */
  synchronized void watch(ConnectionEndpoint leased) {
    endpoint = leased;
    if (expired) {
      leased.close(CloseMode.IMMEDIATE);
    }
  }

  /** Ends the time: closes the connection, whatever is going on in it. */
  synchronized void expire() {
    if (!ended) {
      expired = true;
      if (endpoint != null) {
        endpoint.close(CloseMode.IMMEDIATE);
      }
    }
  }

  /** The connection is no longer this attempt's and is left alone. */
  synchronized void end() {
    ended = true;
  }

  /** Whether the time has run out. */
  boolean isExpired() {
    return expired;
  }

  /**
   * The stage that failed is counted with the time it took; a first byte that never came is not.
   */
  Latency latency() {
    long now = nanoTime.getAsLong();
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
