package com.natifico.postback.simulation;

/**
 * What a step throws in a worker that is no more. An error, because nothing in the functions can
 * catch a SIGKILL; what catches it all the same gets it again from its next step.
 */
final class Killed extends Error {
  private static final long serialVersionUID = 1;

  Killed() {
    super("killed", null, false, false);
  }
}
