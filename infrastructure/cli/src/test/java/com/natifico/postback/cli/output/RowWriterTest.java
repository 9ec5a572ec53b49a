package com.natifico.postback.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.cli.api.ApiJson;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RowWriterTest {
  private static final List<Column> COLUMNS =
      List.of(Column.of("id"), Column.of("label"), Column.ofCsv("tags"));

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  private String printed(RowWriter rows, String... objects) throws Exception {
    for (String object : objects) {
      rows.add(ApiJson.MAPPER.readTree(object));
    }
    rows.end();
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static final String ONE =
      "{\"id\":\"1\",\"label\":null,\"tags\":[\"a\",\"b\"],\"more\":12.50}";
  private static final String TWO = "{\"id\":\"22\",\"label\":\"x\\u001b[31m\\ny\"}";

  @Test
  void printsJsonAsItWasAnswered() throws Exception {
    assertEquals(
        "[\n" + ONE + ",\n" + TWO.replace("\\u001b", "\\u001B") + "\n]\n",
        printed(RowWriter.ofList(OutputFormat.JSON, COLUMNS, out), ONE, TWO));
  }

  @Test
  void printsAnEmptyList() throws Exception {
    assertEquals("[]\n", printed(RowWriter.ofList(OutputFormat.JSON, COLUMNS, out)));
  }

  @Test
  void printsAStreamOfJsonByLines() throws Exception {
    assertEquals(ONE + "\n", printed(RowWriter.ofStream(OutputFormat.JSON, COLUMNS, out), ONE));
  }

  @Test
  void printsCsvWithEveryColumn() throws Exception {
    assertEquals(
        "id,label,tags\r\n1,,\"[\"\"a\"\",\"\"b\"\"]\"\r\n",
        printed(RowWriter.ofList(OutputFormat.CSV, COLUMNS, out), ONE));
  }

  @Test
  void alignsATableAndShowsNoControlCharacter() throws Exception {
    assertEquals(
        "id  label\n1\n22  x\ufffd[31m y\n",
        printed(RowWriter.ofList(OutputFormat.TABLE, COLUMNS, out), ONE, TWO));
  }
}
