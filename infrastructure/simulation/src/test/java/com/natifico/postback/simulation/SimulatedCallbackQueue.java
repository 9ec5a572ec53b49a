package com.natifico.postback.simulation;

import com.natifico.postback.aws.sqs.CallbackMessageCodec;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/** The port on a simulated queue, with the message format of a real one. */
final class SimulatedCallbackQueue implements CallbackQueue {
  private static final Duration MAX_DELAY = Duration.ofMinutes(15);

  private final SimulatedQueue queue;
  private final InstantSource clock;
  private final IntSupplier passes;

  /**
   * @param passes the passes of the sending invocation
   */
  SimulatedCallbackQueue(SimulatedQueue queue, InstantSource clock, IntSupplier passes) {
    this.queue = queue;
    this.clock = clock;
    this.passes = passes;
  }

  @Override
  public Set<String> send(List<CallbackMessage> messages) {
    messages.forEach(
        message ->
            queue.send(
                CallbackMessageCodec.encode(message), delay(message.dueAt()), passes.getAsInt()));
    return Set.of();
  }

  /** The delay in whole seconds, as in SQS. */
  private Duration delay(Instant dueAt) {
    Instant now = clock.instant();
    if (!dueAt.isAfter(now)) {
      return Duration.ZERO;
    }
    Duration wait =
        Duration.ofSeconds(Duration.between(now, dueAt).plusNanos(999_999_999).toSeconds());
    return wait.compareTo(MAX_DELAY) < 0 ? wait : MAX_DELAY;
  }
}
