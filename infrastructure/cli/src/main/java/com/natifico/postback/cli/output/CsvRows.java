package com.natifico.postback.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;

/** Rows as CSV, after a row of the columns' names. */
final class CsvRows implements RowWriter {
  private final List<Column> columns;
  private final PrintStream out;
  private boolean hasHeader;

  CsvRows(List<Column> columns, PrintStream out) {
    this.columns = List.copyOf(columns);
    this.out = out;
  }

  private void header() {
    if (!hasHeader) {
      out.print(CsvText.record(columns.stream().map(Column::name).toList()));
      hasHeader = true;
    }
  }

  @Override
  public void add(JsonNode row) {
    header();
    out.print(CsvText.record(columns.stream().map(column -> column.text(row)).toList()));
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void end() {
    header();
    out.flush();
  }
}
