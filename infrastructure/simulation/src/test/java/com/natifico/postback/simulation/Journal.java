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
 * Everything that was done to the engines and everything that came from outside, in order. The
 * checker judges by it.
 */
final class Journal {
  private final SettableClock clock;
  private final List<Effect> effects = new ArrayList<>();
  private final List<Injected> faults = new ArrayList<>();
  private final List<HandOut> handOuts = new ArrayList<>();
  private final List<Push> pushes = new ArrayList<>();
  private final List<Asked> resends = new ArrayList<>();
  private final List<Backfilled> backfills = new ArrayList<>();
  private final List<Created> creations = new ArrayList<>();
  private final List<Tested> tests = new ArrayList<>();
  private final List<Stopped> stops = new ArrayList<>();
  private final Map<Worker, Long> deaths = new HashMap<>();
  private long sequence;

  /**
   * A call of a port that an engine has executed.
   *
   * @param order the position among all entries
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
  record Injected(long order, Instant at, Step step, Fault fault) {}

  /**
   * A message that a worker has received.
   *
   * @param at when the invocation started
   * @param messageId the queue's id of the message
   * @param receivedAt when the message was received from the queue
   */
  record HandOut(
      long order,
      Instant at,
      Worker worker,
      String messageId,
      Instant receivedAt,
      CallbackMessage message) {
    String deliveryId() {
      return message.callback().deliveryId();
    }

    /** From the message itself: the same on every hop. */
    Instant sentAt() {
      return message.sentAt();
    }
  }

  /**
   * A conversion that the ad network has pushed until the response was final.
   *
   * @param status the last HTTP status
   */
  record Push(Pushed pushed, int status, List<String> callbacks) {}

  /**
   * A user requested to send deliveries again, whatever the response was.
   *
   * @param deliveryId null for all of the affiliate
   * @param until the position at which the response arrived; Long.MAX_VALUE if none did
   */
  record Asked(
      long since, long until, String affiliateId, @Nullable String deliveryId, Force force) {
    /** Whether a new webhook-id was requested. */
    enum Force {
      NOT_REQUESTED,
      /** It was requested; whether it was set is unknown. */
      REQUESTED,
      /** It was requested, and the response was 202. */
      ACCEPTED
    }

    boolean covers(String affiliateId, String deliveryId) {
      return this.affiliateId.equals(affiliateId)
          && (this.deliveryId == null || this.deliveryId.equals(deliveryId));
    }
  }

  /**
   * A user requested a back-fill until the whole period was answered.
   *
   * @param since the position at which the first request was sent
   * @param until the position at which the last response arrived
   * @param sent whether the requests were carried out
   */
  record Backfilled(
      long since,
      long until,
      Instant from,
      Instant to,
      String affiliateId,
      String postbackId,
      boolean sent) {}

  /**
   * A user created a postback under a name, repeating the request until it was answered.
   *
   * @param name the request's Idempotency-Key, and the postback's label
   * @param postbackId as answered
   */
  record Created(String affiliateId, String name, String postbackId) {}

  /** A worker that is alive but whose unfinished work was stopped. */
  record Stopped(long order, Worker worker) {}

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
    faults.add(new Injected(next(), clock.instant(), step, fault));
    if (fault.kills()) {
      died(step.worker());
    }
  }

  void died(Worker worker) {
    deaths.putIfAbsent(worker, next());
  }

  /** Records that the worker stopped the unfinished part of its batch because its time was over. */
  void stopped(Worker worker) {
    stops.add(new Stopped(next(), worker));
  }

  List<Stopped> stops() {
    return stops;
  }

  void handedOut(Worker worker, String messageId, Instant receivedAt, CallbackMessage message) {
    handOuts.add(new HandOut(next(), clock.instant(), worker, messageId, receivedAt, message));
  }

  void pushed(Push push) {
    pushes.add(push);
  }

  void asked(Asked asked) {
    resends.add(asked);
  }

  void backfilled(Backfilled backfill) {
    backfills.add(backfill);
  }

  List<Backfilled> backfills() {
    return backfills;
  }

  void created(Created created) {
    creations.add(created);
  }

  List<Created> creations() {
    return creations;
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

  /** The effects before this position, oldest first. */
  List<Effect> effectsBefore(long order) {
    int low = 0;
    int high = effects.size();
    while (low < high) {
      int middle = (low + high) / 2;
      if (effects.get(middle).order() < order) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return effects.subList(0, low);
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

  boolean hasDeaths() {
    return !deaths.isEmpty();
  }

  /** The position at which the worker was killed; null if it was not. */
  @Nullable Long deathOf(Worker worker) {
    return deaths.get(worker);
  }
}
