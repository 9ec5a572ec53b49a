package com.natifico.postback.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;

/** Rows as CSV, after a row of the columns' names. */
final class CsvRows implements RowWriter {
  private final List<Column> columns;
  private final PrintStream out;

  CsvRows(List<Column> columns, PrintStream out) {
    this.columns = List.copyOf(columns);
    this.out = out;
    out.print(CsvText.record(columns.stream().map(Column::name).toList()));
  }

  @Override
  public void add(JsonNode row) {
    out.print(CsvText.record(columns.stream().map(column -> column.text(row)).toList()));
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
