package com.natifico.postback.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.delivery.RetryPolicy;
import com.natifico.postback.testing.SettableClock;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Functions reach every part of the simulation only through steps. A new port of a function that is
 * not a step fails here.
 */
final class EveryPortIsAStepTest {
  private static final String OURS = "com.natifico.postback.";

  private final Cloud cloud =
      new Cloud(1, SimulationSettings.USUAL, Faults.NONE, Wiring.DEPLOYED, false);
  private final Worker worker = new Worker("worker");
  private final Functions functions =
      new Functions(
          cloud.scheduler,
          cloud.clock,
          cloud.settings,
          cloud.journal,
          RunTrace.disabled(cloud.clock),
          Wiring.DEPLOYED::metrics);
  private final Set<String> ports = new TreeSet<>();
  private final Set<String> unguarded = new TreeSet<>();

  @Test
  void everyPortOfAFunctionIsAStep() {
    look(functions.conversion(worker, cloud.ports(worker), 1));
    look(
        functions.sender(
            worker,
            cloud.ports(worker),
            new RetryPolicy(SimulationSettings.USUAL.schedule(), new Random(1))));
    look(functions.api(worker, cloud.ports(worker), 1));
    look(functions.timer(cloud.timerPorts(worker)));

    assertEquals(Set.of(), unguarded);
    assertEquals(
        Set.of(
            "AffiliateDirectory",
            "CallLimits",
            "CallbackQueue",
            "DeadLetterQueue",
            "DeliveryLog",
            "EventStore",
            "FirstAnswers",
            "KeyStore",
            "MessageVisibility",
            "PaceStore",
            "PostbackHealth",
            "PostbackStore",
            "PushLog",
            "SecretReader",
            "SigningKeyStore",
            "StatisticsStore",
            "Transport",
            "TroubleIndex",
            "WakeUps"),
        ports);
  }

  @Test
  void findsAnEngineThatIsReachedWithoutAStep() {
    look(new Object[] {cloud.log});
    assertTrue(unguarded.stream().anyMatch(name -> name.endsWith("InMemoryDeliveryLog")));
  }

  private void look(Object root) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>();
    open.add(root);
    while (!open.isEmpty()) {
      Object each = open.pop();
      if (!seen.add(each) || each instanceof SettableClock || hasNoSideEffects(each)) {
        continue;
      }
      if (Proxy.isProxyClass(each.getClass())) {
        for (Class<?> port : each.getClass().getInterfaces()) {
          ports.add(port.getSimpleName());
        }
      } else if (isSimulated(each.getClass())) {
        unguarded.add(each.getClass().getName());
      } else {
        fields(each, open);
      }
    }
  }

  /** The clock, the scheduling of threads and the function's log lines are not side effects. */
  private static boolean hasNoSideEffects(Object each) {
    String name = each.getClass().getName();
    return name.startsWith(OURS + "simulation.Functions$$Lambda")
        || name.startsWith(OURS + "simulation.CooperativeThreads")
        || each instanceof Scheduler;
  }

  private static boolean isSimulated(Class<?> type) {
    return type.getName().startsWith(OURS + "simulation.")
        || type.getName().startsWith(OURS + "testing.");
  }

  private static void fields(Object each, Deque<Object> open) {
    if (each instanceof Object[] array) {
      for (Object element : array) {
        add(element, open);
      }
    } else if (each instanceof Iterable<?> all) {
      all.forEach(element -> add(element, open));
    } else if (each instanceof java.util.Map<?, ?> map) {
      map.values().forEach(element -> add(element, open));
    }
    for (Class<?> type = each.getClass(); type != null; type = type.getSuperclass()) {
      if (!type.getName().startsWith(OURS)) {
        continue;
      }
      for (Field field : type.getDeclaredFields()) {
        if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
          add(valueOf(field, each), open);
        }
      }
    }
  }

  private static @Nullable Object valueOf(Field field, Object of) {
    try {
      field.setAccessible(true);
      return field.get(of);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static void add(@Nullable Object element, Deque<Object> open) {
    if (element != null) {
      open.push(element);
    }
  }
}
