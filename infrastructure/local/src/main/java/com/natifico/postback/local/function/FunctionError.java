package com.natifico.postback.local.function;

/** A function has thrown, has run out of time, or has answered too much. */
public final class FunctionError extends Exception {
  private static final long serialVersionUID = 1;

  FunctionError(String message) {
    super(message);
  }

  FunctionError(String message, Throwable cause) {
    super(message, cause);
  }
}
