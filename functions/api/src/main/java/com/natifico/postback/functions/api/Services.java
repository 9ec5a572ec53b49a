package com.natifico.postback.functions.api;

import com.natifico.postback.acceptance.EventHistory;
import com.natifico.postback.access.KeyStore;
import com.natifico.postback.aws.log.Log;
import com.natifico.postback.contract.AffiliateLimits;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.directory.AffiliateDirectory;
import com.natifico.postback.directory.SeenAffiliates;
import com.natifico.postback.directory.TroubleIndex;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.idempotency.FirstAnswers;
import com.natifico.postback.limit.CallLimits;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.push.PushLog;
import com.natifico.postback.signature.SigningKeyStore;
import com.natifico.postback.signature.SigningKeyring;
import com.natifico.postback.statistics.Statistics;
import com.natifico.postback.statistics.StatisticsStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The services that this function uses.
 *
 * @param random cryptographically strong, because keys are generated from it
 * @param threads runs bulk resends; a simulation controls their order
 * @param errors receives what went wrong, without any of a request's content
 */
public record Services(
    Stores stores,
    CallbackQueue queue,
    EgressGuard guard,
    InstantSource clock,
    RandomGenerator random,
    Supplier<ExecutorService> threads,
    BiConsumer<String, Throwable> errors) {

  /** The stores that this function reads and writes. */
  public record Stores(
      PostbackStore postbacks,
      EventStore events,
      DeliveryLog log,
      KeyStores keys,
      Calls calls,
      Overview overview,
      PushLog pushes) {}

  /**
   * What is known of all affiliates.
   *
   * @param retention how long deliveries are kept
   */
  public record Overview(
      StatisticsStore statistics,
      AffiliateDirectory affiliates,
      TroubleIndex troubles,
      Duration retention) {}

  /** What is remembered of requests. */
  public record Calls(CallLimits limits, FirstAnswers answers) {}

  /**
   * The stores of keys.
   *
   * @param api the keys of callers
   * @param signing the keys that sign callbacks
   */
  public record KeyStores(KeyStore api, SigningKeyStore signing) {}

  Services(
      Stores stores,
      CallbackQueue queue,
      EgressGuard guard,
      InstantSource clock,
      RandomGenerator random) {
    this(
        stores,
        queue,
        guard,
        clock,
        random,
        Executors::newVirtualThreadPerTaskExecutor,
        Log.errors());
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
    return stores.keys().api();
  }

  PushLog pushes() {
    return stores.pushes();
  }

  AffiliateLimits limits() {
    return new AffiliateLimits(stores.calls().limits());
  }

  FirstAnswers answers() {
    return stores.calls().answers();
  }

  Statistics statistics() {
    return new Statistics(stores.overview().statistics());
  }

  Overview overview() {
    return stores.overview();
  }

  /** Enters affiliates that get a postback. */
  SeenAffiliates seen() {
    return new SeenAffiliates(stores.overview().affiliates(), clock, errors);
  }

  SigningKeyring signingKeys() {
    return new SigningKeyring(stores.keys().signing(), () -> Ed25519Pairs.next(random), random);
  }

  EventHistory history() {
    return new EventHistory(events(), log());
  }

  /** The current time in milliseconds, the precision of stored times. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
