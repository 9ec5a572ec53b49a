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

/** A file of the console, kept in memory in both its forms. Thread-safe. */
final class ConsoleFile {
  /** Of SHA-256; more than enough to tell releases apart. */
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

  /** The strong ETag of this form: the bytes of the two differ, and so must their tags. */
  String tag(boolean gzip) {
    return gzip ? "\"" + hash + "-gzip\"" : "\"" + hash + "\"";
  }

  /** Compressed when first asked for; two threads at once do it twice, to the same bytes. */
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
