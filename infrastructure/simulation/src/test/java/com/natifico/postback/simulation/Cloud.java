package com.natifico.postback.simulation;

import com.natifico.postback.access.KeyStore;
import com.natifico.postback.aws.sqs.MessageVisibility;
import com.natifico.postback.aws.testing.HttpCalls;
import com.natifico.postback.aws.testing.TimeLeft;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.DeadLetterQueue;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.LanedQueue;
import com.natifico.postback.delivery.RetryPolicy;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.delivery.WakeUps;
import com.natifico.postback.directory.AffiliateDirectory;
import com.natifico.postback.directory.TroubleIndex;
import com.natifico.postback.idempotency.FirstAnswers;
import com.natifico.postback.limit.CallLimits;
import com.natifico.postback.postback.PaceStore;
import com.natifico.postback.postback.PostbackHealth;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.SecretReader;
import com.natifico.postback.push.PushLog;
import com.natifico.postback.signature.SigningKeyStore;
import com.natifico.postback.statistics.StatisticsStore;
import com.natifico.postback.testing.InMemoryAffiliateDirectory;
import com.natifico.postback.testing.InMemoryCallLimits;
import com.natifico.postback.testing.InMemoryDeliveryLog;
import com.natifico.postback.testing.InMemoryEventStore;
import com.natifico.postback.testing.InMemoryFirstAnswers;
import com.natifico.postback.testing.InMemoryKeyStore;
import com.natifico.postback.testing.InMemoryPaceStore;
import com.natifico.postback.testing.InMemoryPostbackHealth;
import com.natifico.postback.testing.InMemoryPostbackStore;
import com.natifico.postback.testing.InMemoryPushLog;
import com.natifico.postback.testing.InMemorySigningKeyStore;
import com.natifico.postback.testing.InMemoryTroubleIndex;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** The simulated stack of template.yaml: the engines, the functions, and what connects them. */
final class Cloud {
  /** MessageRetentionPeriod of UnprocessedQueue and DeadLetterQueue, as in template.yaml. */
  private static final Duration OPERATOR_RETENTION = Duration.ofDays(14);

  /**
   * The shares of calls that a hot partition refuses; its reads and writes have separate limits.
   */
  private static final double REFUSED_READS = 0.2;

  private static final double REFUSED_WRITES = 0.8;

  /**
   * The shares of calls that tables refuse at three times their capacity, and at one and a half.
   */
  private static final double UNSCALED_WRITES = 2.0 / 3;

  private static final double UNSCALED_READS = 1.0 / 3;

  /** The steps that send messages to SQS. */
  private static final Set<String> SENDS = Set.of("CallbackQueue.send", "DeadLetterQueue.send");

  final SettableClock clock = new SettableClock(Samples.NOW);
  final RunTrace trace;
  final Journal journal = new Journal(clock);
  final Scheduler scheduler;
  final SimulatedTrackers trackers;
  final Steps steps;
  final SimulationSettings settings;

  final InMemoryPostbackStore postbacks = new InMemoryPostbackStore();
  private final LaggingIndex index;
  private final WakeIndex wakeUps;
  private final DeliveryLog table;
  final SimulatedStream stream;
  final InMemoryPostbackHealth health = new InMemoryPostbackHealth(postbacks);
  final InMemoryPaceStore paces = new InMemoryPaceStore(postbacks);
  final InMemoryEventStore events = new InMemoryEventStore();
  final Expirations expirations;
  final InMemoryDeliveryLog log;
  final InMemoryKeyStore keys = new InMemoryKeyStore();
  final InMemorySigningKeyStore signingKeys = new InMemorySigningKeyStore();
  final InMemoryPushLog pushes = new InMemoryPushLog();
  private final InMemoryCallLimits limits;
  private final InMemoryFirstAnswers answers;
  final InMemoryAffiliateDirectory affiliates = new InMemoryAffiliateDirectory();
  private final InMemoryTroubleIndex troubles;
  final SimulatedQueue unprocessed;
  final SimulatedQueue callbacks;
  final SimulatedQueue retries;
  final SimulatedQueue slow;
  final SimulatedQueue deadLetters;

  private final Functions functions;
  private final Wiring wiring;
  private final long seed;
  private final SimulatedGateway conversionGateway;
  private final SimulatedGateway apiGateway;
  private final SimulatedMapping callbackMapping;
  private final SimulatedMapping retryMapping;
  private final SimulatedMapping slowMapping;
  private final Random clocks;
  private final Random hotKey;
  private final Random unscaled;
  private final Random upgrade;
  private final SimulatedSchedule schedule;
  private int workers;

