package com.natifico.postback.functions.sender.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hc.core5.http.ContentType;
import org.jspecify.annotations.Nullable;

/**
 * The start of a response body as text that is safe to show: control characters and those that
 * change the direction of text are written as {@code \\u001b}, a binary body as {@code <binary, 43
 * bytes, image/gif>}. Truncated text ends in {@code …}.
 */
final class Snippet {
  static final char CUT = '…';
  private static final int CUT_BYTES = 3;

  private Snippet() {}

  /** The part of a body that was read. */
  static final class Body {
    static final Body NONE = new Body(new byte[0], End.COMPLETE);

    /** Why the reading of the body ended. */
    enum End {
      COMPLETE,
      /** The read limit was reached. */
      LIMIT,
      /** The connection ended, or the data violated HTTP. */
      BROKEN
    }

    private final byte[] bytes;
    private final End end;

    Body(byte[] bytes, End end) {
      this.bytes = bytes;
      this.end = end;
    }

    boolean isComplete() {
      return end == End.COMPLETE;
    }

    boolean isBroken() {
      return end == End.BROKEN;
    }
  }

  /**
   * Reads up to the limit; a body that breaks off ends there.
   *
   * @param length the announced length; -1 if there is none
   */
  static Body read(InputStream input, long length, int maxBytes) {
    byte[] buffer = new byte[(int) (length < 0 ? maxBytes : Math.min(length, maxBytes))];
    int filled = 0;
    try {
      while (filled < buffer.length) {
        int read = input.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
          return new Body(Arrays.copyOf(buffer, filled), Body.End.COMPLETE);
        }
        filled += read;
      }
      return new Body(
          buffer, length == filled && input.read() < 0 ? Body.End.COMPLETE : Body.End.LIMIT);
    } catch (IOException | RuntimeException e) {
      return new Body(Arrays.copyOf(buffer, filled), Body.End.BROKEN);
    }
  }

  /**
   * @param contentType the header's value; null if there is none
   * @param encoding the value of Content-Encoding; null if there is none
   * @param keptBytes in UTF-8, including the truncation mark
   */
  static String of(
      Body body, @Nullable String contentType, @Nullable String encoding, int keptBytes) {
    ContentType type = ContentType.parseLenient(contentType == null ? "" : contentType);
    if (body.bytes.length == 0) {
      return "";
    }
    String text = text(body, contentType);
    boolean encoded = encoding != null && !encoding.equalsIgnoreCase("identity");
    if (encoded || looksBinary(text)) {
      return binary(body, encoded ? encoding : type == null ? null : type.getMimeType());
    }
    return cut(visible(text), body.isComplete(), keptBytes);
  }

  /** The part of the body that was read, as text. */
  static String text(Body body, @Nullable String contentType) {
    ContentType type = ContentType.parseLenient(contentType == null ? "" : contentType);
    return decode(body, type == null ? null : type.getCharset());
  }

  private static String decode(Body body, @Nullable Charset charset) {
    CharsetDecoder decoder =
        (charset == null ? StandardCharsets.UTF_8 : charset)
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    ByteBuffer bytes = ByteBuffer.wrap(body.bytes);
    CharBuffer chars =
        CharBuffer.allocate(
            (int) Math.ceil(bytes.remaining() * (double) decoder.maxCharsPerByte()));
    // Omits a character that is cut by the end of the read bytes.
    decoder.decode(bytes, chars, body.isComplete());
    String text = chars.flip().toString();
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /**
   * A body is binary if it has a NUL, a tenth of control characters, or a third of characters
   * unknown to its charset; text with the wrong charset stays below these limits.
   */
  private static boolean looksBinary(String text) {
    int controls = 0;
    int unknown = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return true;
      }
      if (c == '\ufffd') {
        unknown++;
      } else if (Character.isISOControl(c) && !Character.isWhitespace(c)) {
        controls++;
      }
    }
    return controls * 10 > text.length() || unknown * 3 > text.length();
  }

  private static String binary(Body body, @Nullable String kind) {
    String size = (body.isComplete() ? "" : "more than ") + body.bytes.length + " bytes";
    return "<binary, "
        + size
        + (kind == null ? "" : ", " + cut(visible(kind), true, 80).toLowerCase(Locale.ROOT))
        + '>';
  }

  /** Escapes characters that are invisible or could deceive a reader. */
  static String visible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean lineEnd =
          c == '\n' || (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n');
      boolean lone = Character.isSurrogate(c) && !isPaired(text, i);
      if (c == '\t' || lineEnd) {
        visible.append(c);
      } else if (Character.isISOControl(c)
          || Character.getType(c) == Character.FORMAT
          || c == '\u2028'
          || c == '\u2029'
          || lone) {
        visible.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        visible.append(c);
      }
    }
    return visible.toString();
  }

  private static boolean isPaired(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }

  /**
   * Truncates the text to this number of bytes of UTF-8, between characters, and marks the
   * truncation.
   */
  static String cut(String text, boolean complete, int maxBytes) {
    int bytes = 0;
    int end = 0;
    int markedEnd = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      bytes += utf8Length(codePoint);
      if (bytes > maxBytes) {
        return text.substring(0, markedEnd) + CUT;
      }
      end += Character.charCount(codePoint);
      if (bytes <= maxBytes - CUT_BYTES) {
        markedEnd = end;
      }
    }
    return complete ? text : text.substring(0, markedEnd) + CUT;
  }

  private static int utf8Length(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
}
