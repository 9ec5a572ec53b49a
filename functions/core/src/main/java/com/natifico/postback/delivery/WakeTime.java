package com.natifico.postback.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When the {@link Timer} looks at a retrying row for the first time.
 *
 * <p>A long wait has no message: the timer wakes the row when the attempt is due. During a short
 * wait, the timer only checks that the message was not lost. Consecutive short waits share one
 * check time, because changing it costs two write units of the index.
 */
final class WakeTime {
  /**
   * The longest wait that is a message: the 15 minutes of the default schedule with their jitter.
   * SQS delays a message by at most 15 minutes, so it is enqueued twice.
   */
  static final Duration MAX_QUEUED = Duration.ofMinutes(18);

  /** When a row whose message is in the queue is checked. */
  private static final Duration CHECK_AFTER = Duration.ofMinutes(5);

  private WakeTime() {}

  /**
   * @param current of the row before; null if it had none
   */
  static Instant of(Instant nextAttemptAt, @Nullable Instant current, Instant now) {
    if (nextAttemptAt.isAfter(now.plus(MAX_QUEUED))) {
      return nextAttemptAt;
    }
    Instant usual = now.plus(CHECK_AFTER);
    if (current == null || current.isAfter(usual) || current.equals(nextAttemptAt)) {
      return usual;
    }
    Instant due = nextAttemptAt.isAfter(now) ? nextAttemptAt : now;
    boolean isCovered = !due.plus(Timer.OVERDUE_AFTER).isAfter(current.plus(Timer.OFTEN_UNTIL));
    return isCovered ? current : usual;
  }
}
