package com.natifico.postback.functions.sender.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpMessageParserFactory;
import org.apache.hc.core5.http.io.HttpTransportMetrics;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Takes nothing for a response but a whole head. HttpClient's own parsers skip lines that are no
 * HTTP, and take the end of the connection for the end of the head; here a complete head decides
 * whether a callback is delivered.
 */
final class CompleteHeadParser implements HttpMessageParser<ClassicHttpResponse> {
  private static final Http1Config LIMITS =
      Http1Config.custom()
          .setMaxLineLength(8 * 1024)
          .setMaxHeaderCount(100)
          .setMaxEmptyLineCount(1)
          .build();

  static final HttpMessageParserFactory<ClassicHttpResponse> FACTORY =
      _ -> new CompleteHeadParser();

  /** What most servers allow for a request's head. */
  private static final int MAX_HEAD_CHARS = 64 * 1024;

  private final DefaultHttpResponseParser parser = new DefaultHttpResponseParser(LIMITS);

  static Http1Config limits() {
    return LIMITS;
  }

  @Override
  public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream input)
      throws IOException, HttpException {
    return parser.parse(new Head(buffer), input);
  }

  /** The lines of one head, up to and with the empty one. */
  private static final class Head implements SessionInputBuffer {
    private final SessionInputBuffer buffer;
    private int chars;

    Head(SessionInputBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public int readLine(CharArrayBuffer line, InputStream input) throws IOException {
      int length = buffer.readLine(line, input);
      if (length < 0 && chars > 0) {
        throw new ConnectionClosedException("The head of the response was cut off");
      }
      chars += Math.max(0, length) + 1;
      if (chars > MAX_HEAD_CHARS) {
        throw new MessageConstraintException("The head of the response is too large");
      }
      return length;
    }

    @Override
    public int length() {
      return buffer.length();
    }

    @Override
    public int capacity() {
      return buffer.capacity();
    }

    @Override
    public int available() {
      return buffer.available();
    }

    @Override
    public int read(byte[] bytes, int offset, int length, InputStream input) throws IOException {
      return buffer.read(bytes, offset, length, input);
    }

    @Override
    public int read(byte[] bytes, InputStream input) throws IOException {
      return buffer.read(bytes, input);
    }

    @Override
    public int read(InputStream input) throws IOException {
      return buffer.read(input);
    }

    @Override
    public HttpTransportMetrics getMetrics() {
      return buffer.getMetrics();
    }
  }
}
