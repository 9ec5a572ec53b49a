package com.natifico.postback.delivery;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a delivery. If there are many, only the first and the last are kept, so that the
 * row stays below the 400 KB of a DynamoDB item and a dead-letter message below the 1 MiB of SQS,
 * whatever the endpoint returns.
 *
 * @param attempts the attempts that are kept, oldest first
 * @param count the number of attempts made
 * @param scheduleStart how many had been made when the current schedule started: 0, or more after a
 *     resend
 * @param reason why the current schedule is followed
 * @param webhookId that of the next request
 */
public record AttemptHistory(
    List<Attempt> attempts, int count, int scheduleStart, SendReason reason, WebhookId webhookId) {
  /** The number of attempts of the default schedule. */
  static final int FIRST_KEPT = 8;

  static final int LAST_KEPT = 24;

  /** The limit of attempts of one delivery, including resends. */
  public static final int MAX_ATTEMPTS = 200;

  public static final AttemptHistory NONE = of(List.of(), 0);

  public AttemptHistory {
    attempts = List.copyOf(attempts);
    if (count < attempts.size()) {
      throw new IllegalArgumentException("fewer attempts than are kept");
    }
  }

  /** A history whose attempts are all kept. */
  public static AttemptHistory of(List<Attempt> attempts, int scheduleStart) {
    return new AttemptHistory(
        attempts, attempts.size(), scheduleStart, SendReason.USUAL, new WebhookId.OfDelivery());
  }

  /** The number of attempts that are not kept. */
  public int omitted() {
    return count - attempts.size();
  }

  /** The number of attempts in the current schedule. */
  int countOfSchedule() {
    return count - scheduleStart;
  }

  /** Whether no further attempt may be made, not even by a resend. */
  boolean isExhausted() {
    return count >= MAX_ATTEMPTS;
  }

  @Nullable Attempt last() {
    return attempts.isEmpty() ? null : attempts.getLast();
  }

  AttemptHistory with(Attempt attempt) {
    List<Attempt> kept = new ArrayList<>(attempts);
    kept.add(attempt);
    while (kept.size() > FIRST_KEPT + LAST_KEPT) {
      kept.remove(FIRST_KEPT);
    }
    return new AttemptHistory(kept, count + 1, scheduleStart, reason, webhookId);
  }

  /** This history with one more attempt, which does not count for the schedule. */
  AttemptHistory withUncounted(Attempt attempt) {
    AttemptHistory with = with(attempt);
    return new AttemptHistory(with.attempts, with.count, scheduleStart + 1, reason, webhookId);
  }

  /**
   * The same attempts, followed by a complete new schedule.
   *
   * @param revision the revision of the row with the result
   */
  AttemptHistory restarted(Resend.Mode mode, int revision) {
    return new AttemptHistory(
        attempts,
        count,
        count,
        mode == Resend.Mode.WITH_OTHERS ? SendReason.USUAL : SendReason.BY_HAND,
        mode == Resend.Mode.FORCED ? new WebhookId.Forced(revision) : webhookId);
  }
}
