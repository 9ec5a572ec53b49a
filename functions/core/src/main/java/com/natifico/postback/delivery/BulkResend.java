package com.natifico.postback.delivery;

import com.natifico.postback.Page;
import com.natifico.postback.Unavailable;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Resends many deliveries, oldest first, each as {@link Resend} does. A run is limited in number
 * and time and can be continued where it stopped. A resent delivery leaves the requested states, so
 * repeating a part of the work resends nothing twice.
 *
 * <p>The following deliveries are not resent: those whose postback is paused or deleted, those with
 * an attempt in progress, those that are too large to be sent or have no attempts left, and test
 * conversions.
 */
public final class BulkResend {
  /** The limit of deliveries that one request resends. */
  public static final int LIMIT = 10_000;

  /** Well within the function's 30 s, because a page in progress is always finished. */
  private static final Duration BUDGET = Duration.ofSeconds(18);

  private static final int PAGE = 500;

  /** The limit of messages in one SQS request. */
  private static final int BATCH = 10;

  /** The number of batches processed in parallel. */
  private static final int CONCURRENT = 25;

  /**
   * The result of a run.
   *
   * @param count the number of resent deliveries
   * @param next the position to continue after; null at the end of the list
   */
  public record Result(int count, @Nullable String next) {}

  private final PostbackStore postbacks;
  private final DeliveryLog log;
  private final CallbackQueue queue;
  private final Resend resend;
  private final InstantSource clock;
  private final Supplier<ExecutorService> threads;

  public BulkResend(
      PostbackStore postbacks,
      DeliveryLog log,
      CallbackQueue queue,
      Resend resend,
      InstantSource clock) {
    this(postbacks, log, queue, resend, clock, Executors::newVirtualThreadPerTaskExecutor);
  }

  /**
   * @param threads runs the batches of a page; a simulation controls their order
   */
  public BulkResend(
      PostbackStore postbacks,
      DeliveryLog log,
      CallbackQueue queue,
      Resend resend,
      InstantSource clock,
      Supplier<ExecutorService> threads) {
    this.postbacks = postbacks;
    this.log = log;
    this.queue = queue;
    this.resend = resend;
    this.clock = clock;
    this.threads = threads;
  }

  /**
   * Resends matching deliveries, starting after {@code after}.
   *
   * @throws RuntimeException if a store or the queue failed before any delivery was resent; a later
   *     failure ends the run with the result so far
   */
  public Result resend(String affiliateId, DeliveryFilter filter, @Nullable String after) {
    Instant deadline = clock.instant().plus(BUDGET);
    Map<String, Boolean> sending = new HashMap<>();
    String position = after;
    int count = 0;
    do {
      Step step = resendPage(affiliateId, filter, position, LIMIT - count, sending);
      count += step.count();
      if (step.failure() != null) {
        if (count == 0) {
          throw step.failure();
        }
        return new Result(count, position == null ? startOf(filter) : position);
      }
      position = step.next();
    } while (position != null && count < LIMIT && clock.instant().isBefore(deadline));
    return new Result(count, position);
  }

  /** A position before all matching deliveries. */
  private static String startOf(DeliveryFilter filter) {
    return EventId.timePrefix(filter.since() == null ? Instant.EPOCH : filter.since());
  }

  /**
   * The result for one page.
   *
   * @param failure why some deliveries were not resent; null if there was no failure
   */
  private record Step(int count, @Nullable String next, @Nullable RuntimeException failure) {}

  private Step resendPage(
      String affiliateId,
      DeliveryFilter filter,
      @Nullable String after,
      int most,
      Map<String, Boolean> sending) {
    try {
      Page<Delivery> page =
          log.list(
              affiliateId, filter, DeliveryLog.Order.OLDEST_FIRST, after, Math.min(PAGE, most));
      Batch done = resendAll(page.items().stream().filter(row -> maySend(row, sending)).toList());
      return new Step(done.count(), page.next(), done.failure());
    } catch (RuntimeException e) {
      return new Step(0, after, e);
    }
  }

  private boolean maySend(Delivery row, Map<String, Boolean> sending) {
    return !row.callback().test()
        && !row.isTooLarge()
        && !row.history().isExhausted()
        && !row.isLeased(clock.instant())
        && sending.computeIfAbsent(
            row.callback().postbackId(), id -> isActive(row.callback().affiliateId(), id));
  }

  private boolean isActive(String affiliateId, String postbackId) {
    Postback postback = postbacks.find(affiliateId, postbackId);
    return postback != null && !postback.isPaused();
  }

  /**
   * @param failure why some deliveries are not resent; null if there was no failure
   */
  private record Batch(int count, @Nullable RuntimeException failure) {}

  private Batch resendAll(List<Delivery> rows) {
    Semaphore places = new Semaphore(CONCURRENT);
    List<Future<Batch>> batches = new ArrayList<>();
    try (ExecutorService executor = threads.get()) {
      for (int i = 0; i < rows.size(); i += BATCH) {
        List<Delivery> batch = rows.subList(i, Math.min(i + BATCH, rows.size()));
        places.acquireUninterruptibly();
        batches.add(
            executor.submit(
                () -> {
                  try {
                    return resendBatch(batch);
                  } finally {
                    places.release();
                  }
                }));
      }
    }
    int count = 0;
    RuntimeException failure = null;
    for (Future<Batch> future : batches) {
      Batch batch = future.resultNow();
      count += batch.count();
      failure = failure == null ? batch.failure() : failure;
    }
    return new Batch(count, failure);
  }

  private Batch resendBatch(List<Delivery> rows) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    int count = 0;
    try {
      Set<String> refused = queue.send(rows.stream().map(row -> Resend.message(row, now)).toList());
      for (Delivery row : rows) {
        if (!refused.contains(row.id())
            && resend.resend(row, Resend.nextAttempt(row)) instanceof Resend.Result.Resent) {
          count++;
        }
      }
      return new Batch(
          count,
          refused.isEmpty() ? null : new Unavailable("the queue did not take a callback", null));
    } catch (RuntimeException e) {
      return new Batch(count, e);
    }
  }
}
