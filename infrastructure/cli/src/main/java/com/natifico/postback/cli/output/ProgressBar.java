package com.natifico.postback.cli.output;

import java.io.PrintStream;

/** Shows on a terminal how far long work has come, in one line that is written again and again. */
public final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 30;

  private final PrintStream err;
  private final boolean isShown;
  private boolean isDrawn;

  /**
   * @param isShown whether a person looks at a terminal; otherwise nothing is written
   */
  public ProgressBar(PrintStream err, boolean isShown) {
    this.err = err;
    this.isShown = isShown;
  }

  /** Shows that so many of all are done. */
  public void at(long done, long all) {
    int filled = all == 0 ? WIDTH : (int) (WIDTH * done / all);
    draw("[%s%s] %d of %d".formatted("#".repeat(filled), " ".repeat(WIDTH - filled), done, all));
  }

  /** Shows what has been done of work whose end is not known. */
  public void at(String what) {
    draw(PrintableText.of(what));
  }

  private void draw(String text) {
    if (isShown) {
      err.print("\r\033[K" + text);
      err.flush();
      isDrawn = true;
    }
  }

  /** Removes the line. */
  @Override
  public void close() {
    if (isDrawn) {
      err.print("\r\033[K");
      err.flush();
    }
  }
}