  /**
   * @param traced whether to record a trace
   */
  Cloud(long seed, SimulationSettings settings, Faults faults, Wiring wiring, boolean traced) {
    this.seed = seed;
    this.settings = settings;
    this.wiring = wiring;
    clocks = random(9);
    hotKey = random(10);
    unscaled = random(18);
    upgrade = random(15);
    expirations = new Expirations(wiring::expiry, random(14));
    log = new InMemoryDeliveryLog(clock, expirations);
    trace = traced ? RunTrace.recording(clock) : RunTrace.disabled(clock);
    scheduler = new Scheduler(clock, random(1));
    limits = new InMemoryCallLimits(clock);
    answers = new InMemoryFirstAnswers(clock);
    troubles = new InMemoryTroubleIndex(postbacks, health);
    trackers =
        new SimulatedTrackers(
            scheduler, clock, journal, trace, settings.conditions().window(Outage.UNREACHABLE));
    steps =
        new Steps(
            scheduler,
            journal,
            trace,
            trackers,
            step -> refused(step, faults),
            random(2),
            settings.stalls());
    index =
        new LaggingIndex(
            postbacks, clock, random(8), settings.conditions().maximum(Bound.INDEX_LAG));
    Scheduler.Signal waking = scheduler.signal();
    wakeUps =
        new WakeIndex(
            log, clock, random(13), settings.conditions().maximum(Bound.INDEX_LAG), waking::raise);
    stream = new SimulatedStream(random(16));
    table = stream.of(wakeUps.table());
    unprocessed = lastQueue("unprocessed", 3);
    callbacks = senderQueue("callbacks", 4);
    retries = senderQueue("retries", 5);
    slow = senderQueue("slow", 16);
    deadLetters = lastQueue("letters", 6);
    functions = new Functions(scheduler, clock, settings, journal, trace, wiring::metrics);
    conversionGateway = gateway(FunctionName.CONVERSION, this::conversionEnvironment);
    apiGateway = gateway(FunctionName.API, this::apiEnvironment);
    callbackMapping = mapping(callbacks, 11);
    retryMapping = mapping(retries, 12);
    slowMapping = mapping(slow, 17);
    callbackMapping.start(settings.workers());
    retryMapping.start(settings.workers());
    slowMapping.start(settings.workers());
    schedule = new SimulatedSchedule(this, wiring, wakeUps, waking, this::timerEnvironment);
    schedule.start();
  }

  private Fault refused(Step step, Faults faults) {
    Conditions conditions = settings.conditions();
    Instant now = clock.instant();
    if (conditions.has(Outage.UNSENT, now) && SENDS.contains(step.name())) {
      return Fault.OUT_OF_SERVICE;
    }
    if (conditions.has(Outage.UNSTORED, now) && step.isOfDynamoDb()) {
      return Fault.OUT_OF_SERVICE;
    }
    if (conditions.has(Outage.HOT_KEY, now)
        && step.isAbout(Conditions.HOT_AFFILIATE)
        && hotKey.nextDouble() < (step.isWrite() ? REFUSED_WRITES : REFUSED_READS)) {
      return Fault.REFUSED;
    }
    if (conditions.has(Outage.UNSCALED, now)
        && step.isOfConversions()
        && unscaled.nextDouble() < (step.isWrite() ? UNSCALED_WRITES : UNSCALED_READS)) {
      return Fault.REFUSED;
    }
    return faults.at(step);
  }

  private SimulatedQueue senderQueue(String name, int use) {
    return new SimulatedQueue(
        name,
        clock,
        random(use),
        settings.mishaps(),
        wiring.visibilityTimeout(),
        wiring.retention(),
        new SimulatedQueue.Redrive(unprocessed, wiring.maxReceiveCount()));
  }

  /** A queue from which only an operator takes messages. */
  private SimulatedQueue lastQueue(String name, int use) {
    return new SimulatedQueue(
        name,
        clock,
        random(use),
        SimulatedQueue.Mishaps.NONE,
        SimulatedQueue.VISIBILITY_TIMEOUT,
        OPERATOR_RETENTION,
        null);
  }

  /** A separate random sequence for each use, so that one does not shift another. */
  Random random(int use) {
    return new Random(seed * 1_000_003L + use * 7_919L);
  }

  /** The conversion function's routes. */
  HttpCalls conversions() {
    return conversionGateway.calls();
  }

  /** The API's routes. */
  HttpCalls api() {
    return apiGateway.calls();
  }

  /** Disables the mapping of CallbackQueue. */
  void stopFirstAttempts() {
    callbackMapping.disable();
  }

  /** Disables the mapping of RetryQueue. */
  void stopRetries() {
    retryMapping.disable();
  }

  /** Disables the mapping of SlowQueue. */
  void stopSlowEndpoints() {
    slowMapping.disable();
  }

  /** Disables the schedule of the timer. */
  void stopTimer() {
    schedule.disable();
  }

  private SimulatedGateway gateway(
      FunctionName function, Function<String, SimulatedGateway.Environment> environments) {
    return new SimulatedGateway(
        scheduler, clock, journal, wiring, function, environments, this::invoked);
  }

