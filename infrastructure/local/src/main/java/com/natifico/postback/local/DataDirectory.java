package com.natifico.postback.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The directory that keeps tables and queues across restarts, for one stack at a time. */
final class DataDirectory implements AutoCloseable {
  private final Path directory;
  private final FileChannel lock;

  private DataDirectory(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * @throws StartFailure if it cannot be written, or another stack uses it
   */
  static DataDirectory open(Path directory) {
    try {
      Files.createDirectories(directory.resolve("tables"));
      Files.createDirectories(directory.resolve("queues"));
      FileChannel lock =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(lock)) {
        lock.close();
        throw new StartFailure(
            "DATA_DIR="
                + directory
                + " is in use by another local stack: stop that stack or choose another directory.");
      }
      return new DataDirectory(directory, lock);
    } catch (IOException e) {
      throw new StartFailure(
          "DATA_DIR=" + directory + " cannot be written (" + e + "): choose a writable directory.",
          e);
    }
  }

  private static boolean isLocked(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  Path tables() {
    return directory.resolve("tables");
  }

  Path queues() {
    return directory.resolve("queues");
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
