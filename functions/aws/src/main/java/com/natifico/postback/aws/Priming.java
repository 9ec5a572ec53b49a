package com.natifico.postback.aws;

import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Resource;

/**
 * Does before a snapshot is taken (SnapStart) what the first request would otherwise do for the
 * first time: load the classes of its way and make them fast. Whatever fails is logged; a function
 * that could not be primed is slower, not wrong.
 */
public final class Priming implements Resource {
  /** For real, so that the HTTP client is fast as well, which no rehearsal reaches. */
  private static final int REQUESTS = 20;

  /**
   * Before each of these: what is compiled is then compiled for both, and not anew for the first
   * request. More do not make its response faster; these take some seconds, once for each version
   * that is published.
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
   * Has this done before a snapshot, and before {@link FreshConnections} forgets its connections:
   * the last who registers is told first.
   *
   * @param rehearsal makes what goes the whole way on {@link AwsClients#rehearsed}; it is done
   *     often
   * @param firstRequest goes it for real, as far as that leaves no trace; done some times
   * @return to be kept: the context of snapshots does not
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
    // Nothing that is kept is older than it may be: caches ask the clock.
  }
}
