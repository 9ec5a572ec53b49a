package com.natifico.postback.acceptance;

import com.natifico.postback.Page;
import com.natifico.postback.Unavailable;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventQuery;
import com.natifico.postback.conversion.PreviousEvent;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.SendBatches;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.Expansions;
import com.natifico.postback.postback.Matching;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackReader;
import com.natifico.postback.postback.Scope;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends accepted events to a postback that did not exist, or did not match, when they were
 * accepted: those that the postback would fire for now and that it has not had, oldest first. A run
 * is limited in number and time and can be continued where it stopped.
 *
 * <p>The delivery's id is derived from the event and the postback, so an event is sent once,
 * however often the work is repeated. A pending row is written before the message is enqueued, so
 * that several messages for it make one attempt. If a worker dies in between, the timer enqueues
 * the message after a few minutes, or a repeat of the request does so at once.
 *
 * <p>Test conversions are never sent, nor is an event after a newer one that the postback has had,
 * nor a request that another postback's delivery of the same event has already: the tracker would
 * receive it twice.
 */
public final class Backfill {
  /** The limit of events that one request sends. */
  public static final int LIMIT = 10_000;

  /** As for a bulk resend. */
  private static final Duration BUDGET = Duration.ofSeconds(18);

  /** When the timer enqueues a callback whose message was not enqueued. */
  private static final Duration CHECK_AFTER = Duration.ofMinutes(5);

  private static final int PAGE = 500;
  private static final int EXAMPLES = 5;

  /**
   * The result of a run.
   *
   * @param count the number of events that are sent, or would be
   * @param examples the callbacks of the first of them
   * @param next the position to continue after; null at the end
   */
  public record Result(int count, List<Callback> examples, @Nullable String next) {}

  private final EventHistory history;
  private final PostbackReader postbacks;
  private final DeliveryLog log;
  private final CallbackQueue queue;
  private final InstantSource clock;
  private final SendBatches batches;
  private final Expansions expansions = new Expansions();

  public Backfill(
      EventHistory history,
      PostbackReader postbacks,
      DeliveryLog log,
      CallbackQueue queue,
      InstantSource clock,
      Supplier<ExecutorService> threads) {
    this.history = history;
    this.postbacks = postbacks;
    this.log = log;
    this.queue = queue;
    this.clock = clock;
    this.batches = new SendBatches(threads);
  }

  /** Counts what {@link #send} would send, without any effect. */
  public Result count(Postback postback, EventQuery query, @Nullable String after) {
    return run(postback, query, after, found -> new SendBatches.Done(found.missing().size(), null));
  }

  /**
   * Sends the events that the postback has not had, starting after {@code after}.
   *
   * @param postback active, as stored now
   * @throws RuntimeException if a store or the queue failed before anything was sent; a later
   *     failure ends the run with the result so far
   */
  public Result send(Postback postback, EventQuery query, @Nullable String after) {
    return run(postback, query, after, this::send);
  }

  /**
   * What one page calls for.
   *
   * @param missing the callbacks without a delivery
   * @param pending those whose delivery waits for its first attempt, perhaps without a message
   */
  private record Found(List<Callback> missing, List<Callback> pending) {}

  @FunctionalInterface
  private interface Work {
    SendBatches.Done apply(Found found);
  }

  private Result run(Postback postback, EventQuery query, @Nullable String after, Work work) {
    Instant deadline = clock.instant().plus(BUDGET);
    Map<String, List<Postback>> candidates = new HashMap<>();
    List<Callback> examples = new ArrayList<>();
    String position = after;
    int count = 0;
    do {
      try {
        Page<EventHistory.Entry> page =
            history.page(
                postback.affiliateId(),
                query,
                position,
                Math.min(PAGE, LIMIT - count),
                rows -> mayCallFor(postback, rows));
        Found found = found(postback, page.items(), candidates);
        SendBatches.Done done = work.apply(found);
        count += done.count();
        if (done.failure() != null) {
          throw done.failure();
        }
        found.missing().stream().limit(EXAMPLES - examples.size()).forEach(examples::add);
        position = page.next();
      } catch (RuntimeException e) {
        if (count == 0) {
          throw e;
        }
        return new Result(
            count, examples, position == null ? EventId.timePrefix(Instant.EPOCH) : position);
      }
    } while (position != null && count < LIMIT && clock.instant().isBefore(deadline));
    return new Result(count, examples, position);
  }

