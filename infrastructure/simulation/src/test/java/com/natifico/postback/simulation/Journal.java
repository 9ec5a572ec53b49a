package com.natifico.postback.simulation;

import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.testing.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was done to the engines and everything that came from outside, in the order in
 * which it happened: what the checker judges by.
 */
final class Journal {
  private final SettableClock clock;
  private final List<Effect> effects = new ArrayList<>();
  private final List<Injected> faults = new ArrayList<>();
  private final List<HandOut> handOuts = new ArrayList<>();
  private final List<Push> pushes = new ArrayList<>();
  private final List<Asked> resends = new ArrayList<>();
  private final List<Tested> tests = new ArrayList<>();
  private final Map<Worker, Long> deaths = new HashMap<>();
  private long sequence;

  /**
   * A call of a port that an engine has carried out.
   *
   * @param order among all that happened
   */
  record Effect(
      long order,
      Instant at,
      Worker worker,
      String port,
      String method,
      List<@Nullable Object> arguments,
      @Nullable Object result) {
    boolean is(String port, String method) {
      return this.port.equals(port) && this.method.equals(method);
    }
  }

  /** A fault that a step met. */
  record Injected(long order, Step step, Fault fault) {}

  /**
   * A message in a worker's hands.
   *
   * @param messageId the queue's
   * @param sentAt the message's own: the same on every hop
   */
  record HandOut(
      long order, Worker worker, String messageId, String deliveryId, Instant sentAt) {}

  /**
   * A conversion that the ad network has pushed until it knew the end.
   *
   * @param status of the last answer
   */
  record Push(Pushed pushed, int status, List<String> callbacks) {}

  /**
   * Somebody wanted deliveries to be sent again, with whatever answer.
   *
   * @param deliveryId null for all of the affiliate
   * @param until when the answer came, by order; the largest number if none did
   */
  record Asked(long since, long until, String affiliateId, @Nullable String deliveryId) {
    boolean covers(String affiliateId, String deliveryId) {
      return this.affiliateId.equals(affiliateId)
          && (this.deliveryId == null || this.deliveryId.equals(deliveryId));
    }
  }

  /** A test conversion that was answered. */
  record Tested(String affiliateId, String testConversionId) {}

  Journal(SettableClock clock) {
    this.clock = clock;
  }

  long next() {
    return ++sequence;
  }

  void done(Step step, List<@Nullable Object> arguments, @Nullable Object result) {
    effects.add(
        new Effect(
            next(), clock.instant(), step.worker(), step.port(), step.method(), arguments, result));
  }

  void injected(Step step, Fault fault) {
    faults.add(new Injected(next(), step, fault));
    if (fault.kills()) {
      died(step.worker());
    }
  }

  void died(Worker worker) {
    deaths.putIfAbsent(worker, next());
  }

  void handedOut(Worker worker, String messageId, CallbackMessage message) {
    handOuts.add(
        new HandOut(
            next(), worker, messageId, message.callback().deliveryId(), message.sentAt()));
  }

  void pushed(Push push) {
    pushes.add(push);
  }

  void asked(long since, long until, String affiliateId, @Nullable String deliveryId) {
    resends.add(new Asked(since, until, affiliateId, deliveryId));
  }

  void tested(String affiliateId, String testConversionId) {
    tests.add(new Tested(affiliateId, testConversionId));
  }

  List<Tested> tests() {
    return tests;
  }

  List<Effect> effects() {
    return effects;
  }

  List<Injected> faults() {
    return faults;
  }

  List<HandOut> handOuts() {
    return handOuts;
  }

  List<Push> pushes() {
    return pushes;
  }

  List<Asked> resends() {
    return resends;
  }

  /** When the worker was killed, by order; null if it was not. */
  @Nullable Long deathOf(Worker worker) {
    return deaths.get(worker);
  }
}
