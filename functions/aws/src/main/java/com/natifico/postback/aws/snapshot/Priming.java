package com.natifico.postback.aws.snapshot;

import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Resource;

/**
 * Primes a function before its snapshot is taken (SnapStart): loads and compiles the classes that
 * the first request needs. Failures are logged and not thrown; a function that was not primed is
 * slower but correct.
 */
public final class Priming implements Resource {
  /** Real requests: they warm up the HTTP client, which no rehearsal uses. */
  private static final int REQUESTS = 20;

  /**
   * Rehearsals before each real request, so that the JIT compiles for both and does not recompile
   * at the first request. A higher number does not make the first response faster. All of them take
   * some seconds, once per published version.
   */
  private static final int REHEARSALS = 20;

  private final Supplier<Runnable> rehearsal;
  private final Runnable firstRequest;
  private final BiConsumer<String, Throwable> errors;

  private Priming(
      Supplier<Runnable> rehearsal, Runnable firstRequest, BiConsumer<String, Throwable> errors) {
    this.rehearsal = rehearsal;
    this.firstRequest = firstRequest;
    this.errors = errors;
  }

  /**
   * Registers the priming to run before a snapshot, and before the clients close their connections:
   * hooks run before a snapshot in reverse order of registration.
   *
   * @param rehearsal creates the work that processes a complete request on rehearsed clients; the
   *     work runs many times
   * @param firstRequest sends a real request that changes nothing; runs a few times
   * @return the registered hook; keep a reference to it, because the context of snapshots does not
   */
  public static Priming with(
      Supplier<Runnable> rehearsal, Runnable firstRequest, BiConsumer<String, Throwable> errors) {
    Priming priming = new Priming(rehearsal, firstRequest, errors);
    Snapshots.register(priming);
    return priming;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    try {
      Runnable once = rehearsal.get();
      for (int request = 0; request < REQUESTS; request++) {
        for (int i = 0; i < REHEARSALS; i++) {
          once.run();
        }
        firstRequest.run();
      }
    } catch (RuntimeException e) {
      errors.accept("not primed", e);
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Nothing to do: caches compare their age with the clock.
  }
}
