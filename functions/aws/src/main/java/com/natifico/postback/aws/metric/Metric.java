package com.natifico.postback.aws.metric;

/** Everything that is measured, by its name in CloudWatch. */
public enum Metric {
  /** Conversion events that were accepted for the first time. */
  ACCEPTED("Accepted", Unit.COUNT),
  /** Repeats of accepted ones. */
  DUPLICATES("Duplicates", Unit.COUNT),
  /** Callbacks of the events that were accepted for the first time. */
  CALLBACKS("Callbacks", Unit.COUNT),
  /** Deliveries that their endpoint took. */
  DELIVERED("Delivered", Unit.COUNT),
  /** Attempts that failed and have another one behind them. */
  RETRIED("Retried", Unit.COUNT),
  /** Deliveries that failed for good. */
  FAILED("Failed", Unit.COUNT),
  /** Callbacks that were not sent because their postback is paused. */
  HELD("Held", Unit.COUNT),
  /** Attempts that the egress guard refused; they count as failed, too. */
  BLOCKED("Blocked", Unit.COUNT),
  /** Messages that were enqueued again because a store refused what they need. */
  BACKED_OFF("BackedOff", Unit.COUNT),
  /** Messages that were deferred because almost no endpoint can be reached. */
  EGRESS_DOWN("EgressDown", Unit.COUNT),
  /** From the claim of an event to the first attempt: our own part of the time. */
  ACCEPT_TO_FIRST_ATTEMPT("AcceptToFirstAttempt", Unit.MILLISECONDS),
  /** From the claim of an event to its delivery, all retries included. */
  ACCEPT_TO_DELIVERED("AcceptToDelivered", Unit.MILLISECONDS);

  /** CloudWatch's word for what a value is. */
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

  /** Whether each value counts by itself, and not their sum. */
  boolean isTime() {
    return unit == Unit.MILLISECONDS;
  }
}
