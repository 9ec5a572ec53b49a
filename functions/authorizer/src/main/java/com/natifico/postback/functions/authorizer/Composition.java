package com.natifico.postback.functions.authorizer;

final class Composition {
  private Composition() {}

  static com.natifico.postback.access.Authentication authentication(
      java.util.Map<String, String> environment) {
    throw new IllegalStateException(environment.toString());
  }
}
