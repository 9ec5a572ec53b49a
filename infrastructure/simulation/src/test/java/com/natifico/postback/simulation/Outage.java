package com.natifico.postback.simulation;

/** What AWS or the network refuses to the stack for a time. */
enum Outage {
  /** Lambda does not invoke the sender, because the account's concurrency is used up. */
  THROTTLED,
  /** The event source mappings are disabled, so that nothing reads the queues. */
  UNPOLLED,
  /** SQS refuses all messages; those that it has can be received. */
  UNSENT,
  /** DynamoDB refuses all calls. */
  UNSTORED,
  /** No endpoint can be reached, because the stack's own network fails. */
  UNREACHABLE,
  /** The schedule does not invoke the timer. */
  TIMER_STOPPED,
  /** A new version of the functions is deployed, and invocations reach it or the old one. */
  UPGRADING,
  /** DynamoDB refuses most calls of one affiliate's partition key, and serves all others. */
  HOT_KEY,
  /**
   * The load of provisioned tables has jumped, and their scaling has not followed yet: DynamoDB
   * refuses a share of all calls of the tables of conversions.
   */
  UNSCALED
}
