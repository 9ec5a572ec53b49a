package com.natifico.postback.simulation;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.natifico.postback.Unavailable;
import com.natifico.postback.aws.sqs.CallbackMessageCodec;
import com.natifico.postback.aws.testing.TimeLeft;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.functions.sender.SenderFunction;
import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * An event source mapping: passes a queue's messages to senders and deletes those that were
 * processed. A killed sender is replaced by a new one without its memory.
 */
final class SimulatedMapping {
  /** As in template.yaml. */
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  /**
   * How often Lambda invokes a function in one chain that passes through SQS, unless the function
   * allows more (docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html: about 16).
   */
  private static final int MAX_PASSES = 16;

  private final Scheduler scheduler;
  private final SettableClock clock;
  private final Journal journal;
  private final RunTrace trace;
  private final SimulatedQueue queue;
  private final RandomGenerator random;
  private final int batchSize;
  private final Conditions conditions;
  private final Wiring wiring;
  private final BiFunction<String, Version, Environment> environments;
  private final Supplier<Version> version;
  private final Scheduler.Signal arrival;
  private boolean disabled;

  /** A running sender. */
  record Environment(Worker worker, SenderFunction function, Acknowledging acknowledging) {}

  /** The last side effect of processing a message. */
  @FunctionalInterface
  interface Acknowledging {
    void acknowledge(String messageId);
  }

  /**
   * @param environments starts a sender of this version with this name
   * @param version the version that a batch reaches now
   */
  SimulatedMapping(
      Scheduler scheduler,
      SettableClock clock,
      Journal journal,
      RunTrace trace,
      SimulatedQueue queue,
      RandomGenerator random,
      SimulationSettings settings,
      Wiring wiring,
      BiFunction<String, Version, Environment> environments,
      Supplier<Version> version) {
    this.version = version;
    this.scheduler = scheduler;
    this.clock = clock;
    this.journal = journal;
    this.trace = trace;
    this.queue = queue;
    this.random = random;
    this.batchSize = settings.batchSize();
    this.conditions = settings.conditions();
    this.wiring = wiring;
    this.environments = environments;
    this.arrival = scheduler.signal();
    queue.onArrival(arrival::raise);
  }

  /** Starts polling with this number of concurrent senders. */
  void start(int senders) {
    for (int i = 1; i <= senders; i++) {
      String name = queue + "-" + i;
      scheduler.spawn(null, () -> poll(name));
    }
  }

  /** No message is received from now on. */
  void disable() {
    disabled = true;
  }

  private void poll(String name) {
    Map<Version, Environment> running = new EnumMap<>(Version.class);
    int generation = 0;
    while (true) {
      if (conditions.has(Outage.UNPOLLED, clock.instant())) {
        scheduler.pause(
            Duration.between(clock.instant(), conditions.window(Outage.UNPOLLED).until()));
      }
      if (disabled) {
        scheduler.await(arrival, null);
        continue;
      }
      List<SimulatedQueue.Received> batch = invocable(queue.receive(batchSize));
      Instant receivedAt = clock.instant();
      if (batch.isEmpty()) {
        scheduler.await(arrival, queue.nextVisibleAt());
        continue;
      }
      if (conditions.has(Outage.THROTTLED, clock.instant())) {
        // The batch is visible again after the visibility timeout, and this counts as a receive.
        wiring.observer().throttled(FunctionName.SENDER);
        trace.add("lambda", () -> "is throttled and puts " + batch.size() + " messages back");
        continue;
      }
      if (conditions.maximum(Bound.LATE_START).isPositive()) {
        scheduler.pause(lateStart());
      }
      Version invoked = version.get();
      Environment environment = running.get(invoked);
      if (environment == null || !environment.worker().isAlive()) {
        generation++;
        String worker = generation == 1 ? name : name + "." + generation;
        environment = environments.apply(worker, invoked);
        running.put(invoked, environment);
      }
      invoke(environment, batch, receivedAt);
    }
  }

  /** Filters out the messages that Lambda takes for an endless loop and drops. */
  private List<SimulatedQueue.Received> invocable(List<SimulatedQueue.Received> received) {
    if (wiring.allowsRecursion()) {
      return received;
    }
    List<SimulatedQueue.Received> batch = new ArrayList<>();
    for (SimulatedQueue.Received message : received) {
      if (message.passes() < MAX_PASSES) {
        batch.add(message);
      } else {
        queue.delete(message.messageId());
        wiring.observer().recursionStopped(FunctionName.SENDER);
        trace.add("lambda", () -> "drops " + message.messageId() + " as an endless loop");
      }
    }
    return batch;
  }

  /** Most batches start at once. */
  private Duration lateStart() {
    long maximum = conditions.maximum(Bound.LATE_START).toMillis();
    return Duration.ofMillis(random.nextInt(3) == 0 ? random.nextLong(maximum + 1) : 0);
  }

  private void invoke(
      Environment environment, List<SimulatedQueue.Received> batch, Instant receivedAt) {
    Worker worker = environment.worker();
    batch.forEach(message -> handOut(worker, message, receivedAt));
    worker.comesAfter(batch.stream().mapToInt(SimulatedQueue.Received::passes).max().orElse(0));
    Instant deadline = clock.instant().plus(TIMEOUT);
    worker.mustEndBy(deadline);
    var context = new TimeLeft(() -> (int) Duration.between(clock.instant(), deadline).toMillis());
    Scheduler.Task task = scheduler.current();
    task.runsIn(worker);
    try {
      if (wiring.acknowledgesFirst()) {
        acknowledge(environment, batch, Set.of());
        environment.function().handleRequest(event(batch), context);
      } else {
        SQSBatchResponse response = environment.function().handleRequest(event(batch), context);
        acknowledge(
            environment,
            batch,
            response.getBatchItemFailures().stream()
                .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
                .collect(Collectors.toSet()));
      }
    } catch (Killed e) {
      journal.died(worker);
      wiring.observer().failed(FunctionName.SENDER);
    } finally {
      task.runsIn(null);
    }
  }

  private void handOut(Worker worker, SimulatedQueue.Received message, Instant receivedAt) {
    CallbackMessage decoded = CallbackMessageCodec.decode(message.body());
    journal.handedOut(worker, message.messageId(), receivedAt, decoded);
    trace.add(
        worker,
        () ->
            "receives %s for the %d. time: %s"
                .formatted(
                    message.messageId(), message.receives(), decoded.callback().deliveryId()));
  }

  private void acknowledge(
      Environment environment, List<SimulatedQueue.Received> batch, Set<String> failed) {
    if (wiring.failsWholeBatches() && !failed.isEmpty()) {
      return;
    }
    for (SimulatedQueue.Received message : batch) {
      if (!failed.contains(message.messageId())) {
        try {
          environment.acknowledging().acknowledge(message.messageId());
        } catch (Unavailable e) {
          // The message is delivered again.
        }
      }
    }
  }

  private SQSEvent event(List<SimulatedQueue.Received> batch) {
    SQSEvent event = new SQSEvent();
    event.setRecords(
        batch.stream()
            .map(
                received -> {
                  SQSMessage message = new SQSMessage();
                  message.setMessageId(received.messageId());
                  message.setReceiptHandle(received.messageId());
                  message.setEventSourceArn(queue.toString());
                  message.setAttributes(
                      Map.of("ApproximateReceiveCount", Integer.toString(received.receives())));
                  message.setBody(received.body());
                  return message;
                })
            .toList());
    return event;
  }
}
