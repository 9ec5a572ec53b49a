package com.natifico.postback.delivery;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a delivery, oldest first.
 *
 * @param scheduleStart how many attempts had been made when the current schedule began: 0, or more
 *     after a resend
 */
public record AttemptHistory(List<Attempt> attempts, int scheduleStart) {
  public static final AttemptHistory NONE = new AttemptHistory(List.of(), 0);

  public AttemptHistory {
    attempts = List.copyOf(attempts);
  }

  public int count() {
    return attempts.size();
  }

  /** How many attempts the current schedule has seen. */
  int countOfSchedule() {
    return count() - scheduleStart;
  }

  @Nullable Attempt last() {
    return attempts.isEmpty() ? null : attempts.getLast();
  }

  AttemptHistory with(Attempt attempt) {
    return new AttemptHistory(
        Stream.concat(attempts.stream(), Stream.of(attempt)).toList(), scheduleStart);
  }

  /** The same attempts, followed by a whole new schedule. */
  AttemptHistory restarted() {
    return new AttemptHistory(attempts, count());
  }
}
