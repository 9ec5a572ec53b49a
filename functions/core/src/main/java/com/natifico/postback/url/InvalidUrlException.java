package com.natifico.postback.url;

import java.util.List;

/** Says why a text is not a URL to which a callback can be sent. */
public final class InvalidUrlException extends RuntimeException {
  private final transient List<UrlProblem> problems;

  /**
   * @param problems at least one; the message is that of the first
   */
  InvalidUrlException(List<UrlProblem> problems) {
    super(problems.getFirst().message(), null, false, false);
    this.problems = List.copyOf(problems);
  }

  public List<UrlProblem> problems() {
    return problems;
  }
}
