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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes each call of each port a step: time passes, others run, and whatever the faults say
 * happens. Any interface can be a port, so a side effect that is new to the functions is a step as
 * soon as it is there ({@code EveryPortIsAStepTest} sees to it).
 */
final class Steps {
  private static final int LONGEST_LATENCY_MS = 30;

  /** What our clients wait for an answer at most ({@code AwsClients}). */
  private static final int LONGEST_STALL_MS = 8_000;

  private final Scheduler scheduler;
  private final Journal journal;
  private final Story story;
  private final SimulatedTrackers trackers;
  private final Faults faults;
  private final RandomGenerator random;
  private final double stalls;
  private final List<String> names = new ArrayList<>();

  /**
   * @param stalls of all ways to an engine and back, how many take seconds
   */
  Steps(
      Scheduler scheduler,
      Journal journal,
      Story story,
      SimulatedTrackers trackers,
      Faults faults,
      RandomGenerator random,
      double stalls) {
    this.scheduler = scheduler;
    this.journal = journal;
    this.story = story;
    this.trackers = trackers;
    this.faults = faults;
    this.random = random;
    this.stalls = stalls;
  }

  /** The names of all steps so far; a step's number is its place, from 1. */
  List<String> names() {
    return names;
  }

  /** The port as this worker sees it. */
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
    story.tell(worker, () -> "step %d %s: %s".formatted(step.number(), step.name(), fault));
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

  /** With the time that the answer takes. */
  private @Nullable Object effect(
      Step step, Object engine, Method method, List<@Nullable Object> arguments) throws Throwable {
    Object result = invoke(engine, method, arguments.toArray());
    journal.done(step, arguments, result);
    story.tell(step.worker(), () -> "step %d %s".formatted(step.number(), Told.of(step, result)));
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

  /** As each port tells that it failed: by an exception, if it has no other way. */
  private @Nullable Object fail(
      Step step, Fault fault, Object engine, Method method, List<@Nullable Object> arguments)
      throws Throwable {
    if (engine instanceof Transport) {
      return trackers.finish(arrive(step, arguments, fault));
    }
    if (engine instanceof CallbackQueue) {
      List<CallbackMessage> messages = messages(arguments);
      int taken = fault == Fault.REFUSED ? messages.size() / 2 : messages.size();
      effect(step, engine, method, List.of(messages.subList(0, taken)));
      Set<String> refused = new HashSet<>();
      messages
          .subList(fault == Fault.REFUSED ? taken : 0, messages.size())
          .forEach(message -> refused.add(message.callback().deliveryId()));
      return refused;
    }
    if (fault == Fault.ANSWER_LOST) {
      effect(step, engine, method, arguments);
    }
    throw new Unavailable(step.name() + " did not answer", null);
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
            ? random.nextInt(LONGEST_STALL_MS)
            : Math.max(0, random.nextInt(2 * LONGEST_LATENCY_MS) - LONGEST_LATENCY_MS);
    scheduler.pause(Duration.ofMillis(ms));
  }
}
