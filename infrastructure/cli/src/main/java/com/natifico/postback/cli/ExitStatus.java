package com.natifico.postback.cli;

/** How commands end. Also described in infrastructure/operations/command-line.md. */
final class ExitStatus {
  static final int OK = 0;

  /** There is a difference, something was refused, or something did not arrive. */
  static final int FINDING = 1;

  static final int USAGE = 2;

  /** The API has refused the request. */
  static final int REFUSED = 3;

  /** The API or the tables gave no answer. */
  static final int UNREACHABLE = 4;

  /** A fault of this program. As EX_SOFTWARE of sysexits. */
  static final int FAULT = 70;

  private ExitStatus() {}
}
