package com.natifico.postback.functions.sender;

import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.fuzzing.Lines;
import java.util.Arrays;
import java.util.List;

/**
 * A tracker's answer by a grammar of what real servers, and broken ones, send: the first lines of
 * the input choose the status, how its line is written, the line ends and what happens at the end;
 * each further line is a header line, by name or literally; the lines after an empty one are the
 * body. Nothing follows what is not HTTP or has no end.
 *
 * @param text the bytes in UTF-8
 * @param isHttp whether the answer begins with the status line of a final response
 * @param keepsOpen whether the tracker waits for the next request on this connection
 */
record OddAnswer(String text, int status, boolean isHttp, boolean keepsOpen) {
  private static final List<Integer> STATUSES =
      List.of(200, 201, 204, 206, 299, 301, 304, 400, 404, 407, 410, 429, 500, 503, 600, 999);

  /** How the status line is written; {@code %d} is the status and {@code ~} the end of a line. */
  private enum StatusLine {
    USUAL("HTTP/1.1 %d OK~", true),
    WITHOUT_REASON("HTTP/1.1 %d~", true),
    OLD("HTTP/1.0 %d OK~", true),
    LATER("HTTP/1.9 %d OK~", true),
    LOWER_CASE("http/1.1 %d ok~", true),
    BLANKS("HTTP/1.1   %d   OK~", true),
    LONG_REASON("HTTP/1.1 %d " + "very ".repeat(2_000) + "well~", true),
    WITHOUT_AN_END("HTTP/1.1 %d", true),
    AFTER_EMPTY_LINES("~~~HTTP/1.1 %d OK~", true),
    AFTER_CONTINUE("HTTP/1.1 100 Continue~~HTTP/1.1 %d OK~", true),
    AFTER_HINTS("HTTP/1.1 103 Early Hints~Link: </x>~~".repeat(3) + "HTTP/1.1 %d OK~", true),
    AFTER_MANY("HTTP/1.1 102 Processing~~".repeat(200) + "HTTP/1.1 %d OK~", true),
    AFTER_BROKEN_HINTS("HTTP/1.1 103 Early Hints~no header~~HTTP/1.1 %d OK~", false),
    NOTHING("", false),
    TEXT("<html>%d</html>~", false),
    AFTER_TEXT("junk~HTTP/1.1 %d OK~", false),
    OTHER_PROTOCOL("ICY %d OK~", false),
    HTTP_2("HTTP/2 %d~", false),
    NO_STATUS("HTTP/1.1 OK~", false),
    CUT_OFF_IN_THE_STATUS("HTTP/1.1 20", false);

    private final String form;
    private final boolean isHttp;

    StatusLine(String form, boolean isHttp) {
      this.form = form;
      this.isHttp = isHttp;
    }
  }

  private enum HeaderLine {
    LENGTH("Content-Length: 5"),
    ANOTHER_LENGTH("Content-Length: 7"),
    LENGTH_ZERO("Content-Length: 0"),
    LENGTH_OF_MUCH("Content-Length: 999999999"),
    EMPTY_LENGTH("Content-Length:"),
    NEGATIVE_LENGTH("Content-Length: -1"),
    SIGNED_LENGTH("Content-Length: +5"),
    LIST_OF_LENGTHS("Content-Length: 5, 5"),
    ENDLESS_LENGTH("Content-Length: 99999999999999999999999"),
    LENGTH_IN_WORDS("Content-Length: five"),
    CHUNKED("Transfer-Encoding: chunked"),
    ZIPPED_AND_CHUNKED("Transfer-Encoding: gzip, chunked"),
    IDENTITY("Transfer-Encoding: identity"),
    ZIPPED("Content-Encoding: gzip"),
    UNKNOWN_CHARSET("Content-Type: text/plain; charset=no-such"),
    NO_TYPE("Content-Type: ;;;"),
    IMAGE("Content-Type: image/gif"),
    CLOSE("Connection: close"),
    KEEP_ALIVE("Connection: keep-alive"),
    KEEP_ALIVE_OF_NOTHING("Keep-Alive: timeout=x, max=-1"),
    RETRY_SOON("Retry-After: soon"),
    RETRY_NEVER("Retry-After: 99999999999999999999"),
    LOCATION("Location: javascript:\u0001"),
    LARGE("Set-Cookie: s=" + "x".repeat(9_000)),
    TOO_LARGE("Set-Cookie: s=" + "x".repeat(70_000)),
    MANY("X-A: b~".repeat(150) + "X-A: b"),
    TOO_MANY("X-A: b~".repeat(1_100) + "X-A: b"),
    BLANK_BEFORE_COLON("X-A : b"),
    NO_COLON("nonsense"),
    NO_NAME(": b"),
    NO_VALUE("X-A:"),
    FOLDED("X-A: b~ c~\td"),
    CONTINUES_NOTHING("  c"),
    CONTROL_CHARACTERS("X-A: \u0000\u0007\u001b[31m"),
    NOT_ASCII("X-\u00e4: \u00e9"),
    CARRIAGE_RETURN("X-A: b\rX-B: c"),
    STATUS_LINE("HTTP/1.1 500 Oops");

    private final String form;

    HeaderLine(String form) {
      this.form = form;
    }
  }

  private enum End {
    CLOSES,
    KEEPS_OPEN,
    BREAKS_OFF_IN_THE_HEAD
  }

  static OddAnswer of(Lines input) {
    int status = input.choose(0, STATUSES);
    StatusLine line = input.choose(1, List.of(StatusLine.values()));
    String newline = input.choose(2, List.of("CRLF", "LF")).equals("LF") ? "\n" : "\r\n";
    End end = input.choose(3, List.of(End.values()));
    StringBuilder answer = new StringBuilder(line.form.replace("%d", Integer.toString(status)));
    boolean isCutOff = !line.isHttp || line == StatusLine.WITHOUT_AN_END;
    int next = 4;
    for (; !isCutOff && !input.line(next).isEmpty(); next++) {
      answer.append(header(input.line(next))).append('~');
    }
    boolean hasBody = !isCutOff && end != End.BREAKS_OFF_IN_THE_HEAD;
    if (hasBody) {
      answer.append('~');
    }
    String head = answer.toString().replace("~", newline);
    String body = hasBody ? input.from(next + 1) : "";
    return new OddAnswer(head + body, status, line.isHttp, hasBody && end == End.KEEPS_OPEN);
  }

  private static String header(String line) {
    return Arrays.stream(HeaderLine.values())
        .filter(each -> each.name().equals(line))
        .map(each -> each.form)
        .findAny()
        .orElse(line);
  }

  /** What an attempt with this answer is; contract 1.1, "What a broken answer means". */
  Outcome outcome() {
    if (!isHttp) {
      return Outcome.INVALID_RESPONSE;
    }
    return switch (status / 100) {
      case 2 -> Outcome.DELIVERED;
      case 3 -> Outcome.REDIRECT;
      default -> Outcome.HTTP_ERROR;
    };
  }
}
