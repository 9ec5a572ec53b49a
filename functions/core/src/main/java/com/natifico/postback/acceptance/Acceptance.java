package com.natifico.postback.acceptance;

import com.natifico.postback.Unavailable;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.Expansions;
import com.natifico.postback.postback.Matching;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackReader;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Accepts conversions: claims the event, enqueues its callbacks, and only then reports success. If
 * a step fails, the network repeats the push, and the repeat completes the event.
 *
 * <p>Safe for use by several threads.
 */
public final class Acceptance {
  private final EventStore events;
  private final PostbackReader postbacks;
  private final Healing healing;
  private final CallbackQueue queue;
  private final Concurrently concurrently;
  private final InstantSource clock;
  private final Expansions expansions = new Expansions();

  public Acceptance(
      EventStore events,
      PostbackReader postbacks,
      Healing healing,
      CallbackQueue queue,
      Concurrently concurrently,
      InstantSource clock) {
    this.events = events;
    this.postbacks = postbacks;
    this.healing = healing;
    this.queue = queue;
    this.concurrently = concurrently;
    this.clock = clock;
  }

  /** The result of one push. */
  public sealed interface Result {
    /**
     * The event is accepted, now or earlier.
     *
     * @param duplicate whether the event had been claimed before
     */
    record Accepted(ConversionEvent event, boolean duplicate) implements Result {}

    /**
     * The event had been claimed with different content.
     *
     * @param fields the fields that differ
     */
    record Conflict(List<String> fields) implements Result {}

    /**
     * The event is not accepted, because a store or a queue was unavailable; a repeat completes it.
     *
     * @param cause for the log
     */
    record Unavailable(RuntimeException cause) implements Result {}
  }

  /** Accepts a single conversion. */
  public Result accept(Conversion conversion) {
    return resultsOf(List.of(prepare(conversion))).getFirst();
  }

  /**
   * Accepts a test conversion for these postbacks. Its callbacks are sent like real ones, with
   * {@code is_test} = 1; paused postbacks are skipped, and their callbacks are not held.
   */
  public Result acceptTest(Conversion conversion, List<Postback> candidates) {
    return resultsOf(List.of(prepare(conversion, true, () -> candidates))).getFirst();
  }

  /**
   * Accepts conversions as if each had been pushed separately, with their claims in parallel and
   * their callbacks enqueued together.
   *
   * @return in the order of the conversions
   */
  public List<Result> acceptAll(List<Conversion> conversions) {
    Map<EventIdentity, Conversion> distinct = new LinkedHashMap<>();
    conversions.forEach(each -> distinct.putIfAbsent(each.identity().normalized(), each));
    List<Result> results =
        resultsOf(concurrently.map(List.copyOf(distinct.values()), this::prepare));
    Map<EventIdentity, Result> byIdentity = new HashMap<>();
    int next = 0;
    for (EventIdentity identity : distinct.keySet()) {
      byIdentity.put(identity, results.get(next++));
    }
    Set<EventIdentity> answered = new HashSet<>();
    List<Result> inOrder = new ArrayList<>();
    for (Conversion conversion : conversions) {
      EventIdentity identity = conversion.identity().normalized();
      Result result = byIdentity.getOrDefault(identity, UNKNOWN);
      inOrder.add(answered.add(identity) ? result : repeated(result, conversion));
    }
    return inOrder;
  }

  /** Enqueues the prepared messages. The results are valid only after that. */
  private List<Result> resultsOf(List<Prepared> prepared) {
    Set<String> refused = enqueue(prepared);
    List<Result> results = new ArrayList<>(prepared.size());
    for (Prepared each : prepared) {
      results.add(
          each.isAmong(refused)
              ? new Result.Unavailable(new Unavailable("the queue did not take a callback", null))
              : each.result());
    }
    return results;
  }

  private static final Result UNKNOWN =
      new Result.Unavailable(new IllegalStateException("an event without a result"));

  /**
   * The result for a repeat within one batch. If the first push was accepted, the event is
   * complete. If it conflicted, the repeat must be accepted on its own, because its content may
   * differ.
   */
  private Result repeated(Result result, Conversion conversion) {
    return switch (result) {
      case Result.Accepted(ConversionEvent event, boolean _) -> compare(event, conversion);
      case Result.Conflict _ -> accept(conversion);
      case Result.Unavailable unavailable -> unavailable;
    };
  }

