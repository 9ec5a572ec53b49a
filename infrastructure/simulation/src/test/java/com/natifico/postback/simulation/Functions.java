package com.natifico.postback.simulation;

import com.natifico.postback.acceptance.Acceptance;
import com.natifico.postback.acceptance.EventDeliveries;
import com.natifico.postback.acceptance.Healing;
import com.natifico.postback.acceptance.TestConversions;
import com.natifico.postback.aws.metric.DeliveryReport;
import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.delivery.DeliveryObserver;
import com.natifico.postback.delivery.FollowUp;
import com.natifico.postback.delivery.HealthWatch;
import com.natifico.postback.delivery.Pacing;
import com.natifico.postback.delivery.RetryPolicy;
import com.natifico.postback.delivery.Sender;
import com.natifico.postback.delivery.SenderStores;
import com.natifico.postback.delivery.Timer;
import com.natifico.postback.directory.SeenAffiliates;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.functions.api.ApiFunction;
import com.natifico.postback.functions.api.Services;
import com.natifico.postback.functions.conversion.ConversionComposition;
import com.natifico.postback.functions.conversion.ConversionFunction;
import com.natifico.postback.functions.sender.SenderComposition;
import com.natifico.postback.functions.sender.SenderFunction;
import com.natifico.postback.functions.statistics.StatisticsComposition;
import com.natifico.postback.functions.statistics.StatisticsFunction;
import com.natifico.postback.functions.timer.TimerComposition;
import com.natifico.postback.functions.timer.TimerFunction;
import com.natifico.postback.postback.PostbackCache;
import com.natifico.postback.postback.PostbackReader;
import com.natifico.postback.postback.SecretCache;
import com.natifico.postback.push.RefusedPushes;
import com.natifico.postback.statistics.Statistics;
import com.natifico.postback.statistics.StatisticsStore;
import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Creates the functions on simulated ports. */
final class Functions {
  /** Longer than any run. */
  private static final Duration RETENTION = Duration.ofDays(90);

  private final Scheduler scheduler;
  private final SettableClock clock;
  private final SimulationSettings settings;
  private final Journal journal;
  private final RunTrace trace;
  private final Supplier<Metrics> metrics;

  /**
   * @param metrics the metrics of a new function
   */
  Functions(
      Scheduler scheduler,
      SettableClock clock,
      SimulationSettings settings,
      Journal journal,
      RunTrace trace,
      Supplier<Metrics> metrics) {
    this.scheduler = scheduler;
    this.clock = clock;
    this.settings = settings;
    this.journal = journal;
    this.trace = trace;
    this.metrics = metrics;
  }

  ConversionFunction conversion(Worker worker, Ports ports, long seed) {
    PostbackReader postbacks =
        new PostbackCache(ports.postbacks(), settings.postbackCache(), ports.clock());
    EventStore events =
        new SeenAffiliates(ports.affiliates(), ports.clock(), errors(worker)).of(ports.events());
    Acceptance acceptance =
        new Acceptance(
            events,
            postbacks,
            new Healing(ports.log(), postbacks, events, ports.clock()),
            ports.callbacks(),
            CooperativeThreads.concurrently(scheduler, clock),
            ports.clock());
    TestConversions testConversions =
        new TestConversions(
            acceptance,
            ports.events(),
            postbacks,
            new EventDeliveries(ports.log(), postbacks, ports.events()),
            ports.clock(),
            scheduler::pause,
            new Random(seed));
    return new ConversionFunction(
        new ConversionComposition(
            acceptance,
            testConversions,
            ports.limits(),
            new RefusedPushes(ports.pushes(), ports.clock(), new Random(seed), errors(worker)),
            metrics.get(),
            errors(worker)));
  }

  SenderFunction sender(Worker worker, Ports ports, RetryPolicy policy) {
    Metrics counted = metrics.get();
    HealthWatch health =
        new HealthWatch(ports.health(), ports.postbacks(), ports.log(), errors(worker));
    return new SenderFunction(
        new SenderComposition(
            new Sender(
                new SenderStores(
                    ports.log(),
                    new PostbackCache(ports.postbacks(), settings.postbackCache(), ports.clock()),
                    ports.events(),
                    new SecretCache(ports.secrets(), settings.postbackCache(), ports.clock())),
                ports.transport(),
                new FollowUp(ports.retries(), ports.letters(), health),
                policy,
                ports.clock(),
                // The report also writes a log line for each failed attempt.
                counted.equals(Metrics.NONE) ? DeliveryObserver.NONE : new DeliveryReport(counted),
                new Pacing(ports.paces(), scheduler::pause, errors(worker))),
            ports.visibility(),
            counted,
            () -> new CooperativeThreads(scheduler, clock, () -> journal.stopped(worker)),
            errors(worker)));
  }

  ApiFunction api(Worker worker, Ports ports, long seed) {
    return new ApiFunction(
        new Services(
            new Services.Stores(
                ports.postbacks(),
                ports.events(),
                ports.log(),
                new Services.KeyStores(ports.keys(), ports.signingKeys()),
                new Services.Calls(ports.limits(), ports.answers()),
                new Services.Overview(
                    ports.statistics(), ports.affiliates(), ports.troubles(), RETENTION),
                ports.pushes()),
            ports.callbacks(),
            new EgressGuard(List.of(), Set.of(80, 443)),
            ports.clock(),
            new Random(seed),
            () -> new CooperativeThreads(scheduler, clock, () -> {}),
            errors(worker)));
  }

  TimerFunction timer(TimerPorts ports) {
    return new TimerFunction(
        new TimerComposition(
            new Timer(ports.wakeUps(), ports.retries(), ports.clock()),
            metrics.get(),
            ports.clock()));
  }

  StatisticsFunction statistics(Worker worker, StatisticsStore store) {
    return new StatisticsFunction(new StatisticsComposition(new Statistics(store), errors(worker)));
  }

  private BiConsumer<String, Throwable> errors(Worker worker) {
    return (what, why) -> trace.add(worker, () -> "logs: " + what + " (" + why + ")");
  }
}
