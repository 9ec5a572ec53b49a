package com.natifico.postback.functions.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A file of the console, kept in memory as text and compressed. Thread-safe. */
final class ConsoleFile {
  /** The number of bytes of the SHA-256 hash; more than enough to distinguish releases. */
  private static final int HASH_BYTES = 12;

  private final String contentType;
  private final String text;
  private final String hash;
  private volatile byte @Nullable [] gzipped;

  ConsoleFile(String contentType, String text) {
    this.contentType = contentType;
    this.text = text;
    this.hash = hash(text);
  }

  String contentType() {
    return contentType;
  }

  String text() {
    return text;
  }

  String hash() {
    return hash;
  }

  /**
   * The strong ETag of this form: the bytes of the two forms differ, so their tags must differ too.
   */
  String tag(boolean gzip) {
    return gzip ? "\"" + hash + "-gzip\"" : "\"" + hash + "\"";
  }

  /** Compressed on first use; two threads may do it at the same time, with the same result. */
  byte[] gzipped() {
    byte[] bytes = gzipped;
    if (bytes == null) {
      bytes = gzip(text.getBytes(StandardCharsets.UTF_8));
      gzipped = bytes;
    }
    return bytes;
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }
}
