package com.natifico.postback.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of a port by a worker.
 *
 * @param number the position in the order in which steps begin, from 1
 * @param port the simple name of the port's interface
 */
record Step(
    int number, Worker worker, String port, String method, List<@Nullable Object> arguments) {
  /** The name of the side effect. */
  String name() {
    return port + "." + method;
  }
}
