package com.natifico.postback.benchmarks.endtoend;

import com.natifico.postback.aws.testing.Meter.Bill;
import com.natifico.postback.aws.testing.Pipeline;
import com.natifico.postback.aws.testing.SqsEngine;
import com.natifico.postback.benchmarks.Figure;
import com.natifico.postback.benchmarks.conversion.Handler;
import com.natifico.postback.benchmarks.process.Allocation;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.testing.ScriptedTransport;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/**
 * Whether a conversion costs more when there is ten times as much of anything: other affiliates,
 * postbacks of the affiliate's other offers, deliveries in its log. Nothing is cached, so that what
 * is read is counted; calls and capacity units are exact.
 */
final class Growth {
  /** How much there is beside the conversion that is counted. */
  private record Size(int affiliates, int postbacks, int log) {}

  private static final Size USUAL = new Size(10, 20, 100);
  private static final String AFFILIATE = "77";
  private static final String OFFER = "1042";

  /** The limit of one scope; more belong to other offers. */
  private static final int PER_OFFER = 20;

  private final PrintStream out;

  Growth(PrintStream out) {
    this.out = out;
  }

  /** Of one conversion, from push to record. */
  private record Cost(int calls, double units, double bytes) {}

  List<Figure> measure() {
    out.printf("%-28s %8s %8s %14s%n", "one conversion, beside", "calls", "units", "bytes (warm)");
    Cost usual = row("as usual " + USUAL, USUAL);
    Cost affiliates =
        row("10x affiliates", new Size(10 * USUAL.affiliates(), USUAL.postbacks(), USUAL.log()));
    Cost postbacks =
        row("10x postbacks", new Size(USUAL.affiliates(), 10 * USUAL.postbacks(), USUAL.log()));
    Cost log = row("10x log", new Size(USUAL.affiliates(), USUAL.postbacks(), 10 * USUAL.log()));
    return java.util.stream.Stream.of(
            figures("affiliates", affiliates, usual),
            figures("postbacks", postbacks, usual),
            figures("log", log, usual))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Figure> figures(String of, Cost cost, Cost usual) {
    String name = "growth-10x-" + of + "-";
    return List.of(
        new Figure(name + "calls", cost.calls(), "calls", usual.calls(), 1),
        new Figure(name + "units", cost.units(), "units", usual.units(), 1),
        new Figure(name + "allocation", cost.bytes(), "bytes", usual.bytes(), 1.1));
  }

  private Cost row(String name, Size size) {
    Cost cost = cost(size);
    out.printf(
        Locale.ROOT, "%-28s %8d %8.1f %14.0f%n", name, cost.calls(), cost.units(), cost.bytes());
    return cost;
  }

  private static Cost cost(Size size) {
    Pipeline pipeline =
        new Pipeline(
            SqsEngine.shared(),
            Duration.ZERO,
            new ScriptedTransport(),
            RetrySchedule.parse("1m"),
            InstantSource.system());
    for (int affiliate = 0; affiliate < size.affiliates(); affiliate++) {
      String id = "other-" + affiliate;
      pipeline.givenPostbacks(id, OFFER, 1);
      pipeline.push(id, OFFER, "other", 1);
    }
    pipeline.givenPostbacks(AFFILIATE, OFFER, 1);
    for (int left = size.postbacks(); left > 0; left -= PER_OFFER) {
      pipeline.givenPostbacks(AFFILIATE, "other" + left, Math.min(left, PER_OFFER));
    }
    for (int left = size.log(); left > 0; left -= 100) {
      pipeline.push(AFFILIATE, OFFER, "log" + left, Math.min(left, 100));
    }
    pipeline.deliver();
    Bill accepting = pipeline.push(AFFILIATE, OFFER, "counted", 1);
    Bill sending = pipeline.deliver().bill();
    return new Cost(
        calls(accepting) + calls(sending), units(accepting) + units(sending), allocated(size));
  }

  /** Of the function alone, which has no part in the log. */
  private static double allocated(Size size) {
    Handler handler = new Handler();
    for (int affiliate = 0; affiliate < size.affiliates(); affiliate++) {
      handler.givenAffiliate("other-" + affiliate);
    }
    for (int postback = 0; postback < size.postbacks(); postback++) {
      handler.givenPostback(postback);
    }
    return Allocation.of(handler::single);
  }

  private static int calls(Bill bill) {
    return bill.calls().values().stream().mapToInt(Integer::intValue).sum();
  }

  private static double units(Bill bill) {
    return bill.writeUnits() + bill.readUnits();
  }
}