  private SimulatedMapping mapping(SimulatedQueue queue, int use) {
    return new SimulatedMapping(
        scheduler,
        clock,
        journal,
        trace,
        queue,
        random(use),
        settings,
        wiring,
        (name, version) -> senderEnvironment(name, queue, version),
        this::invoked);
  }

  /** All ports, each call of which is a step of this worker. */
  Ports ports(Worker worker) {
    InstantSource clockOfWorker = worker.clock(clock);
    CallbackQueue slowLane = queue(slow, clockOfWorker, worker);
    return new Ports(
        steps.of(PostbackStore.class, index, worker),
        steps.of(PostbackHealth.class, health, worker),
        steps.of(SecretReader.class, postbacks, worker),
        steps.of(PaceStore.class, paces, worker),
        steps.of(EventStore.class, events, worker),
        steps.of(DeliveryLog.class, table, worker),
        steps.of(KeyStore.class, keys, worker),
        steps.of(CallLimits.class, limits, worker),
        steps.of(FirstAnswers.class, answers, worker),
        steps.of(AffiliateDirectory.class, affiliates, worker),
        steps.of(TroubleIndex.class, troubles, worker),
        steps.of(StatisticsStore.class, stream.counters(), worker),
        steps.of(SigningKeyStore.class, signingKeys, worker),
        steps.of(PushLog.class, pushes, worker),
        new LanedQueue(queue(callbacks, clockOfWorker, worker), slowLane),
        new LanedQueue(queue(retries, clockOfWorker, worker), slowLane),
        steps.of(DeadLetterQueue.class, new SimulatedDeadLetterQueue(deadLetters), worker),
        steps.of(MessageVisibility.class, this::hide, worker),
        steps.of(Transport.class, trackers.of(worker), worker),
        clockOfWorker);
  }

  private void hide(String queueArn, String receiptHandle, Duration time) {
    for (SimulatedQueue queue : List.of(callbacks, retries, slow)) {
      if (queue.toString().equals(queueArn)) {
        queue.hide(receiptHandle, time);
      }
    }
  }

  private CallbackQueue queue(SimulatedQueue queue, InstantSource clockOfWorker, Worker worker) {
    return steps.of(
        CallbackQueue.class,
        new SimulatedCallbackQueue(queue, clockOfWorker, worker::passes),
        worker);
  }

  private Worker worker(String name) {
    long maximum = wiring.clockSkew(settings.conditions().maximum(Bound.CLOCK_SKEW)).toMillis();
    return new Worker(
        name,
        maximum == 0 ? Duration.ZERO : Duration.ofMillis(clocks.nextLong(-maximum, maximum + 1)));
  }

  /** The ports of the timer. */
  TimerPorts timerPorts(Worker worker) {
    return new TimerPorts(
        steps.of(WakeUps.class, wakeUps, worker),
        steps.of(CallbackQueue.class, new SimulatedCallbackQueue(retries, clock, () -> 0), worker),
        clock);
  }

  private SimulatedSchedule.Environment timerEnvironment(String name) {
    Worker worker = worker(name);
    return new SimulatedSchedule.Environment(
        worker, functions.timer(wiring.timer(timerPorts(worker))));
  }

  /** Counts all changes of the log. Nothing else of a run depends on the counters. */
  void count(double kills, double refusals) {
    stream.count(
        kills, refusals, wiring, store -> functions.statistics(new Worker("statistics"), store));
  }

  private long seedOfWorker() {
    return seed * 31 + ++workers;
  }

  private Version invoked() {
    return Version.invoked(settings.conditions(), clock.instant(), upgrade);
  }

  private SimulatedMapping.Environment senderEnvironment(
      String name, SimulatedQueue queue, Version version) {
    Worker worker = worker(name);
    RetryPolicy policy =
        new RetryPolicy(
            version.schedule(settings.schedule(), wiring.waitsOfNextVersion()),
            new Random(seedOfWorker()));
    return new SimulatedMapping.Environment(
        worker,
        functions.sender(worker, wiring.sender(ports(worker)), policy),
        steps.of(SimulatedMapping.Acknowledging.class, queue::delete, worker));
  }

  private SimulatedGateway.Environment conversionEnvironment(String name) {
    Worker worker = worker(name);
    var function = functions.conversion(worker, wiring.conversion(ports(worker)), seedOfWorker());
    return new SimulatedGateway.Environment(
        worker, event -> function.handleRequest(event, TimeLeft.AMPLE), answering(worker));
  }

  private SimulatedGateway.Environment apiEnvironment(String name) {
    Worker worker = worker(name);
    var function = functions.api(worker, wiring.api(ports(worker)), seedOfWorker());
    return new SimulatedGateway.Environment(
        worker, event -> function.handleRequest(event, TimeLeft.AMPLE), answering(worker));
  }

  private SimulatedGateway.Answering answering(Worker worker) {
    return steps.of(
        SimulatedGateway.Answering.class, (caller, response) -> caller.set(response), worker);
  }
}
