package com.natifico.postback.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.cli.output.CsvText.Line;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTextTest {
  @Test
  void writesRecordsOfRfc4180() {
    assertEquals(
        "a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\",\r\n",
        CsvText.record(List.of("a", "b,c", "say \"x\"", "two\nlines", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a", "=1+1", "'=1+1", "''", "-5", "-5x", "@a", "\tx", "a\r\nb", "\"", "+", " a "
      })
  void readsWhatItHasWritten(String value) {
    assertEquals(
        List.of(new Line(1, List.of("x", value))),
        CsvText.read(CsvText.record(List.of("x", value))));
  }

  @Test
  void writesNothingThatASpreadsheetRuns() {
    assertEquals("'=HYPERLINK(1)\r\n", CsvText.record(List.of("=HYPERLINK(1)")));
    assertEquals("-12.50\r\n", CsvText.record(List.of("-12.50")));
  }

  @Test
  void readsEveryLineEndAndCountsLines() {
    assertEquals(
        List.of(
            new Line(1, List.of("a", "b")),
            new Line(2, List.of("1", "x\ny")),
            new Line(5, List.of("2", ""))),
        CsvText.read("\ufeffa,b\r\n1,\"x\ny\"\r\n\n2,"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\n\"b", "a\n\"b\"c"})
  void namesTheLineOfABrokenQuotation(String text) {
    Exception problem = assertThrows(IllegalArgumentException.class, () -> CsvText.read(text));
    assertTrue(problem.toString().contains(": line 2: "), problem.toString());
  }
}
