package com.natifico.postback.simulation;

import com.natifico.postback.Unavailable;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.postback.CallbackRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes each call of each port a step: time passes, other tasks run, and faults are injected. Any
 * interface can be a port, so a new side effect of the functions becomes a step without further
 * code ({@code EveryPortIsAStepTest} checks this).
 */
final class Steps {
  private static final int MAX_LATENCY_MS = 30;

  /** How long the AWS clients wait for a response ({@code AwsClients}). */
  static final Duration MAX_STALL = Duration.ofSeconds(8);

  private final Scheduler scheduler;
  private final Journal journal;
  private final RunTrace trace;
  private final SimulatedTrackers trackers;
  private final Faults faults;
  private final RandomGenerator random;
  private final double stalls;
  private final List<String> names = new ArrayList<>();

  /**
   * @param stalls the share of calls whose request or response takes seconds
   */
  Steps(
      Scheduler scheduler,
      Journal journal,
      RunTrace trace,
      SimulatedTrackers trackers,
      Faults faults,
      RandomGenerator random,
      double stalls) {
    this.scheduler = scheduler;
    this.journal = journal;
    this.trace = trace;
    this.trackers = trackers;
    this.faults = faults;
    this.random = random;
    this.stalls = stalls;
  }

  /** The names of all steps so far; a step's number is its place, from 1. */
  List<String> names() {
    return names;
  }

  /** The port with each call as a step of this worker. */
  <T> T of(Class<T> port, T engine, Worker worker) {
    InvocationHandler handler =
        (_, method, arguments) ->
            method.getDeclaringClass() == Object.class
                ? invoke(engine, method, arguments)
                : perform(port, engine, worker, method, arguments);
    return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
  }

  private @Nullable Object perform(
      Class<?> port,
      Object engine,
      Worker worker,
      Method method,
      @Nullable Object @Nullable [] arguments)
      throws Throwable {
    List<@Nullable Object> given = arguments == null ? List.of() : Arrays.asList(arguments);
    travel();
    Step step = new Step(names.size() + 1, worker, port.getSimpleName(), method.getName(), given);
    names.add(step.name());
    Fault fault = faults.at(step);
    if (fault == Fault.NONE) {
      return effect(step, engine, method, given);
    }
    trace.add(worker, () -> "step %d %s: %s".formatted(step.number(), step.name(), fault));
    if (fault.kills()) {
      switch (fault) {
        case KILLED_DURING -> half(step, engine, method, given);
        case KILLED_AFTER -> effect(step, engine, method, given);
        default -> {}
      }
      journal.injected(step, fault);
      scheduler.kill(worker);
      throw new Killed();
    }
    journal.injected(step, fault);
    return fail(step, fault, engine, method, given);
  }

  /** Executes the call, and lets the time of the response pass. */
  private @Nullable Object effect(
      Step step, Object engine, Method method, List<@Nullable Object> arguments) throws Throwable {
    Object result = invoke(engine, method, arguments.toArray());
    journal.done(step, arguments, result);
    trace.add(
        step.worker(), () -> "step %d %s".formatted(step.number(), StepText.of(step, result)));
    travel();
    return result;
  }

  private void half(Step step, Object engine, Method method, List<@Nullable Object> arguments)
      throws Throwable {
    if (engine instanceof Transport) {
      arrive(step, arguments, Fault.KILLED_DURING);
    } else if (engine instanceof CallbackQueue) {
      List<CallbackMessage> messages = messages(arguments);
      effect(step, engine, method, List.of(messages.subList(0, (messages.size() + 1) / 2)));
    } else {
      effect(step, engine, method, arguments);
    }
  }

  /** Fails in the way of each port: by an exception, unless its result can express a failure. */
  private @Nullable Object fail(
      Step step, Fault fault, Object engine, Method method, List<@Nullable Object> arguments)
      throws Throwable {
    if (engine instanceof Transport) {
      return trackers.finish(arrive(step, arguments, fault));
    }
    if (engine instanceof CallbackQueue) {
      List<CallbackMessage> messages = messages(arguments);
      if (fault == Fault.OUT_OF_SERVICE) {
        return ids(messages);
      }
      int taken = fault == Fault.REFUSED ? messages.size() / 2 : messages.size();
      effect(step, engine, method, List.of(messages.subList(0, taken)));
      return ids(messages.subList(fault == Fault.REFUSED ? taken : 0, messages.size()));
    }
    if (fault == Fault.ANSWER_LOST) {
      effect(step, engine, method, arguments);
    }
    throw new Unavailable(step.name() + " did not answer", null);
  }

  /** The answer of a queue that did not take these messages. */
  private static Set<String> ids(List<CallbackMessage> messages) {
    return messages.stream()
        .map(message -> message.callback().deliveryId())
        .collect(Collectors.toSet());
  }

  @SuppressWarnings("unchecked") // The one argument of CallbackQueue.send.
  private static List<CallbackMessage> messages(List<@Nullable Object> arguments) {
    return (List<CallbackMessage>) Objects.requireNonNull(arguments.getFirst());
  }

  @SuppressWarnings("unchecked") // The arguments of Transport.send.
  private SimulatedTrackers.Call arrive(Step step, List<@Nullable Object> arguments, Fault fault) {
    return trackers.arrive(
        step.worker(),
        (CallbackRequest) Objects.requireNonNull(arguments.getFirst()),
        (Map<String, String>) Objects.requireNonNull(arguments.get(1)),
        fault);
  }

  private static @Nullable Object invoke(
      Object engine, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      method.setAccessible(true);
      return method.invoke(engine, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private void travel() {
    int ms =
        random.nextDouble() < stalls
            ? random.nextInt((int) MAX_STALL.toMillis())
            : Math.max(0, random.nextInt(2 * MAX_LATENCY_MS) - MAX_LATENCY_MS);
    scheduler.pause(Duration.ofMillis(ms));
  }
}
