package com.natifico.postback.cli.api;

/** The command cannot be run as it was given; the message says what to give instead. */
public final class UsageProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UsageProblem(String message) {
    super(message);
  }
}
