package com.natifico.postback.local.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A zip unpacked into a temporary directory, which {@link #close} deletes. */
public final class UnpackedZip implements AutoCloseable {
  private final Path directory;

  /**
   * @throws IOException if it is not a zip, or an entry is outside its root
   */
  public UnpackedZip(Path zip) throws IOException {
    directory = Files.createTempDirectory("function-");
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : file.stream().toList()) {
        unpack(file, entry);
      }
    }
  }

  private void unpack(ZipFile file, ZipEntry entry) throws IOException {
    Path target = directory.resolve(entry.getName()).normalize();
    if (!target.startsWith(directory)) {
      throw new IOException("it has an entry outside its root: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try (var in = file.getInputStream(entry)) {
      Files.copy(in, target);
    }
  }

  public Path directory() {
    return directory;
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
