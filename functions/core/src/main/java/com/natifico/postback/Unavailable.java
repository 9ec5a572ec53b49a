package com.natifico.postback;

import org.jspecify.annotations.Nullable;

/**
 * A store or a queue could not be reached, was overloaded, or rejected our credentials or
 * permissions. The same call succeeds when that is over. The failed call may or may not have had an
 * effect.
 */
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Unavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
