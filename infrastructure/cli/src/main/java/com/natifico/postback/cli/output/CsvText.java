package com.natifico.postback.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * CSV (RFC 4180). What a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV
 * injection), which is taken off again on reading.
 */
public final class CsvText {
  private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\t\r].*", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
  private static final Pattern QUOTED = Pattern.compile("[\",\r\n]");
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private CsvText() {}

  /** A record with its line end. */
  public static String record(List<String> fields) {
    return fields.stream().map(CsvText::field).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String field(String value) {
    boolean isFormula = FORMULA.matcher(value).matches() && !NUMBER.matcher(value).matches();
    String text = isFormula ? "'" + value : value;
    return QUOTED.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private static String unguarded(String field) {
    return field.startsWith("'") && FORMULA.matcher(field).matches() ? field.substring(1) : field;
  }

  /** A record as it was read. */
  public record Line(int number, List<String> fields) {}

  /**
   * Reads records, whose lines may end in CR LF, LF or CR. Empty lines are left out.
   *
   * @throws IllegalArgumentException if a quotation mark is not closed, or something follows a
   *     closed one; the message names the line
   */
  public static List<Line> read(String text) {
    return new Reader(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).lines();
  }

  private static final class Reader {
    private final String text;
    private int at;
    private int line = 1;

    Reader(String text) {
      this.text = text;
    }

    List<Line> lines() {
      List<Line> lines = new ArrayList<>();
      while (at < text.length()) {
        int start = line;
        List<String> fields = new ArrayList<>();
        fields.add(field());
        while (at < text.length() && text.charAt(at) == ',') {
          at++;
          fields.add(field());
        }
        endOfLine();
        if (fields.size() > 1 || !fields.getFirst().isEmpty()) {
          lines.add(new Line(start, List.copyOf(fields)));
        }
      }
      return lines;
    }

    private void endOfLine() {
      if (at >= text.length()) {
        return;
      }
      if (text.startsWith("\r\n", at)) {
        at += 2;
      } else if (text.charAt(at) == '\n' || text.charAt(at) == '\r') {
        at++;
      } else {
        throw new IllegalArgumentException(
            "line %d: after a closing quotation mark a comma or the end of the line must follow"
                .formatted(line));
      }
      line++;
    }

    private String field() {
      if (at < text.length() && text.charAt(at) == '"') {
        return unguarded(quoted());
      }
      int start = at;
      while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return unguarded(text.substring(start, at));
    }

    private String quoted() {
      int start = line;
      StringBuilder value = new StringBuilder();
      at++;
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c != '"') {
          value.append(c);
          line += c == '\n' ? 1 : 0;
        } else if (at < text.length() && text.charAt(at) == '"') {
          value.append('"');
          at++;
        } else {
          return value.toString();
        }
      }
      throw new IllegalArgumentException(
          "line %d: a quotation mark is not closed".formatted(start));
    }
  }
}
