package com.natifico.postback.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows for people: aligned, under the columns' names. Later rows that are wider than those before
 * widen their columns.
 */
final class TableRows implements RowWriter {
  /** Longer values are cut, because a table is for a quick look; JSON and CSV have all of it. */
  private static final int MAX_WIDTH = 64;

  private static final String GAP = "  ";

  private final List<Column> columns;
  private final PrintStream out;
  private final List<List<String>> held = new ArrayList<>();
  private final int[] widths;

  TableRows(List<Column> columns, PrintStream out) {
    this.columns = columns.stream().filter(Column::inTable).toList();
    this.out = out;
    this.widths = new int[this.columns.size()];
    hold(this.columns.stream().map(Column::name).toList());
  }

  private void hold(List<String> cells) {
    held.add(cells);
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], cells.get(i).length());
    }
  }

  @Override
  public void add(JsonNode row) {
    hold(columns.stream().map(column -> cut(PrintableText.of(column.text(row)))).toList());
  }

  private static String cut(String text) {
    return text.length() <= MAX_WIDTH ? text : text.substring(0, MAX_WIDTH - 1) + "…";
  }

  @Override
  public void flush() {
    for (List<String> cells : held) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(cells.get(i)).repeat(" ", widths[i] - cells.get(i).length()).append(GAP);
      }
      out.print(line.toString().stripTrailing() + "\n");
    }
    held.clear();
    out.flush();
  }

  @Override
  public void end() {
    flush();
  }
}
