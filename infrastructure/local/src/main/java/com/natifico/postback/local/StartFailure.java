package com.natifico.postback.local;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Why the local stack cannot start, as one line that says what to do. */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StartFailure(String whatToDo) {
    super(oneLine(whatToDo));
  }

  public StartFailure(String whatToDo, Throwable cause) {
    super(oneLine(whatToDo), cause);
  }

  /**
   * Waits for a task of the start.
   *
   * @throws StartFailure the task's own failure, or a failure with its exception as the cause
   */
  public static <T> T await(Future<T> part) {
    try {
      return part.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StartFailure failure) {
        throw failure;
      }
      throw new StartFailure("The local stack does not start: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped while starting");
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }
}
