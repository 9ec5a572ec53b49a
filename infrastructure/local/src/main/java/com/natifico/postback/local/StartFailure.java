package com.natifico.postback.local;

/** Why the local stack cannot start, as one line that says what to do. */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StartFailure(String whatToDo) {
    super(oneLine(whatToDo));
  }

  public StartFailure(String whatToDo, Throwable cause) {
    super(oneLine(whatToDo), cause);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }
}