  private static Result compare(ConversionEvent event, Conversion conversion) {
    List<String> differences = event.conversion().differencesFrom(conversion);
    return differences.isEmpty()
        ? new Result.Accepted(event, true)
        : new Result.Conflict(differences);
  }

  /** A claimed conversion, and the messages that must be enqueued before it is accepted. */
  private record Prepared(Conversion conversion, Result result, List<CallbackMessage> messages) {
    /** Whether the queue refused one of its messages. */
    boolean isAmong(Set<String> refused) {
      return !refused.isEmpty()
          && messages.stream()
              .anyMatch(message -> refused.contains(message.callback().deliveryId()));
    }
  }

  private Prepared prepare(Conversion conversion) {
    return prepare(
        conversion,
        false,
        () -> postbacks.forOffer(conversion.affiliateId(), conversion.offerId()));
  }

  private Prepared prepare(
      Conversion conversion, boolean test, Supplier<List<Postback>> candidates) {
    try {
      return claim(conversion, test, candidates.get());
    } catch (RuntimeException e) {
      return new Prepared(conversion, new Result.Unavailable(e), List.of());
    }
  }

  private Prepared claim(Conversion conversion, boolean test, List<Postback> candidates) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    EventId id = EventId.of(now, conversion.identity());
    Prepared prepared = claim(id, conversion, test, candidates);
    if (prepared == null) {
      id = EventId.distinct(now, conversion.identity());
      prepared = claim(id, conversion, test, candidates);
    }
    if (prepared == null) {
      throw new IllegalStateException("two events have the same 120 bits in their key: " + id);
    }
    return prepared;
  }

  /** Null, without any effect, if the id's key belongs to another event. */
  private @Nullable Prepared claim(
      EventId id, Conversion conversion, boolean test, List<Postback> candidates) {
    Instant now = id.claimedAt();
    Matching.Selection selection =
        Matching.select(
            conversion,
            candidates,
            postback ->
                expansions
                    .of(postback.settings().request())
                    .expand(
                        new ConversionMacros(
                            conversion, now, test, id.deliveryId(postback.postbackId()))));
    List<String> sent = new ArrayList<>();
    for (Matching.Match match : selection.sent()) {
      sent.add(match.postback().postbackId());
    }
    ConversionEvent event = new ConversionEvent(id, conversion, test, sent, selection.skipped());
    ConversionEvent existing = events.claim(event);
    if (existing != null) {
      EventIdentity owner = existing.conversion().identity().normalized();
      if (!owner.equals(conversion.identity().normalized())) {
        return null;
      }
      Result result = compare(existing, conversion);
      return new Prepared(
          conversion,
          result,
          result instanceof Result.Accepted ? healing.heal(existing) : List.of());
    }
    if (!test) {
      for (Matching.Match match : selection.held()) {
        healing.hold(callback(event, match));
      }
    }
    List<CallbackMessage> messages = new ArrayList<>();
    for (Matching.Match match : selection.sent()) {
      Callback callback = callback(event, match);
      if (RequestSize.isTooLarge(callback.request())) {
        healing.refuse(callback);
      } else {
        messages.add(new CallbackMessage(callback, 1, now, now));
      }
    }
    return new Prepared(conversion, new Result.Accepted(event, false), messages);
  }

  private static Callback callback(ConversionEvent event, Matching.Match match) {
    return callback(event, match.postback().postbackId(), match.request());
  }

  static Callback callback(ConversionEvent event, String postbackId, CallbackRequest request) {
    Conversion conversion = event.conversion();
    return new Callback(
        event.id().deliveryId(postbackId),
        postbackId,
        new ReportedEvent(
            conversion.affiliateId(),
            conversion.offerId(),
            conversion.conversionId(),
            conversion.status(),
            event.test()),
        request);
  }

  private Set<String> enqueue(List<Prepared> prepared) {
    List<CallbackMessage> messages = new ArrayList<>();
    for (Prepared each : prepared) {
      messages.addAll(each.messages());
    }
    return messages.isEmpty() ? Set.of() : queue.send(messages);
  }
}