  /** Whether an event with these deliveries must be read. */
  private static boolean mayCallFor(Postback postback, List<Delivery> rows) {
    return rows.stream()
        .noneMatch(row -> isOf(postback, row) && row.state() != DeliveryState.PENDING);
  }

  private static boolean isOf(Postback postback, Delivery row) {
    return row.callback().postbackId().equals(postback.postbackId());
  }

  private Found found(
      Postback postback, List<EventHistory.Entry> entries, Map<String, List<Postback>> candidates) {
    Found found = new Found(new ArrayList<>(), new ArrayList<>());
    for (EventHistory.Entry entry : entries) {
      Delivery own =
          entry.deliveries().stream().filter(row -> isOf(postback, row)).findFirst().orElse(null);
      if (own != null) {
        found.pending().add(own.callback());
      } else {
        CallbackRequest request = request(postback, entry, candidates);
        if (request != null) {
          Callback callback = Acceptance.callback(entry.event(), postback, request);
          if (!postback.settings().sending().dropsStale() || !history.isOvertaken(callback)) {
            found.missing().add(callback);
          }
        }
      }
    }
    return found;
  }

  /** The request that the postback sends for this event; null if it does not fire or has fired. */
  private @Nullable CallbackRequest request(
      Postback postback, EventHistory.Entry entry, Map<String, List<Postback>> candidates) {
    ConversionEvent event = entry.event();
    String postbackId = postback.postbackId();
    String offerId = event.conversion().offerId();
    if (event.test()
        || event.sends(postbackId)
        || event.holds(postbackId)
        || (postback.scope() instanceof Scope.Offer(String own) && !own.equals(offerId))) {
      return null;
    }
    PreviousEvent previous = history.previousOf(event);
    return Matching.select(
            event.conversion(),
            candidates.computeIfAbsent(offerId, id -> candidates(postback, id)),
            each ->
                expansions
                    .of(each.settings().request())
                    .expand(ConversionMacros.of(event, each.postbackId(), previous)))
        .sent()
        .stream()
        .filter(match -> match.postback().postbackId().equals(postbackId))
        .map(Matching.Match::request)
        .filter(
            request ->
                entry.deliveries().stream()
                    .noneMatch(row -> Matching.isSame(request, row.callback().request())))
        .findFirst()
        .orElse(null);
  }

  /**
   * The postbacks that compete for an event, with this one as it was read: an index may be late.
   */
  private List<Postback> candidates(Postback postback, String offerId) {
    List<Postback> all = new ArrayList<>(postbacks.forOffer(postback.affiliateId(), offerId));
    all.removeIf(each -> each.postbackId().equals(postback.postbackId()));
    all.add(postback);
    return all;
  }

  private SendBatches.Done send(Found found) {
    SendBatches.Done sent = batches.run(found.missing(), this::sendBatch);
    // A repeat of the push may have written the row during a first attempt that has not seen it.
    SendBatches.Done again =
        batches.run(found.pending(), each -> enqueue(each, Healing.TAKE_OVER_AFTER));
    return new SendBatches.Done(
        sent.count(), sent.failure() == null ? again.failure() : sent.failure());
  }

  private SendBatches.Done sendBatch(List<Callback> callbacks) {
    List<Callback> written = new ArrayList<>();
    Instant checkedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(CHECK_AFTER);
    for (Callback callback : callbacks) {
      if (callback.request().isTooLarge()) {
        log.save(TooLarge.refused(callback));
      } else if (log.save(Delivery.unrecorded(callback).pending(checkedAt))) {
        written.add(callback);
      }
    }
    return enqueue(written, Duration.ZERO);
  }

  private SendBatches.Done enqueue(List<Callback> callbacks, Duration delay) {
    if (callbacks.isEmpty()) {
      return new SendBatches.Done(0, null);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Set<String> refused =
        queue.send(
            callbacks.stream()
                .map(callback -> new CallbackMessage(callback, 1, now.plus(delay), now))
                .toList());
    return new SendBatches.Done(
        callbacks.size() - refused.size(),
        refused.isEmpty() ? null : new Unavailable("the queue did not take a callback", null));
  }
}
