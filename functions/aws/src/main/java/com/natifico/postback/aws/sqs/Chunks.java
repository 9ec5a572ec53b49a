package com.natifico.postback.aws.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Splits a list into chunks that fit into one SQS request. */
final class Chunks {
  private static final int MESSAGES = 10;

  /** The limit for all bodies of a request together, and so also for a single body: 1 MiB. */
  static final int BYTES = 1024 * 1024;

  private Chunks() {}

  /**
   * @param bytes the size of a body; a body that exceeds the limit gets a chunk of its own
   */
  static <T> List<List<T>> of(List<T> items, ToIntFunction<T> bytes) {
    List<List<T>> chunks = new ArrayList<>();
    List<T> chunk = new ArrayList<>();
    int sum = 0;
    for (T item : items) {
      int size = bytes.applyAsInt(item);
      if (!chunk.isEmpty() && (chunk.size() == MESSAGES || sum + size > BYTES)) {
        chunks.add(List.copyOf(chunk));
        chunk.clear();
        sum = 0;
      }
      chunk.add(item);
      sum += size;
    }
    if (!chunk.isEmpty()) {
      chunks.add(List.copyOf(chunk));
    }
    return chunks;
  }
}
