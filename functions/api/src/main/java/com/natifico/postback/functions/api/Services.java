package com.natifico.postback.functions.api;

import com.natifico.postback.access.KeyStore;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.postback.PostbackStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Everything that this function uses.
 *
 * @param random cryptographically strong, because keys are made of it
 * @param threads what a bulk resend runs on; a simulation runs it in an order of its own
 */
public record Services(
    Stores stores,
    CallbackQueue queue,
    EgressGuard guard,
    InstantSource clock,
    RandomGenerator random,
    Supplier<ExecutorService> threads) {

  /** What it reads and writes. */
  public record Stores(
      PostbackStore postbacks, EventStore events, DeliveryLog log, KeyStore keys) {}

  Services(
      Stores stores,
      CallbackQueue queue,
      EgressGuard guard,
      InstantSource clock,
      RandomGenerator random) {
    this(stores, queue, guard, clock, random, Executors::newVirtualThreadPerTaskExecutor);
  }

  PostbackStore postbacks() {
    return stores.postbacks();
  }

  EventStore events() {
    return stores.events();
  }

  DeliveryLog log() {
    return stores.log();
  }

  KeyStore keys() {
    return stores.keys();
  }

  /** To the millisecond, as times are stored. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
