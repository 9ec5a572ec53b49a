package com.natifico.postback.acceptance;

import com.natifico.postback.Unavailable;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.conversion.PreviousEvent;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.Expansions;
import com.natifico.postback.postback.Matching;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackReader;
import com.natifico.postback.postback.PostbackSettings;
import com.natifico.postback.postback.RequestTemplate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
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
  /**
   * The requests of a batch that are in the heap at the same time, in characters: those of 100
   * usual conversions, or of six with 40 postbacks of the largest size, of which 100 would take 500
   * MB.
   */
  private static final long CHARS_AT_ONCE = 32L * 1024 * 1024;

  /** The number of offers whose postbacks are read at the same time, each up to 40 of 35 KB. */
  private static final int OFFERS_AT_ONCE = 16;

  /** The number of a batch's deliveries that are read at the same time when pushes are repeated. */
  private static final int ROWS_AT_ONCE = 80;

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
    return enqueued(List.of(healed(prepare(conversion)))).getFirst();
  }

  /**
   * Accepts a test conversion for these postbacks. Its callbacks are sent like real ones, with
   * {@code is_test} = 1; paused postbacks are skipped, and their callbacks are not held.
   */
  public Result acceptTest(Conversion conversion, List<Postback> candidates) {
    return enqueued(List.of(healed(prepare(conversion, true, () -> candidates)))).getFirst();
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
    List<Result> results = acceptByOffer(List.copyOf(distinct.values()));
    heal(results);
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

  /** Reads the postbacks of some offers at a time, each once, and accepts their conversions. */
  private List<Result> acceptByOffer(List<Conversion> conversions) {
    Map<Offer, List<Integer>> byOffer = new LinkedHashMap<>();
    for (int i = 0; i < conversions.size(); i++) {
      Conversion each = conversions.get(i);
      byOffer
          .computeIfAbsent(new Offer(each.affiliateId(), each.offerId()), _ -> new ArrayList<>())
          .add(i);
    }
    List<Result> results = new ArrayList<>(Collections.nCopies(conversions.size(), UNKNOWN));
    List<Offer> offers = List.copyOf(byOffer.keySet());
    for (int i = 0; i < offers.size(); i += OFFERS_AT_ONCE) {
      List<Offer> some = offers.subList(i, Math.min(i + OFFERS_AT_ONCE, offers.size()));
      List<Push> pushes = new ArrayList<>();
      for (OfOffer read : concurrently.map(some, this::read)) {
        for (int position : byOffer.getOrDefault(read.offer(), List.of())) {
          pushes.add(new Push(position, conversions.get(position), read));
        }
      }
      acceptInSlices(pushes, results);
    }
    return results;
  }

  private void acceptInSlices(List<Push> pushes, List<Result> results) {
    int start = 0;
    long chars = 0;
    for (int i = 0; i < pushes.size(); i++) {
      long next = pushes.get(i).chars();
      if (i > start && chars + next > CHARS_AT_ONCE) {
        acceptSlice(pushes.subList(start, i), results);
        start = i;
        chars = 0;
      }
      chars += next;
    }
    acceptSlice(pushes.subList(start, pushes.size()), results);
  }

  private void acceptSlice(List<Push> slice, List<Result> results) {
    List<Result> accepted =
        enqueued(
            concurrently.map(
                slice,
                push -> apart(() -> prepare(push.conversion, false, push.offer.candidates))));
    for (int i = 0; i < accepted.size(); i++) {
      results.set(slice.get(i).position, accepted.get(i));
    }
  }

  /** A conversion at its position in a batch. */
  private record Push(int position, Conversion conversion, OfOffer offer) {
    /** An estimate, rather too high, of the length of its requests. */
    long chars() {
      int longest = conversion.fields().longest();
      return offer.postbacks.stream()
          .mapToLong(postback -> postback.settings().request().maxLength(longest))
          .sum();
    }
  }

  /**
   * An offer with its postbacks.
   *
   * @param candidates the postbacks; throws if they could not be read
   */
  private record OfOffer(
      Offer offer, List<Postback> postbacks, Supplier<List<Postback>> candidates) {}

  private record Offer(String affiliateId, String offerId) {}

  /** Fails for each of the offer's conversions if the postbacks cannot be read. */
  private OfOffer read(Offer offer) {
    try {
      List<Postback> found = postbacks.forOffer(offer.affiliateId(), offer.offerId());
      return new OfOffer(offer, found, () -> found);
    } catch (RuntimeException e) {
      return new OfOffer(
          offer,
          List.of(),
          () -> {
            throw e;
          });
    } catch (Throwable e) {
      return new OfOffer(
          offer,
          List.of(),
          () -> {
            throw new IllegalStateException("the postbacks could not be read", e);
          });
    }
  }

  /** Completes the events that were claimed before, some at a time. */
  private void heal(List<Result> results) {
    List<Integer> some = new ArrayList<>();
    int rows = 0;
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof Result.Accepted(ConversionEvent event, boolean duplicate)
          && duplicate) {
        some.add(i);
        rows += event.callbacks().size() + event.held().size();
        if (rows >= ROWS_AT_ONCE) {
          heal(some, results);
          some.clear();
          rows = 0;
        }
      }
    }
    heal(some, results);
  }

  private void heal(List<Integer> positions, List<Result> results) {
    List<Result> healed =
        enqueued(
            concurrently.map(
                positions, i -> apart(() -> healed(new Prepared(results.get(i), List.of())))));
    for (int i = 0; i < healed.size(); i++) {
      results.set(positions.get(i), healed.get(i));
    }
  }

  /** With the messages that complete the event if it was claimed before. */
  private Prepared healed(Prepared prepared) {
    try {
      return prepared.result instanceof Result.Accepted(ConversionEvent event, boolean duplicate)
              && duplicate
          ? new Prepared(prepared.result, healing.heal(event))
          : prepared;
    } catch (RuntimeException e) {
      return new Prepared(new Result.Unavailable(e), List.of());
    }
  }

  /** One conversion of a batch never affects another one, not even by an error of the JVM. */
  private static Prepared apart(Supplier<Prepared> work) {
    try {
      return work.get();
    } catch (Throwable e) {
      return new Prepared(
          new Result.Unavailable(new IllegalStateException("a conversion of a batch failed", e)),
          List.of());
    }
  }

  /** Enqueues the prepared messages. The results are valid only after that. */
  private List<Result> enqueued(List<Prepared> prepared) {
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
      case Result.Conflict _ -> apart(() -> new Prepared(accept(conversion), List.of())).result();
      case Result.Unavailable unavailable -> unavailable;
    };
  }

  private static Result compare(ConversionEvent event, Conversion conversion) {
    List<String> differences = event.conversion().differencesFrom(conversion);
    return differences.isEmpty()
        ? new Result.Accepted(event, true)
        : new Result.Conflict(differences);
  }

  /** A claimed conversion's result, and the messages that must be enqueued before it is valid. */
  private record Prepared(Result result, List<CallbackMessage> messages) {
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
      return new Prepared(new Result.Unavailable(e), List.of());
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
    PreviousEvent previous = PreviousEvent.of(id, conversion, test, events);
    Matching.Selection selection =
        Matching.select(
            conversion,
            candidates,
            postback ->
                expansions
                    .of(request(postback.settings(), test))
                    .expand(
                        new ConversionMacros(
                            conversion,
                            now,
                            test,
                            id.deliveryId(postback.postbackId()),
                            previous)));
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
      return new Prepared(compare(existing, conversion), List.of());
    }
    if (!test) {
      for (Matching.Match match : selection.held()) {
        healing.hold(callback(event, match));
      }
    }
    List<CallbackMessage> messages = new ArrayList<>();
    for (Matching.Match match : selection.sent()) {
      Callback callback = callback(event, match);
      if (callback.request().isTooLarge()) {
        healing.refuse(callback);
      } else {
        messages.add(CallbackMessage.first(callback, match.postback(), now));
      }
    }
    return new Prepared(new Result.Accepted(event, false), messages);
  }

  private static Callback callback(ConversionEvent event, Matching.Match match) {
    return callback(event, match.postback(), match.request());
  }

  /** The callback of a postback that exists. */
  static Callback callback(ConversionEvent event, Postback postback, CallbackRequest request) {
    boolean isDated = postback.settings().judging().maxAge() != null;
    return new Callback(
        event.id().deliveryId(postback.postbackId()),
        postback.postbackId(),
        ReportedEvent.of(event).at(isDated ? event.conversion().occurredAt() : null),
        request);
  }

  /** What is expanded for an event. */
  static RequestTemplate request(PostbackSettings settings, boolean test) {
    return test ? settings.testRequest() : settings.request();
  }

  private Set<String> enqueue(List<Prepared> prepared) {
    List<CallbackMessage> messages = new ArrayList<>();
    for (Prepared each : prepared) {
      messages.addAll(each.messages());
    }
    return messages.isEmpty() ? Set.of() : queue.send(messages);
  }
}
