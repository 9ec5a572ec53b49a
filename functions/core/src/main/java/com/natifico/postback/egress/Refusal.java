package com.natifico.postback.egress;

/**
 * Why the egress guard lets something not through.
 *
 * @param code stable, for programs: {@code forbidden_address}, {@code forbidden_port}, {@code
 *     invalid_host} or {@code invalid_scheme}
 * @param message for people: what is wrong and what to do about it
 */
public record Refusal(String code, String message) {
  static Refusal forbiddenAddress(String message) {
    return new Refusal("forbidden_address", message);
  }

  static Refusal forbiddenPort(String message) {
    return new Refusal("forbidden_port", message);
  }

  static Refusal invalidHost(String message) {
    return new Refusal("invalid_host", message);
  }

  static Refusal invalidScheme(String message) {
    return new Refusal("invalid_scheme", message);
  }
}
