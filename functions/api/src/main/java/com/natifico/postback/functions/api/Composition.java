package com.natifico.postback.functions.api;

final class Composition {
  private Composition() {}

  static Services services(java.util.Map<String, String> environment) {
    throw new IllegalStateException(environment.toString());
  }
}
