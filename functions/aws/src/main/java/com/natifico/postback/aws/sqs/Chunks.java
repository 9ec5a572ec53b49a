package com.natifico.postback.aws.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Cuts a list into what one SQS request takes. */
final class Chunks {
  private static final int MESSAGES = 10;

  /** Of all the bodies of a request together, and so also of a single one: 1 MiB. */
  static final int BYTES = 1024 * 1024;

  private Chunks() {}

  /**
   * @param bytes the size of a body; one that is too large for any request gets one alone
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
