package com.natifico.postback.benchmarks.cost;

import com.natifico.postback.aws.testing.Meter.Bill;

/**
 * The AWS usage of one conversion, counted and measured.
 *
 * @param httpRequests the requests at the gateway
 * @param accepting the requests and capacity from the push to the response
 * @param sending the requests and capacity of its callbacks, including the record and its
 *     consequences
 * @param messages the messages that pass through queues; each is also received and deleted
 */
record Counted(double httpRequests, Consumed accepting, Consumed sending, double messages) {

  /** Billed calls. */
  record Consumed(double writeUnits, double readUnits, double sends) {
    static Consumed of(Bill bill, double conversions) {
      return new Consumed(
          bill.writeUnits() / conversions,
          bill.readUnits() / conversions,
          (bill.calls("SendMessageBatch") + bill.calls("SendMessage")) / conversions);
    }

    Consumed plus(Consumed other) {
      return new Consumed(
          writeUnits + other.writeUnits, readUnits + other.readUnits, sends + other.sends);
    }

    Consumed times(double factor) {
      return new Consumed(writeUnits * factor, readUnits * factor, sends * factor);
    }
  }

  /** This usage plus a share of an additional usage. */
  Counted plus(double share, Consumed more, double moreMessages) {
    return new Counted(
        httpRequests, accepting, sending.plus(more.times(share)), messages + share * moreMessages);
  }
}
