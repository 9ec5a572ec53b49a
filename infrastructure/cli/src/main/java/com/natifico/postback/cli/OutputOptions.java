package com.natifico.postback.cli;

import com.natifico.postback.cli.output.OutputFormat;
import picocli.CommandLine.Option;

/** How results are printed. */
final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "json, csv or table. Default: table.")
  private OutputFormat format = OutputFormat.TABLE;

  OutputFormat format() {
    return format;
  }
}
