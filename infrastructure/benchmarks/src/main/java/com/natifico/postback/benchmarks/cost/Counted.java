package com.natifico.postback.benchmarks.cost;

import com.natifico.postback.aws.testing.Meter.Bill;

/**
 * What one conversion asks of AWS, counted and measured.
 *
 * @param httpRequests at the gateway
 * @param accepting requests and capacity from the push to the answer
 * @param sending the same of its callbacks, up to the record and what follows from it
 * @param messages that pass through queues: each is received and deleted as well
 */
record Counted(double httpRequests, Consumed accepting, Consumed sending, double messages) {

  /** Calls that are paid for. */
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

  /** Both ways in these shares: the other one is additional. */
  Counted plus(double share, Consumed more, double moreMessages) {
    return new Counted(
        httpRequests,
        accepting,
        sending.plus(more.times(share)),
        messages + share * moreMessages);
  }
}
