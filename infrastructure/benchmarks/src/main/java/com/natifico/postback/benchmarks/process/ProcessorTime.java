package com.natifico.postback.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The processor time of this process's threads, without compiler threads: a function that runs for
 * hours has finished compiling, a benchmark of a minute has not. Linux only.
 *
 * @param nanosOfThreads nanoseconds by thread id; the time of threads that have ended is lost
 */
record ProcessorTime(Map<String, Long> nanosOfThreads) {
  private static final Path THREADS = Path.of("/proc/self/task");

  static ProcessorTime now() {
    Map<String, Long> nanos = new HashMap<>();
    try (Stream<Path> threads = Files.list(THREADS)) {
      for (Path thread : threads.toList()) {
        read(thread, nanos);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ProcessorTime(nanos);
  }

  private static void read(Path thread, Map<String, Long> nanos) throws IOException {
    try {
      if (!Files.readString(thread.resolve("comm")).contains("CompilerThre")) {
        String used = Files.readString(thread.resolve("schedstat")).split(" ")[0];
        nanos.put(thread.getFileName().toString(), Long.valueOf(used));
      }
    } catch (NoSuchFileException e) {
      // The thread has ended.
    }
  }

  long nanosSince(ProcessorTime before) {
    return nanosOfThreads.entrySet().stream()
        .mapToLong(
            thread -> thread.getValue() - before.nanosOfThreads().getOrDefault(thread.getKey(), 0L))
        .sum();
  }
}
