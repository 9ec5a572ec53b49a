package com.natifico.postback.aws;

import java.util.function.BiConsumer;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Does once, before a snapshot is taken (SnapStart), what the first request would otherwise do for
 * the first time: load the classes of its way and make them fast. Whatever fails is logged; a
 * function that could not be primed is slower, not wrong.
 */
public final class Priming implements Resource {
  private final Runnable firstRequest;
  private final BiConsumer<String, Throwable> errors;

  private Priming(Runnable firstRequest, BiConsumer<String, Throwable> errors) {
    this.firstRequest = firstRequest;
    this.errors = errors;
  }

  /**
   * Has this done before a snapshot, and before {@link FreshConnections} forgets its connections:
   * the last who registers is told first.
   *
   * @return to be kept: the context of snapshots does not
   */
  public static Priming with(Runnable firstRequest, BiConsumer<String, Throwable> errors) {
    Priming priming = new Priming(firstRequest, errors);
    Core.getGlobalContext().register(priming);
    return priming;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    try {
      firstRequest.run();
    } catch (RuntimeException e) {
      errors.accept("not primed", e);
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Nothing that is kept is older than it may be: caches ask the clock.
  }
}
