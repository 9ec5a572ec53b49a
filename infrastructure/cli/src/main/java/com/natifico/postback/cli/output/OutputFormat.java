package com.natifico.postback.cli.output;

/** How results are printed. */
public enum OutputFormat {
  JSON,
  CSV,
  TABLE
}
