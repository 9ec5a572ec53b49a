package com.natifico.postback.functions.sender.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpMessageParserFactory;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Parses the head of the final response; informational responses before it are skipped.
 *
 * <p>A valid status line decides the outcome of an attempt, because a tracker that sent one has
 * received the callback and must not receive it again. Header fields are therefore parsed
 * leniently: an unusable field is omitted, a head that is too large or incomplete ends there, and
 * {@link TrackerResponse#notes} describe the faults. HttpClient's own parser behaves differently in
 * both respects: it skips lines until it finds a status line, and it rejects a response because of
 * one header field.
 */
final class ResponseHeadParser implements HttpMessageParser<ClassicHttpResponse> {
  /** The largest head that common servers and proxies accept. */
  private static final int MAX_HEAD_CHARS = 64 * 1024;

  private static final int MAX_FIELDS = 1000;

  /** Some servers send an empty line after the body of the previous response. */
  private static final int MAX_EMPTY_LINES = 4;

  static final Http1Config LIMITS = Http1Config.custom().setMaxLineLength(MAX_HEAD_CHARS).build();

  static final HttpMessageParserFactory<ClassicHttpResponse> FACTORY =
      _ -> new ResponseHeadParser();

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.([0-9]) +([1-9][0-9]{2})(?: .*)?", Pattern.CASE_INSENSITIVE);

  /** A field name is a token (RFC 9110, 5.6.2), with no blank before the colon. */
  private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)");

  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  @Override
  public TrackerResponse parse(SessionInputBuffer buffer, InputStream input)
      throws IOException, HttpException {
    discardOldInput(buffer, input);
    Lines lines = new Lines(buffer, input);
    while (true) {
      lines.beginHead();
      TrackerResponse response = statusLine(lines);
      readFields(lines, response);
      if (!response.isInformational()) {
        response.readFrom(buffer);
        checkLength(response);
        checkEncoding(response);
        return response;
      }
      if (!response.isWellFormed()) {
        throw new ParseException("The head of an informational response is broken");
      }
    }
  }

  /**
   * What has been received before this request was sent belongs to an earlier response. It is there
   * if it arrived just before an idle connection was checked.
   */
  private static void discardOldInput(SessionInputBuffer buffer, InputStream input)
      throws IOException {
    byte[] old = new byte[buffer.length()];
    if (old.length > 0) {
      buffer.read(old, input);
    }
  }

  private static TrackerResponse statusLine(Lines lines) throws IOException, HttpException {
    String line = lines.first();
    for (int empty = 0; line.isEmpty(); empty++) {
      if (empty == MAX_EMPTY_LINES) {
        throw new ParseException("There is no status line");
      }
      line = lines.first();
    }
    Matcher matcher = STATUS_LINE.matcher(line);
    if (!matcher.matches()) {
      throw new ParseException("There is no status line");
    }
    TrackerResponse response = new TrackerResponse(Integer.parseInt(matcher.group(2)));
    // The version decides whether the connection stays open if no header says so.
    response.setVersion(matcher.group(1).equals("0") ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1);
    return response;
  }

  private static void readFields(Lines lines, TrackerResponse response) {
    try {
      for (int count = 0; ; count++) {
        String line = lines.next();
        if (line.isEmpty()) {
          return;
        }
        if (count == MAX_FIELDS) {
          response.endHead("The response has more than " + MAX_FIELDS + " header lines.");
          return;
        }
        Matcher field = FIELD.matcher(line);
        if (field.matches()) {
          response.addHeader(field.group(1), field.group(2).strip());
        } else if (!isContinuation(line)) {
          response.addFault("The response has a malformed header line.");
        }
      }
    } catch (MessageConstraintException e) {
      response.endHead("The head of the response is larger than 64 KiB.");
    } catch (IOException e) {
      response.endHead("The head of the response broke off.");
    }
  }

  /**
   * A folded value continues on the next line (RFC 9112, 5.2); no field that is used here may be
   * folded.
   */
  private static boolean isContinuation(String line) {
    return line.startsWith(" ") || line.startsWith("\t");
  }

  /**
   * Keeps one usable Content-Length, the smallest of several. If there is none, the body ends with
   * the connection.
   */
  private static void checkLength(TrackerResponse response) {
    Header[] lengths = response.getHeaders("Content-Length");
    List<Long> usable = new ArrayList<>(1);
    for (Header length : lengths) {
      if (LENGTH.matcher(length.getValue()).matches()) {
        usable.add(Long.valueOf(length.getValue()));
      }
    }
    if (lengths.length < 2 && usable.size() == lengths.length) {
      return;
    }
    if (usable.size() < lengths.length || usable.stream().distinct().count() > 1) {
      response.addFault("The Content-Length of the response is invalid.");
    }
    response.removeHeaders("Content-Length");
    usable.stream()
        .min(Long::compare)
        .ifPresent(length -> response.addHeader("Content-Length", length.toString()));
  }

  private static void checkEncoding(TrackerResponse response) {
    Header[] encodings = response.getHeaders("Transfer-Encoding");
    boolean chunked =
        encodings.length == 1 && encodings[0].getValue().toLowerCase(Locale.ROOT).equals("chunked");
    if (encodings.length > 0 && !chunked) {
      response.removeHeaders("Transfer-Encoding");
      response.addFault("The Transfer-Encoding of the response is unknown.");
    }
  }

  /** The lines of one response's head, without their line ends. */
  private static final class Lines {
    private final SessionInputBuffer buffer;
    private final InputStream input;
    private final CharArrayBuffer line = new CharArrayBuffer(128);
    private final long receivedBefore;
    private int chars;

    Lines(SessionInputBuffer buffer, InputStream input) {
      this.buffer = buffer;
      this.input = input;
      this.receivedBefore = received() - buffer.length();
    }

    void beginHead() {
      chars = 0;
    }

    /**
     * Reads the first line of a response.
     *
     * @throws NoHttpResponseException if no byte was received
     * @throws PartialResponseException if the connection ended after some bytes
     */
    String first() throws IOException, HttpException {
      try {
        return next();
      } catch (MessageConstraintException e) {
        throw new ParseException("There is no status line");
      } catch (IOException e) {
        if (received() == receivedBefore) {
          throw new NoHttpResponseException("The connection ended before a response", e);
        }
        throw new PartialResponseException(e);
      }
    }

    String next() throws IOException {
      line.clear();
      if (buffer.readLine(line, input) < 0) {
        throw new ConnectionClosedException("The connection was closed");
      }
      chars += line.length() + 1;
      if (chars > MAX_HEAD_CHARS) {
        throw new MessageConstraintException("The head is too large");
      }
      return line.toString();
    }

    private long received() {
      return buffer.getMetrics().getBytesTransferred();
    }
  }
}
