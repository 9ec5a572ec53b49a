package com.natifico.postback.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Processes many items in batches of one SQS request each, several at a time. */
public final class SendBatches {
  /** The limit of messages in one SQS request. */
  private static final int BATCH = 10;

  /** The number of batches processed in parallel. */
  private static final int CONCURRENT = 25;

  private final Supplier<ExecutorService> threads;

  /**
   * @param threads runs the batches; a simulation controls their order
   */
  public SendBatches(Supplier<ExecutorService> threads) {
    this.threads = threads;
  }

  /**
   * The result of a batch or of all.
   *
   * @param count the number of items that were processed
   * @param failure why others were not; null if there was no failure
   */
  public record Done(int count, @Nullable RuntimeException failure) {}

  /**
   * Processes all items, also after a failure.
   *
   * @param work processes a batch; it may throw
   */
  public <T> Done run(List<T> items, Function<List<T>, Done> work) {
    Semaphore places = new Semaphore(CONCURRENT);
    List<Future<Done>> batches = new ArrayList<>();
    try (ExecutorService executor = threads.get()) {
      for (int i = 0; i < items.size(); i += BATCH) {
        List<T> batch = items.subList(i, Math.min(i + BATCH, items.size()));
        places.acquireUninterruptibly();
        batches.add(
            executor.submit(
                () -> {
                  try {
                    return work.apply(batch);
                  } catch (RuntimeException e) {
                    return new Done(0, e);
                  } finally {
                    places.release();
                  }
                }));
      }
    }
    int count = 0;
    RuntimeException failure = null;
    for (Future<Done> future : batches) {
      Done batch = future.resultNow();
      count += batch.count();
      failure = failure == null ? batch.failure() : failure;
    }
    return new Done(count, failure);
  }
}
