package com.natifico.postback.simulation;

import com.natifico.postback.access.KeyStore;
import com.natifico.postback.aws.testing.HttpCalls;
import com.natifico.postback.aws.testing.TimeLeft;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.DeadLetterQueue;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.postback.PostbackHealth;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.testing.InMemoryDeliveryLog;
import com.natifico.postback.testing.InMemoryEventStore;
import com.natifico.postback.testing.InMemoryKeyStore;
import com.natifico.postback.testing.InMemoryPostbackHealth;
import com.natifico.postback.testing.InMemoryPostbackStore;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** The simulated stack of template.yaml: the engines, the functions, and what connects them. */
final class Cloud {
  /** MessageRetentionPeriod of UnprocessedQueue and DeadLetterQueue, as in template.yaml. */
  private static final Duration OPERATOR_RETENTION = Duration.ofDays(14);

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
  final InMemoryPostbackHealth health = new InMemoryPostbackHealth(postbacks);
  final InMemoryEventStore events = new InMemoryEventStore();
  final InMemoryDeliveryLog log = new InMemoryDeliveryLog();
  final InMemoryKeyStore keys = new InMemoryKeyStore();
  final SimulatedQueue unprocessed;
  final SimulatedQueue callbacks;
  final SimulatedQueue retries;
  final SimulatedQueue deadLetters;

  private final Functions functions;
  private final Wiring wiring;
  private final long seed;
  private final SimulatedGateway conversionGateway;
  private final SimulatedGateway apiGateway;
  private final SimulatedMapping callbackMapping;
  private final SimulatedMapping retryMapping;
  private int workers;

  /**
   * @param traced whether to record a trace
   */
  Cloud(long seed, SimulationSettings settings, Faults faults, Wiring wiring, boolean traced) {
    this.seed = seed;
    this.settings = settings;
    this.wiring = wiring;
    trace = traced ? RunTrace.recording(clock) : RunTrace.disabled(clock);
    scheduler = new Scheduler(clock, random(1));
    trackers =
        new SimulatedTrackers(
            scheduler, clock, journal, trace, settings.conditions().unreachable());
    steps =
        new Steps(
            scheduler,
            journal,
            trace,
            trackers,
            step -> refusesSend(step) ? Fault.OUT_OF_SERVICE : faults.at(step),
            random(2),
            settings.stalls());
    index = new LaggingIndex(postbacks, clock, random(8), settings.conditions().indexLag());
    unprocessed = lastQueue("unprocessed", 3);
    callbacks = senderQueue("callbacks", 4);
    retries = senderQueue("retries", 5);
    deadLetters = lastQueue("letters", 6);
    functions = new Functions(scheduler, clock, settings, journal, trace, wiring::metrics);
    conversionGateway = gateway(FunctionName.CONVERSION, this::conversionEnvironment);
    apiGateway = gateway(FunctionName.API, this::apiEnvironment);
    callbackMapping = mapping(callbacks);
    retryMapping = mapping(retries);
    callbackMapping.start(settings.workers());
    retryMapping.start(settings.workers());
  }

  private boolean refusesSend(Step step) {
    return settings.conditions().unsent().covers(clock.instant()) && SENDS.contains(step.name());
  }

  private SimulatedQueue senderQueue(String name, int use) {
    return new SimulatedQueue(
        name,
        clock,
        random(use),
        settings.mishaps(),
        wiring.retention(),
        new SimulatedQueue.Redrive(unprocessed, wiring.maxReceiveCount()));
  }

  /** A queue from which only an operator takes messages. */
  private SimulatedQueue lastQueue(String name, int use) {
    return new SimulatedQueue(
        name, clock, random(use), SimulatedQueue.Mishaps.NONE, OPERATOR_RETENTION, null);
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

  private SimulatedGateway gateway(
      FunctionName function, Function<String, SimulatedGateway.Environment> environments) {
    return new SimulatedGateway(
        scheduler, clock, journal, wiring.observer(), function, environments);
  }

  private SimulatedMapping mapping(SimulatedQueue queue) {
    return new SimulatedMapping(
        scheduler,
        clock,
        journal,
        trace,
        queue,
        settings,
        wiring,
        name -> senderEnvironment(name, queue));
  }

  /** All ports, each call of which is a step of this worker. */
  Ports ports(Worker worker) {
    return new Ports(
        steps.of(PostbackStore.class, index, worker),
        steps.of(PostbackHealth.class, health, worker),
        steps.of(EventStore.class, events, worker),
        steps.of(DeliveryLog.class, log, worker),
        steps.of(KeyStore.class, keys, worker),
        steps.of(
            CallbackQueue.class,
            new SimulatedCallbackQueue(callbacks, clock, worker::passes),
            worker),
        steps.of(
            CallbackQueue.class,
            new SimulatedCallbackQueue(retries, clock, worker::passes),
            worker),
        steps.of(DeadLetterQueue.class, new SimulatedDeadLetterQueue(deadLetters), worker),
        steps.of(Transport.class, trackers.of(worker), worker),
        clock);
  }

  private long seedOfWorker() {
    return seed * 31 + ++workers;
  }

  private SimulatedMapping.Environment senderEnvironment(String name, SimulatedQueue queue) {
    Worker worker = new Worker(name);
    return new SimulatedMapping.Environment(
        worker,
        functions.sender(worker, wiring.sender(ports(worker)), seedOfWorker()),
        steps.of(SimulatedMapping.Acknowledging.class, queue::delete, worker));
  }

  private SimulatedGateway.Environment conversionEnvironment(String name) {
    Worker worker = new Worker(name);
    var function = functions.conversion(worker, wiring.conversion(ports(worker)), seedOfWorker());
    return new SimulatedGateway.Environment(
        worker, event -> function.handleRequest(event, TimeLeft.AMPLE), answering(worker));
  }

  private SimulatedGateway.Environment apiEnvironment(String name) {
    Worker worker = new Worker(name);
    var function = functions.api(worker, wiring.api(ports(worker)), seedOfWorker());
    return new SimulatedGateway.Environment(
        worker, event -> function.handleRequest(event, TimeLeft.AMPLE), answering(worker));
  }

  private SimulatedGateway.Answering answering(Worker worker) {
    return steps.of(
        SimulatedGateway.Answering.class, (caller, response) -> caller.set(response), worker);
  }
}
