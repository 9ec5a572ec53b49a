package com.natifico.postback.cli.output;

import java.util.Locale;

/** How results are printed. */
public enum OutputFormat {
  JSON,
  CSV,
  TABLE;

  /** As it is given. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
