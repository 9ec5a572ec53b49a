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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Resends many deliveries, oldest first, each as {@link Resend} does. A run is limited in number
 * and time and can be continued where it stopped. A resent delivery leaves the requested states, so
 * repeating a part of the work resends nothing twice.
 *
 * <p>The following deliveries are not resent: those whose postback is paused or deleted, those with
 * an attempt in progress, those that are too large to be sent or have no attempts left, those that
 * a newer event has overtaken, test conversions and notifications.
 */
public final class BulkResend {
  /** The limit of deliveries that one request resends. */
  public static final int LIMIT = 10_000;

  /** Well within the function's 30 s, because a page in progress is always finished. */
  private static final Duration BUDGET = Duration.ofSeconds(18);

  private static final int PAGE = 500;

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
  private final SendBatches batches;

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
    this.batches = new SendBatches(threads);
  }

  /**
   * Resends matching deliveries, starting after {@code after}.
   *
   * @throws RuntimeException if a store or the queue failed before any delivery was resent; a later
   *     failure ends the run with the result so far
   */
  public Result resend(String affiliateId, DeliveryFilter filter, @Nullable String after) {
    Instant deadline = clock.instant().plus(BUDGET);
    Map<String, Optional<Postback>> sending = new HashMap<>();
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
      Map<String, Optional<Postback>> sending) {
    try {
      Page<Delivery> page =
          log.list(
              affiliateId, filter, DeliveryLog.Order.OLDEST_FIRST, after, Math.min(PAGE, most));
      SendBatches.Done done =
          batches.run(
              page.items().stream().filter(row -> maySend(row, sending)).toList(),
              this::resendBatch);
      return new Step(done.count(), page.next(), done.failure());
    } catch (RuntimeException e) {
      return new Step(0, after, e);
    }
  }

  private boolean maySend(Delivery row, Map<String, Optional<Postback>> sending) {
    return !row.callback().test()
        && !row.callback().isNotification()
        && !row.isTooLarge()
        && !row.history().isExhausted()
        && !row.isLeased(clock.instant())
        && sending
            .computeIfAbsent(
                row.callback().postbackId(), id -> active(row.callback().affiliateId(), id))
            .filter(postback -> !resend.isStale(row, postback))
            .isPresent();
  }

  private Optional<Postback> active(String affiliateId, String postbackId) {
    return Optional.ofNullable(postbacks.find(affiliateId, postbackId))
        .filter(postback -> !postback.isPaused());
  }

  private SendBatches.Done resendBatch(List<Delivery> rows) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    int count = 0;
    try {
      Set<String> refused = queue.send(rows.stream().map(row -> Resend.message(row, now)).toList());
      for (Delivery row : rows) {
        if (!refused.contains(row.id())
            && resend.resend(row, Resend.nextAttempt(row), Resend.Mode.WITH_OTHERS)
                instanceof Resend.Result.Resent) {
          count++;
        }
      }
      return new SendBatches.Done(
          count,
          refused.isEmpty() ? null : new Unavailable("the queue did not take a callback", null));
    } catch (RuntimeException e) {
      return new SendBatches.Done(count, e);
    }
  }
}
