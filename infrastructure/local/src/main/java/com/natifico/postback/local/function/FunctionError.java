package com.natifico.postback.local.function;

/** A function has thrown an exception, timed out, or returned too large a response. */
public final class FunctionError extends Exception {
  private static final long serialVersionUID = 1;

  FunctionError(String message) {
    super(message);
  }

  FunctionError(String message, Throwable cause) {
    super(message, cause);
  }
}
