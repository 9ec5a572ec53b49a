package com.natifico.postback.aws.metric;

/** All metrics, with their names in CloudWatch. */
public enum Metric {
  /** Conversion events that were accepted for the first time. */
  ACCEPTED("Accepted", Unit.COUNT),
  /** Repeats of accepted conversion events. */
  DUPLICATES("Duplicates", Unit.COUNT),
  /** Callbacks of the events that were accepted for the first time. */
  CALLBACKS("Callbacks", Unit.COUNT),
  /** Deliveries that their endpoint accepted. */
  DELIVERED("Delivered", Unit.COUNT),
  /** Failed attempts that are followed by another one. */
  RETRIED("Retried", Unit.COUNT),
  /** Deliveries that failed permanently. */
  FAILED("Failed", Unit.COUNT),
  /** Deliveries that their tracker refused according to an answer rule; also counted as failed. */
  REJECTED("Rejected", Unit.COUNT),
  /** Callbacks that were not sent because their postback is paused. */
  HELD("Held", Unit.COUNT),
  /** Postbacks that were paused, by the sender or by hand. */
  PAUSED("Paused", Unit.COUNT),
  /** Callbacks that were not sent because a newer event had already been attempted. */
  SUPERSEDED("Superseded", Unit.COUNT),
  /** Attempts that the egress guard blocked; they also count as failed. */
  BLOCKED("Blocked", Unit.COUNT),
  /** Messages that were enqueued again because a store was unavailable. */
  BACKED_OFF("BackedOff", Unit.COUNT),
  /** First attempts that were deferred because their endpoint times out, each counted once. */
  DEFERRED("Deferred", Unit.COUNT),
  /** Messages that were deferred because almost no endpoint can be reached. */
  EGRESS_DOWN("EgressDown", Unit.COUNT),
  /** Runs of the timer after which nothing was left to do. */
  TIMER_COMPLETED("TimerCompleted", Unit.COUNT),
  /** Retries that the timer enqueued when they were due. */
  WOKEN("Woken", Unit.COUNT),
  /** Retries that the timer enqueued again because they were overdue. */
  OVERDUE("Overdue", Unit.COUNT),
  /** The time from the claim of an event to the first attempt, which is under our control. */
  ACCEPT_TO_FIRST_ATTEMPT("AcceptToFirstAttempt", Unit.MILLISECONDS),
  /** The time from the claim of an event to its delivery, including all retries. */
  ACCEPT_TO_DELIVERED("AcceptToDelivered", Unit.MILLISECONDS);

  /** The unit of a value, as CloudWatch names it. */
  enum Unit {
    COUNT("Count"),
    MILLISECONDS("Milliseconds");

    final String word;

    Unit(String word) {
      this.word = word;
    }
  }

  private final String cloudWatchName;
  private final Unit unit;

  Metric(String cloudWatchName, Unit unit) {
    this.cloudWatchName = cloudWatchName;
    this.unit = unit;
  }

  public String cloudWatchName() {
    return cloudWatchName;
  }

  Unit unit() {
    return unit;
  }

  /** Whether values are reported individually and not as a sum. */
  boolean isTime() {
    return unit == Unit.MILLISECONDS;
  }
}
