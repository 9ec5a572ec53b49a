package com.natifico.postback.simulation;

/**
 * What a step throws in a killed worker. It is an Error because functions cannot catch a SIGKILL;
 * code that catches it nevertheless gets it again from its next step.
 */
final class Killed extends Error {
  private static final long serialVersionUID = 1;

  Killed() {
    super("killed", null, false, false);
  }
}
