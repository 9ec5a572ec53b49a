package com.natifico.postback.simulation;

import java.util.Locale;

/** The functions that are simulated, with their ids in template.yaml. */
enum FunctionName {
  AUTHORIZER("AuthorizerFunction"),
  CONVERSION("ConversionFunction"),
  API("ApiFunction"),
  SENDER("SenderFunction"),
  TIMER("TimerFunction");

  private final String id;

  FunctionName(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  /** The prefix of the names of its workers. */
  String prefix() {
    return name().toLowerCase(Locale.ROOT);
  }
}
