package com.natifico.postback.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of a port by a worker.
 *
 * @param number from 1, in the order in which they begin
 * @param port the simple name of the port's interface
 */
record Step(
    int number, Worker worker, String port, String method, List<@Nullable Object> arguments) {
  /** Which side effect it is. */
  String name() {
    return port + "." + method;
  }
}
