package com.natifico.postback.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;

/**
 * Prints rows in one of the formats. The output is complete after {@link #end}; after a failure it
 * is left incomplete, so that it is not taken for the whole.
 */
public interface RowWriter {
  /** Takes the next row. */
  void add(JsonNode row);

  /** Prints the rows that it holds back to align them. */
  void flush();

  /** Prints what remains. */
  void end();

  /**
   * Prints a list, which ends.
   *
   * @param out closed by the caller
   */
  static RowWriter ofList(OutputFormat format, List<Column> columns, PrintStream out) {
    return switch (format) {
      case JSON -> JsonRows.ofList(out);
      case CSV -> new CsvRows(columns, out);
      case TABLE -> new TableRows(columns, out);
    };
  }

  /**
   * Prints rows as they come: JSON is one object in each line.
   *
   * @param out closed by the caller
   */
  static RowWriter ofStream(OutputFormat format, List<Column> columns, PrintStream out) {
    return switch (format) {
      case JSON -> JsonRows.ofLines(out);
      case CSV -> new CsvRows(columns, out);
      case TABLE -> new TableRows(columns, out);
    };
  }
}
